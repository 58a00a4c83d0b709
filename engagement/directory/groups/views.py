"""Groups for everybody: the list with its map, and one group."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagement.directory.groups.forms import GroupsForm
from engagement.directory.groups.strengths import features_of, group_row
from engagement.directory.models import Organisation
from engagement.directory.models.organisation import OrganisationQuerySet
from portal.accounts.permissions import public

A_PAGE = 50
ZOOMS = frozenset(map(str, range(23)))


@public
@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    form = GroupsForm(request.GET)
    found = _found(form)
    page = Paginator(found.with_work().by_name(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [group_row(group) for group in page],
        "count": page.paginator.count,
        "is_chosen": bool(form.words or form.kinds),
    }
    return render(request, "directory/groups.html", context)


@public
@require_safe
def groups_geojson(request: HttpRequest) -> JsonResponse:
    """The places where the groups of the list run something; `zoom` asks for what a map shows."""
    asked = request.GET.get("zoom", "")
    if asked and asked not in ZOOMS:
        return JsonResponse({"error": "zoom is from 0 to 22"}, status=400)
    zoom = int(asked) if asked else None
    features = features_of(_found(GroupsForm(request.GET)).with_work().by_name(), zoom)
    response = JsonResponse({"type": "FeatureCollection", "features": features})
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


@public
@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Organisation.objects.listed().with_work().with_public_contacts(), slug=slug)
    return render(request, "directory/group.html", {"group": found})


def _found(form: GroupsForm) -> OrganisationQuerySet:
    return Organisation.objects.listed().of_kinds(form.kinds).with_words(form.words)
