"""Residents who want one page of what we send them: an account begins with a code, and they end it by themselves."""

from django.db import transaction

from portal.accounts.leaving import has_worked_here
from portal.accounts.models import User
from portal.accounts.refusals import NothingToDo
from portal.audit.record import record
from portal.privacy.holds import need_not_held


@transaction.atomic
def account_for_code(*, address: str) -> User | None:
    """The resident's account that a code opens, begun here where there is none; None for staff, who have another door.

    An account that nobody signs in to is gone after a day, so typing an address tells nobody whether it was known.
    """
    found = User.objects.at(address).first()
    if found is None:
        found = User.objects.create_user(address.strip(), None)
        record(action="accounts.begin_resident", by=None, subject=found)
    return found if found.is_active and not found.works_here else None


@transaction.atomic
def end_own_account(*, by: User) -> None:
    """A resident ends their sign-in; what they follow is theirs by its own links and stays."""
    if by.works_here or has_worked_here(by):
        raise NothingToDo("This sign-in keeps a place or does other work here. Ring us to end it.")
    need_not_held(by)
    record(action="accounts.end_resident", by=None, subject=by)
    by.delete()
