"""Inviting somebody to work here: a link by mail, once a second administrator agreed; whoever opens it sets a password."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from portal.accounts.actions.changing import State, in_order, set_roles, told
from portal.accounts.actions.telling import send_link, tell_of
from portal.accounts.models import RoleChange, User
from portal.accounts.refusals import ItMoved, NothingToDo
from portal.audit.record import record


@transaction.atomic
def invite(
    *, email: str, roles: Iterable[str], by: User, now: datetime, first_name: str = "", last_name: str = ""
) -> RoleChange:
    """Ask that somebody is let in with these roles. No mail goes before a second administrator agreed."""
    after = in_order(roles)
    if not after:
        raise NothingToDo("Choose at least one role.")
    person = User.objects.at(email).first() or User.objects.create_user(email, None, is_active=False)
    if person.is_active and person.works_here:
        raise NothingToDo(f"{person} works here already. Open their page to change their roles.")
    if RoleChange.objects.of(person).open().exists():
        raise ItMoved("An invitation for this address is under way already.")
    person.first_name = first_name.strip() or person.first_name
    person.last_name = last_name.strip() or person.last_name
    person.save(update_fields=["first_name", "last_name"])
    change = RoleChange.objects.create(
        person=person,
        before=person.roles,
        after=after,
        is_invitation=True,
        state=State.WAITING,
        asked_at=now,
        asked_by=by,
    )
    record(action="accounts.invite", by=by, subject=person, **told(change))
    tell_of(change)
    return change


@transaction.atomic
def send_again(*, change: RoleChange, by: User, now: datetime) -> RoleChange:
    """A new link for whoever was invited; every older one is dead from now on."""
    if not RoleChange.objects.invited().filter(pk=change.pk).exists():
        raise ItMoved("This invitation is over.")
    record(action="accounts.invite_again", by=by, subject=change.person, change=change.pk)
    return send_link(change=change, now=now)


@transaction.atomic
def accept(*, change: RoleChange, password: str, now: datetime) -> User:
    """Whoever holds the link comes in: with a password of their own, and with the roles that two people agreed on."""
    moved = RoleChange.objects.invited().filter(pk=change.pk).update(state=State.DONE, done_at=now)
    if not moved:
        raise ItMoved("This link was used before.")
    change.refresh_from_db()
    person = change.person
    person.is_active = True
    person.set_password(password)
    person.save(update_fields=["is_active", "password"])
    set_roles(person, change.after)
    record(action="accounts.accept_invitation", by=person, subject=person, **told(change))
    tell_of(change)
    return person
