"""Staff screens of people: who works here, as what, and what waits for a second administrator."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.actions.changing import agree, change_roles, refuse
from portal.accounts.actions.closing import close_account
from portal.accounts.actions.inviting import invite, send_again
from portal.accounts.again import signed_in_again
from portal.accounts.forms import InviteForm, RolesForm
from portal.accounts.models import RoleChange, User
from portal.accounts.people import has_second_step, others_who_may_agree
from portal.accounts.permissions import MANAGE, SEE_CHANGES, StaffRequest, staff_view
from portal.refusals import Refused

MOST_SHOWN = 100
reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@staff_view(MANAGE)
@require_safe
def people(request: StaffRequest) -> HttpResponse:
    """Everybody who works here, whoever waits, and accounts that are closed."""
    context = {
        "working": User.objects.working_here().with_roles().by_name(),
        "closed": User.objects.closed().for_whom_nothing_waits().by_name(),
        "waiting": RoleChange.objects.waiting().with_people().newest_first(),
        "invited": RoleChange.objects.invited().with_people().newest_first(),
        "others": others_who_may_agree(request.user),
    }
    return render(request, "accounts/admin/people.html", context)


@staff_view(SEE_CHANGES)
@require_safe
def changes(request: StaffRequest) -> HttpResponse:
    """The newest changes of roles, for those who are told of them."""
    newest = RoleChange.objects.with_people().newest_first()[:MOST_SHOWN]
    context = {"changes": newest, "may_manage": request.user.has_perm(MANAGE)}
    return render(request, "accounts/admin/changes.html", context)


@staff_view(MANAGE)
@signed_in_again
@reading_or_sending
def invite_person(request: StaffRequest) -> HttpResponse:
    form, status = InviteForm(request.POST or None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                invite(by=request.user, now=timezone.now(), **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, refused.sentence)
                status = refused.status
            else:
                messages.success(request, "The invitation goes as soon as a second administrator agrees.")
                return redirect("people")
    others = others_who_may_agree(request.user)
    return render(request, "accounts/admin/invite.html", {"form": form, "others": others}, status=status)


@staff_view(MANAGE)
@signed_in_again
@reading_or_sending
def person(request: StaffRequest, pk: int) -> HttpResponse:
    """One person: what they may do, and how to change or end it."""
    found = get_object_or_404(User.objects.with_roles(), pk=pk)
    form, status = RolesForm(request.POST or None, initial={"roles": found.roles}), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                change = change_roles(person=found, by=request.user, now=timezone.now(), **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, refused.sentence)
                status = refused.status
            else:
                waits = change.state == RoleChange.State.WAITING
                messages.success(
                    request, "This waits for a second administrator." if waits else "The roles are changed."
                )
                return redirect("people_person", pk=pk)
    context = {
        "person": found,
        "form": form,
        "changes": RoleChange.objects.of(found).with_people().newest_first()[:MOST_SHOWN],
        "has_second_step": has_second_step(found),
        "others": others_who_may_agree(request.user),
    }
    return render(request, "accounts/admin/person.html", context, status=status)


def _deed(do: Callable[[RoleChange, StaffRequest], str]) -> Callable[..., HttpResponseBase]:
    """One press on a change; then back to the list, with a sentence."""

    @staff_view(MANAGE)
    @signed_in_again
    @require_POST
    def pressed(request: StaffRequest, pk: int) -> HttpResponse:
        change = get_object_or_404(RoleChange.objects.with_people(), pk=pk)
        try:
            messages.success(request, do(change, request))
        except Refused as refused:
            messages.error(request, refused.sentence)
        return redirect("people")

    return pressed


def _agree(change: RoleChange, request: StaffRequest) -> str:
    agree(change=change, by=request.user, now=timezone.now())
    return "The invitation is on its way." if change.is_invitation else f"{change.person} has the new roles now."


def _refuse(change: RoleChange, request: StaffRequest) -> str:
    refuse(change=change, by=request.user, now=timezone.now())
    return "It will not happen, and the triage lead is told."


def _send_again(change: RoleChange, request: StaffRequest) -> str:
    send_again(change=change, by=request.user, now=timezone.now())
    return "A new link is on its way. The old one no longer works."


agree_to_change, refuse_change, invite_again = _deed(_agree), _deed(_refuse), _deed(_send_again)


@staff_view(MANAGE)
@signed_in_again
@reading_or_sending
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """A page of its own that says what goes, and there the press."""
    found = get_object_or_404(User.objects.with_roles(), pk=pk)
    if request.method != "POST":
        return render(request, "accounts/admin/close.html", {"person": found})
    try:
        close_account(person=found, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("people_person", pk=pk)
    messages.success(request, f"The account of {found} is closed. They are signed out everywhere.")
    return redirect("people")


@staff_view(MANAGE)
@require_safe
def instead(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Wagtail's own lists of users and groups lead here; its forms, which know no second administrator, are gone."""
    if rest:
        raise Http404
    return redirect("people")
