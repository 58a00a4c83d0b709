"""The same selection for other programs: the map's data and a feed."""

import hashlib
import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from engagement.comments.bounds import Bounds
from engagement.comments.clustering import DEEPEST_ZOOM, Group, Spot, group
from engagement.comments.first_words import first_words
from engagement.comments.models import Consultation, PlaceComment
from engagement.comments.selection import Selection, read_selection
from portal.accounts.permissions import public
from portal.emails.links import absolute
from portal.geo.coordinates import Point

DEFAULT_ZOOM = 14
IN_A_FEED = 30
BAD_ZOOM = f"zoom must be a number from 0 to {DEEPEST_ZOOM}."
LONGEST_TITLE = 50


@public
@require_safe
def geojson(request: HttpRequest) -> HttpResponse:
    """Published comments with a pin: single ones, and clusters where they are many or share a spot."""
    selection, zoom = read_selection(request.GET.dict()), _zoom(request.GET.get("zoom", ""))
    if selection.problem or zoom is None:
        return JsonResponse({"error": selection.problem or BAD_ZOOM}, status=400)
    _check_consultation(selection)
    rows = {row["pk"]: row for row in PlaceComment.objects.chosen(selection).for_map()}
    groups = group((Spot(row["latitude"], row["longitude"], row["pk"]) for row in rows.values()), zoom=zoom)
    features = [_cluster(one, selection) if len(one.members) > 1 else _single(one, rows) for one in groups]
    body = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    etag = quote_etag(hashlib.sha256(body.encode()).hexdigest()[:32])
    answer = HttpResponse(body, content_type="application/geo+json; charset=utf-8", headers={"ETag": etag})
    # Anybody may keep it, and asks each time whether it still holds: what is hidden is hidden at once.
    patch_cache_control(answer, public=True, no_cache=True)
    return get_conditional_response(request, etag=etag, response=answer) or answer


@public
@require_safe
def rss(request: HttpRequest) -> HttpResponse:
    """The newest comments of the selection."""
    selection = read_selection(request.GET.dict())
    _check_consultation(selection)
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
            title=f"{'Example: ' if comment.is_example else ''}{comment.title}",
            link=address,
            description=comment.words,
            pubdate=comment.published_at,
            unique_id=address,
            categories=[comment.theme.name] if comment.theme else [],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


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


def _check_consultation(selection: Selection) -> None:
    if selection.consultation and not Consultation.objects.named(selection.consultation).exists():
        raise Http404


def _feature(one: Group, properties: dict[str, Any]) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [one.longitude, one.latitude]}
    return {"type": "Feature", "geometry": point, "properties": properties}


def _single(one: Group, rows: dict[int, dict[str, Any]]) -> dict[str, Any]:
    row = rows[one.members[0].id]
    properties = {
        "reference": row["reference"],
        "feeling": row["feeling"],
        "theme": row["theme__slug"],
        "title": first_words(row["start"], LONGEST_TITLE),
        "url": reverse("comment", args=[row["reference"]]),
    }
    if row["is_example"]:
        properties["is_example"] = True
    return _feature(one, properties)


def _cluster(one: Group, selection: Selection) -> dict[str, Any]:
    """A number of comments; a stack says where its members are listed, since looking closer does not part them."""
    properties: dict[str, Any] = {"cluster": True, "count": len(one.members)}
    if one.is_stack:
        around = Bounds.around(Point(spot.latitude, spot.longitude) for spot in one.members).with_edge()
        properties["url"] = reverse("comments") + selection.at(around).as_query()
    return _feature(one, properties)
