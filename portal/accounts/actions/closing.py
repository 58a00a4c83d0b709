"""Closing an account: at once, everywhere, and for good until somebody is invited again."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from portal.accounts.actions.changing import State, keep_one_administrator
from portal.accounts.actions.telling import tell_of
from portal.accounts.models import RoleChange, User
from portal.accounts.refusals import NothingToDo, NotYours
from portal.audit.record import record


@transaction.atomic
def close_account(*, person: User, by: User, now: datetime) -> User:
    """End somebody's work here: their sessions, roles, password and second step go; what they did stays in the history."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.pk == by.pk:
        raise NotYours("Somebody else closes your account for you.")
    if person.is_superuser:
        raise NotYours("This is the technician’s account. The technician closes it.")
    keep_one_administrator(person)
    open_now = RoleChange.objects.of(person).open()
    if not person.is_active and not open_now.exists():
        raise NothingToDo("This account is closed already.")
    before = person.roles
    open_now.update(state=State.ENDED, decided_by=by, decided_at=now)
    if person.is_active:
        change = RoleChange.objects.create(
            person=person, before=before, after=[], state=State.DONE, asked_at=now, asked_by=by, done_at=now
        )
        tell_of(change)
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    person.groups.clear()
    person.user_permissions.clear()
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person)
    record(action="accounts.close", by=by, subject=person, before=before)
    return person


def end_sessions(person: User) -> None:
    """Sign somebody out at every browser."""
    for session in UserSession.objects.filter(user=person):
        session.end()
