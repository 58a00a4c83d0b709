"""What a partner sees: a list of what is shared with them, and one page for each with the parts that were chosen."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.permissions import StaffRequest, staff_view
from portal.paging import page_of
from selfreferral.actions.sharing import look_shared
from selfreferral.models import SharedView
from selfreferral.people import SHARED
from selfreferral.refusals import NotYours
from selfreferral.vault import CannotOpen, VaultIsShut
from selfreferral.views.silence import silently

ON_A_PAGE = 50


@staff_view(SHARED)
@require_safe
def shared_with_you(request: StaffRequest) -> HttpResponse:
    """Nickname and last day of each, and nothing that was said."""
    found = SharedView.objects.in_force(today=timezone.localdate()).with_partner(request.user).soonest_to_end()
    page = page_of(found, asked=request.GET, size=ON_A_PAGE)
    return render(request, "selfreferral/admin/shared_list.html", {"page": page})


@staff_view(SHARED)
@require_safe
@silently
def shared_with_you_one(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The parts that were chosen; whatever is not shared with this person now gets one and the same answer."""
    try:
        view, words = look_shared(pk=pk, by=request.user, now=timezone.now())
    except NotYours:
        return render(request, "selfreferral/admin/not_shared.html", status=403)
    except (CannotOpen, VaultIsShut):
        return render(request, "selfreferral/admin/not_shared.html", {"is_shut": True}, status=503)
    return render(request, "selfreferral/admin/shared.html", {"view": view, "words": words})
