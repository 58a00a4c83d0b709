"""Mails about accounts, sent by the worker: it is handed numbers, and looks up by itself whom to write to."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from portal.accounts.invitations import path_of
from portal.accounts.mails import our_identity
from portal.accounts.models import RoleChange, User
from portal.accounts.permissions import MANAGE, holders
from portal.emails.links import absolute
from portal.emails.sending import send
from portal.tasks import enqueue_on_commit, task

LEADS = "lead"


def tell_of(change: RoleChange) -> None:
    """Have those told who are to know: the leads of every change, administrators of what waits for one of them."""
    enqueue_on_commit(tell_of_role_change, change=change.pk, state=change.state)


@task()
def tell_of_role_change(change: int, state: str) -> None:
    """One mail each, with names of staff and roles and nothing else; whoever may agree is led to where they do."""
    found = RoleChange.objects.with_people().numbered(change)
    if found is None:
        return
    hearing = User.objects.in_role(LEADS)
    if state == RoleChange.State.WAITING:
        hearing = User.objects.filter(Q(pk__in=hearing) | Q(pk__in=holders(MANAGE))).exclude(pk=found.asked_by_id)
    may_agree = set(holders(MANAGE).values_list("pk", flat=True)) - {found.person_id}
    for pk, address in hearing.values_list("pk", "email").distinct():
        agrees = state == RoleChange.State.WAITING and pk in may_agree
        url = absolute(reverse("people" if agrees else "people_changes"))
        context = {"change": found, "state": state, "url": url, "agrees": agrees, "identity": our_identity()}
        send(to=address, template="accounts/role_change", context=context)


def send_link(*, change: RoleChange, now: datetime) -> RoleChange:
    """Have the worker write to whoever is invited."""
    change.invited_at = now
    change.save(update_fields=["invited_at"])
    enqueue_on_commit(invite_by_mail, change=change.pk)
    return change


@task()
def invite_by_mail(change: int) -> None:
    """The link, to the address of whoever is invited."""
    found = RoleChange.objects.with_people().invited().numbered(change)
    if found is not None:
        context = {
            "change": found,
            "url": absolute(path_of(found)),
            "identity": our_identity(),
            "until": timezone.localtime(found.invited_at) + timedelta(days=settings.INVITATION_DAYS),
        }
        send(to=found.person.email, template="accounts/invitation", context=context)
