"""The same selection for other programs: the map's data, a table and a feed, each sent again only when it has changed."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from engagement.comments.exports import csv_lines
from engagement.comments.map.bounds import Bounds
from engagement.comments.map.clustering import DEEPEST_ZOOM, level_of_zoom, tiles_over
from engagement.comments.map.data import as_columns, as_geojson
from engagement.comments.map.drawing import Drawing, draw
from engagement.comments.map.kept import Name, named, pack, packed, unchanged
from engagement.comments.models import Consultation, PlaceComment
from engagement.comments.selection import Selection, read_selection
from portal.accounts.permissions import public
from portal.emails.links import absolute

DEFAULT_ZOOM = 14
IN_A_FEED = 30
BAD_ZOOM = f"zoom must be a number from 0 to {DEEPEST_ZOOM}."
BAD_VIEW = "view must be four numbers like bbox."
# How many letters of its words a comment says on the map: fewer where an answer would otherwise be too long.
LETTERS = (50, 20, 0)
LONGEST_ANSWER = 20_000


@public
@require_safe
def geojson(request: HttpRequest) -> HttpResponse:
    """Published comments with a pin: single ones, and clusters where they are many or share a spot."""
    selection, zoom = read_selection(request.GET.dict()), _zoom(request.GET.get("zoom", ""))
    if selection.problem or zoom is None:
        return JsonResponse({"error": selection.problem or BAD_ZOOM}, status=400)
    versions = _versions(selection)

    def build() -> bytes:
        drawing = draw(selection, consultations=versions, zoom=zoom)
        return _short_enough(drawing, selection)

    name = Name(("geojson", versions, selection, zoom))
    return packed(request, name, content_type="application/geo+json; charset=utf-8", build=build)


@public
@require_safe
def columns(request: HttpRequest) -> HttpResponse:
    """The same for our own map, ten times shorter: no words, and whole tiles around the `view` that somebody looks at."""
    selection, zoom = read_selection(request.GET.dict()), _zoom(request.GET.get("zoom", ""))
    view, problem = _view(request.GET.get("view", ""))
    if selection.problem or problem or zoom is None:
        return JsonResponse({"error": selection.problem or problem or BAD_ZOOM}, status=400)
    versions = _versions(selection)

    def build() -> bytes:
        return pack(as_columns(draw(selection, consultations=versions, zoom=zoom, view=view, is_brief=True)))

    tiles = tiles_over(view, level_of_zoom(zoom)) if view and not selection.bounds else None
    name = Name(("columns", versions, selection, zoom, tiles))
    return packed(request, name, content_type="application/json; charset=utf-8", build=build)


@public
@require_safe
def csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Every comment of the selection in a table that a spreadsheet opens, sent line by line however many there are."""
    selection = read_selection(request.GET.dict())
    name = Name(("csv", _versions(selection), selection))
    answer = unchanged(request, name)
    if answer is not None:
        return answer
    comments = PlaceComment.objects.chosen(selection).with_row().with_consultation().latest_first()
    lines = csv_lines(comments.iterator(chunk_size=500))
    sheet = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    sheet.headers["Content-Disposition"] = 'attachment; filename="comments.csv"'
    return named(sheet, name)


@public
@require_safe
def rss(request: HttpRequest) -> HttpResponse:
    """The newest comments of the selection."""
    selection = read_selection(request.GET.dict())
    name = Name(("rss", _versions(selection), selection))
    answer = unchanged(request, name)
    if answer is not None:
        return answer
    feed = Rss201rev2Feed(
        title="What people say about places here",
        link=absolute(reverse("comments") + selection.as_query()),
        description="New comments about places, as they are published.",
        language="en-gb",
        feed_url=absolute(request.get_full_path()),
    )
    for comment in PlaceComment.objects.chosen(selection).with_row().newest_first()[:IN_A_FEED]:
        address = absolute(comment.get_absolute_url())
        feed.add_item(
            title=f"{'Example: ' if comment.is_example else ''}{comment.title.removeprefix('Example: ')}",
            link=address,
            description=comment.words,
            pubdate=comment.published_at,
            unique_id=address,
            categories=[comment.theme.name] if comment.theme else [],
        )
    return named(HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8"), name)


@public
@require_safe
@cache_control(public=True, max_age=3600)
def area(request: HttpRequest, slug: str) -> JsonResponse:
    """Where a consultation is about, for its map to open on."""
    feature = get_object_or_404(Consultation, slug=slug).as_feature
    return JsonResponse({"type": "FeatureCollection", "features": [feature] if feature else []})


def _zoom(text: str) -> int | None:
    """The whole zoom below what a map asks with; None for what is no zoom."""
    try:
        zoom = float(text[:20] or DEFAULT_ZOOM)
    except ValueError:
        return None
    return int(zoom) if 0 <= zoom <= DEEPEST_ZOOM else None


def _view(text: str) -> tuple[Bounds | None, str]:
    """What part of the map somebody looks at; with a sentence where it cannot be read."""
    try:
        return (Bounds.read(text[:200]) if text else None), ""
    except ValueError:
        return None, BAD_VIEW


def _versions(selection: Selection) -> dict[int, int]:
    """The consultations that a selection is of, with how often each has changed; not found for one that does not exist."""
    found = Consultation.objects.versions(selection.consultation)
    if selection.consultation and not found:
        raise Http404
    return found


def _short_enough(drawing: Drawing, selection: Selection) -> bytes:
    """The answer with as many letters of each comment as a slow telephone can take."""
    body = b""
    for letters in LETTERS:
        body = pack(as_geojson(drawing, selection=selection, letters=letters))
        if len(body) <= LONGEST_ANSWER:
            break
    return body
