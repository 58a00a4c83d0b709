"""Groups for everybody: the list with its map, and one group."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagement.directory.groups.forms import GroupsForm
from engagement.directory.groups.strengths import group_row, place_rows
from engagement.directory.lists.map import View, features
from engagement.directory.models import Organisation, Venue
from engagement.directory.models.organisation import OrganisationQuerySet
from engagement.directory.views.map_data import map_answer
from portal.accounts.permissions import public
from portal.pages.kept_pages import kept_page
from portal.paging import counted, in_words, page_of

A_PAGE = 50


@public
@kept_page
@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    form = GroupsForm(request.GET)
    found = _found(form)
    page = page_of(found.with_work().by_name(), asked=request.GET, size=A_PAGE)
    context = {
        "form": form,
        "page": page,
        "rows": [group_row(group) for group in page],
        "count": in_words(counted(found)),
        "is_chosen": bool(form.words or form.kinds),
    }
    return render(request, "directory/groups.html", context)


@public
@require_safe
def groups_geojson(request: HttpRequest) -> JsonResponse:
    """The places where the groups of the list run something; `bbox` and `zoom` ask for what a map shows."""
    groups = _found(GroupsForm(request.GET))
    places = Venue.objects.listed().run_by(groups)

    def tell(view: View) -> dict[str, Any]:
        inside = places.within(*view.box) if view.box else places
        return features(inside, view, lambda numbers: place_rows(numbers, groups))

    return map_answer(request, tell)


@public
@kept_page
@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Organisation.objects.listed().with_work().with_public_contacts(), slug=slug)
    return render(request, "directory/group.html", {"group": found})


def _found(form: GroupsForm) -> OrganisationQuerySet:
    return Organisation.objects.listed().of_kinds(form.kinds).with_words(form.words)
