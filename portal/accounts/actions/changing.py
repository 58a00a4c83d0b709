"""Changing what somebody may do: less at once, more when a second administrator agrees."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction

from portal.accounts.actions.telling import send_link, tell_of
from portal.accounts.models import RoleChange, User
from portal.accounts.permissions import MANAGE, holders
from portal.accounts.raising import HIGHEST, is_raise
from portal.accounts.refusals import ItMoved, NobodyLeft, NothingToDo, NotYours
from portal.accounts.roles import ROLES
from portal.audit.record import record

State = RoleChange.State


@transaction.atomic
def change_roles(*, person: User, roles: Iterable[str], by: User, now: datetime) -> RoleChange:
    """Give somebody who works here other roles. Less is done at once; more waits until a second administrator agrees."""
    person = _locked(person)
    before, after = person.roles, in_order(roles)
    if not person.is_active or not before:
        raise NothingToDo(f"{person} does not work here now. Invite them.")
    if before == after:
        raise NothingToDo("Nothing was changed.")
    if not after:
        raise NothingToDo("Somebody who works here has at least one role. To end it, close the account.")
    if RoleChange.objects.of(person).open().exists():
        raise ItMoved("Something else waits for this person. Settle that first.")
    waits = is_raise(before, after, ROLES)
    change = RoleChange.objects.create(
        person=person,
        before=before,
        after=after,
        state=State.WAITING if waits else State.DONE,
        asked_at=now,
        asked_by=by,
        done_at=None if waits else now,
    )
    record(action="accounts.ask_role" if waits else "accounts.lower_role", by=by, subject=person, **told(change))
    if not waits:
        set_roles(person, after)
    tell_of(change)
    return change


@transaction.atomic
def agree(*, change: RoleChange, by: User, now: datetime) -> RoleChange:
    """A second administrator agrees; neither whoever asked nor whoever gets the role may be that."""
    if by.pk in {change.asked_by_id, change.person_id}:
        raise NotYours("This takes a second administrator: not whoever asked, and not whoever gets the role.")
    return settle(change=change, by=by, now=now, action="accounts.agree_role")


@transaction.atomic
def agree_as_technician(*, change: RoleChange, because: str, now: datetime) -> RoleChange:
    """With only one administrator there is no second one: then whoever keeps the server agrees, with a command."""
    return settle(change=change, by=None, now=now, action="accounts.agree_role_by_command", because=because)


def settle(*, change: RoleChange, by: User | None, now: datetime, action: str, because: str = "") -> RoleChange:
    """Make a waiting change come true: at once for whoever works here, as a link for whoever is invited."""
    person = _locked(change.person)
    becomes = State.INVITED if change.is_invitation else State.DONE
    moved = (
        RoleChange.objects.waiting()
        .filter(pk=change.pk)
        .update(state=becomes, decided_by=by, decided_at=now, done_at=None if change.is_invitation else now)
    )
    if not moved:
        raise ItMoved("Somebody has settled this already.")
    change.refresh_from_db()
    if person.roles != change.before or (not change.is_invitation and not person.is_active):
        raise ItMoved("Their roles were changed since this was asked. Ask again.")
    record(action=action, by=by, subject=person, **told(change), **({"because": because} if because else {}))
    if change.is_invitation:
        return send_link(change=change, now=now)
    set_roles(person, change.after)
    tell_of(change)
    return change


@transaction.atomic
def refuse(*, change: RoleChange, by: User, now: datetime) -> RoleChange:
    """Do not agree, or take back what one asked for oneself."""
    if not RoleChange.objects.open().filter(pk=change.pk).update(state=State.REFUSED, decided_by=by, decided_at=now):
        raise ItMoved("Somebody has settled this already.")
    change.refresh_from_db()
    record(action="accounts.refuse_role", by=by, subject=change.person, **told(change))
    tell_of(change)
    return change


def set_roles(person: User, roles: Iterable[str]) -> None:
    """Put somebody into the groups of these roles and out of all others; never the last administrator out of theirs."""
    named = list(roles)
    if HIGHEST not in named:
        keep_one_administrator(person)
    person.groups.set(Group.objects.filter(name__in=[ROLES[name].title for name in named]))


def keep_one_administrator(person: User) -> None:
    """Refuse what would leave nobody to look after accounts."""
    others = holders(MANAGE).exclude(pk=person.pk)
    if HIGHEST in person.roles and not others.exists():
        raise NobodyLeft(f"{person} is the only administrator. Make somebody else one first.")


def in_order(roles: Iterable[str]) -> list[str]:
    """Known roles, once each, in the order of the table."""
    wanted = set(roles)
    return [name for name in ROLES if name in wanted]


def told(change: RoleChange) -> dict[str, list[str] | int]:
    """What the history says of a change: its number and the names of roles."""
    return {"change": change.pk, "before": change.before, "after": change.after}


def _locked(person: User) -> User:
    return User.objects.select_for_update().get(pk=person.pk)
