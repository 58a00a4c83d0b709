"""What the screens of a request have in common: how it is found, shown, and how a refusal is said."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.accounts.permissions import StaffRequest
from portal.pages.screens import Above, screen_header
from portal.refusals import Refused
from portal.rights.forms import ChangeForm
from portal.rights.models import SubjectRequest
from portal.rights.people import rooms_asked
from portal.rights.workflow import allowed
from selfreferral.vault import CannotOpen, VaultIsShut

SHUT = "Something does not open, so nothing is shown. Tell your technician now."
ICON = "user"
Screen = Callable[..., HttpResponse]


def header_of(about: SubjectRequest, title: str = "") -> dict[str, Any]:
    """The header of a screen of one request."""
    above: list[Above] = [("Questions about themselves", "rights:requests")]
    if title:
        above.append((about.reference, "rights:request", about.reference))
    return screen_header(title or about.reference, *above, icon=ICON) | {"about": about}


def find(request: StaffRequest, reference: str) -> SubjectRequest:
    """The request with this reference, where it is this person's to answer; else a 404."""
    return get_object_or_404(SubjectRequest.objects.for_eyes_of(request.user), reference=reference)


def refused_in_words(screen: Screen) -> Screen:
    """Whatever is refused is said above the request's own page."""

    @wraps(screen)
    def said(request: StaffRequest, reference: str, **more: Any) -> HttpResponse:
        try:
            return screen(request, reference, **more)
        except Refused as refused:
            messages.error(request, refused.sentence)
            return show(request, find(request, reference), status=refused.status)
        except (CannotOpen, VaultIsShut):
            messages.error(request, SHUT)
            return show(request, find(request, reference), status=503)

    return said


def back(about: SubjectRequest, name: str = "request") -> HttpResponse:
    """To the request's own page, or to another of its pages."""
    return redirect(f"rights:{name}", about.reference)


def show(request: StaffRequest, about: SubjectRequest, *, status: int = 200, sent: Any = None) -> HttpResponse:
    """The request with what was found, room by room, and what may be done next."""
    found = list(about.found.all())
    rooms = [
        {
            "room": room,
            "is_searched": room.name in about.rooms_searched,
            "found": [record for record in found if record.room == room.name],
            "is_open": not room.permission or request.user.has_perm(room.permission),
            # Said here, for a template would call what it is given.
            "may_put_right": room.put_right is not None,
            "writes_mail": room.address is not None,
        }
        for room in rooms_asked(about)
    ]
    forms = [
        sent if sent is not None and sent.change == change else ChangeForm(change=change, request=about)
        for change in allowed(about.where)
    ]
    context = header_of(about) | {
        "rooms": rooms,
        "forms": forms,
        "steps": about.steps.select_related("done_by"),
        "longer": SubjectRequest.Longer.choices,
        "today": timezone.localdate(),
        "is_any_erased": any(record.erased_at for record in found),
    }
    return render(request, "rights/admin/request.html", context, status=status)
