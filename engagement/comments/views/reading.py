"""What everybody can read: the list with its map, and one comment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagement.comments.forms import SelectionForm
from engagement.comments.models import Consultation, PlaceComment, Theme
from engagement.comments.selection import read_selection
from portal.accounts.permissions import public
from portal.geo.models import NamedPlace
from portal.pages.kept_pages import kept_page
from portal.paging import counted, in_words, page_of
from portal.references import normalise_reference

ON_A_PAGE = 20


@public
@kept_page
@require_safe
def comments(request: HttpRequest) -> HttpResponse:
    """The list first and the map second, of one selection."""
    selection = read_selection(request.GET.dict())
    consultation = (
        get_object_or_404(Consultation, slug=selection.consultation)
        if selection.consultation
        else Consultation.objects.standing()
    )
    themes = list(Theme.objects.active() if consultation.is_standing else Theme.objects.in_use(consultation))
    has_area = consultation.as_feature is not None
    found = PlaceComment.objects.chosen(selection)
    places = dict(NamedPlace.objects.listed().values_list("slug", "name"))
    context = {
        "selection": selection,
        "consultation": consultation,
        "form": SelectionForm(selection=selection, themes=themes, places=places),
        "chips": selection.chips(
            {theme.slug: theme.name for theme in themes}, dict(PlaceComment.Feeling.choices), places
        ),
        "page": page_of(found.with_row().latest_first(), asked=request.GET, size=ON_A_PAGE),
        "count": in_words(counted(found)),
        "only_in_list": 0 if selection.bounds else in_words(counted(found.without_a_pin())),
        "now": timezone.now(),
        "rss_url": reverse("comments_rss") + selection.as_query(),
        "everything_url": reverse("comments") + selection.only_consultation.as_query(),
        "outline_url": reverse("comments_area", args=[consultation.slug]) if has_area else reverse("map_outline"),
    }
    return render(request, "comments/list.html", context)


@public
@kept_page
@require_safe
def comment(request: HttpRequest, reference: str) -> HttpResponse:
    """One published comment with its answers and the actions that came of it."""
    found = get_object_or_404(
        PlaceComment.objects.published().with_row().with_answers(), reference=normalise_reference(reference)
    )
    return render(request, "comments/comment.html", {"comment": found, "now": timezone.now()})
