"""One referral: its safe-contact card, what was said, what was done, and what may be done next."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.permissions import StaffRequest, staff_view
from portal.refusals import Refused
from selfreferral.actions import allocation, contact, triage
from selfreferral.actions.looking import look
from selfreferral.models import Referral
from selfreferral.people import ALLOCATE, SEE, WORK
from selfreferral.queue import rows
from selfreferral.staff_forms import (
    AllocateForm,
    AttemptForm,
    MoveForm,
    OverrideForm,
    ReleaseForm,
    SignpostForm,
    StaffForm,
    forms_for,
)
from selfreferral.vault import CannotOpen, VaultIsShut
from selfreferral.views.silence import silently

Deed = Callable[..., object]


@staff_view(SEE)
@require_safe
@silently
def detail(request: StaffRequest, reference: str) -> HttpResponse:
    return _show(request, _find(reference))


def _deed(permission: str, form_class: type[StaffForm], act: Deed, thanks: str) -> Callable[..., HttpResponseBase]:
    """A view that does one thing with a referral; refused, it shows the page again with what was typed and why not."""

    @staff_view(permission)
    @require_POST
    @silently
    def view(request: StaffRequest, reference: str) -> HttpResponse:
        referral = _find(reference)
        form = form_class(request.POST, referral=referral, by=request.user)
        if not form.is_valid():
            return _show(request, referral, form, status=400)
        try:
            act(referral=referral, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            return _show(request, _find(reference), form, status=refused.status)
        messages.success(request, thanks)
        return redirect("selfreferral_staff:detail", reference=referral.reference)

    return view


attempt = _deed(WORK, AttemptForm, contact.record_attempt, "Written down.")
override = _deed(WORK, OverrideForm, contact.override_channel, "You may use this way for an hour.")
signpost = _deed(WORK, SignpostForm, contact.signpost, "Written down.")
move = _deed(WORK, MoveForm, triage.move, "Moved on.")
release = _deed(WORK, ReleaseForm, triage.release, "It is back for somebody else to pick up.")
allocate = _deed(ALLOCATE, AllocateForm, allocation.allocate, "Given.")


def _find(reference: str) -> Referral:
    return get_object_or_404(Referral.objects.called(reference).select_related("owner", "changed_by"))


def _show(request: StaffRequest, referral: Referral, sent: StaffForm | None = None, status: int = 200) -> HttpResponse:
    now = timezone.now()
    try:
        opened = look(referral=referral, by=request.user, now=now)
    except (CannotOpen, VaultIsShut):
        return render(request, "selfreferral/admin/shut.html", {"referral": referral}, status=503)
    context = {
        "referral": referral,
        "row": rows([referral], user=request.user, now=now)[0],
        "opened": opened,
        "forms": forms_for(referral, request.user, opened, sent),
        "sent": sent,
        "is_by_another": referral.source in {Referral.Source.FAMILY_OR_FRIEND, Referral.Source.WORKER},
    }
    return render(request, "selfreferral/admin/referral.html", context, status=status)
