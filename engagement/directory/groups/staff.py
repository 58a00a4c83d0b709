"""Staff screens of the groups: the board of strengths, the same as a spreadsheet, and "heard from today"."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from engagement.directory.actions.organisations import heard_from
from engagement.directory.groups.board import Strength, board_csv
from engagement.directory.groups.forms import GroupsForm
from engagement.directory.models import Organisation
from engagement.directory.models.organisation import OrganisationQuerySet
from portal.accounts.permissions import StaffRequest, staff_view
from portal.paging import counted, in_words, page_of

VIEW = "directory.view_organisation"
CHANGE = "directory.change_organisation"
A_PAGE = 50


@staff_view(VIEW)
@require_safe
def strengths(request: StaffRequest) -> HttpResponse:
    found = _asked(request)
    page = page_of(found, asked=request.GET, size=A_PAGE)
    context = {
        "page": page,
        "count": in_words(counted(found)),
        "rows": [Strength(group) for group in page],
        "words": GroupsForm(request.GET).words,
        "may_change": request.user.has_perm(CHANGE),
    }
    return render(request, "directory/admin/strengths.html", context)


@staff_view(VIEW)
@require_safe
def strengths_csv(request: StaffRequest) -> HttpResponse:
    name = {"Content-Disposition": 'attachment; filename="strengths.csv"'}
    return HttpResponse("\ufeff" + board_csv(_asked(request)), content_type="text/csv; charset=utf-8", headers=name)


@staff_view(CHANGE)
@require_POST
def heard(request: StaffRequest, pk: int) -> HttpResponse:
    group = heard_from(organisation=get_object_or_404(Organisation, pk=pk), by=request.user)
    messages.success(request, f"{group.name}: last heard from today.")
    return redirect("directory_strengths")


def _asked(request: StaffRequest) -> OrganisationQuerySet:
    return Organisation.objects.with_words(GroupsForm(request.GET).words).with_work().longest_unheard_first()
