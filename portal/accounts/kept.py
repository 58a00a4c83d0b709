"""How long an account is kept after somebody left, and one that nobody ever signed in to."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from portal.accounts.blanking import NOBODYS, blank_account
from portal.accounts.leaving import has_worked_here
from portal.accounts.models import RoleChange, User
from portal.privacy.periods import Destroyed, Period, Rows, register_period


def _closed(cutoff: datetime) -> models.QuerySet[User]:
    """Closed accounts of people who were last seen or asked about before this, and that are not nobody's yet."""
    lately = Q(asked_at__gte=cutoff) | Q(done_at__gte=cutoff) | Q(invited_at__gte=cutoff) | Q(decided_at__gte=cutoff)
    still = RoleChange.objects.filter(lately, person=models.OuterRef("pk"))
    start, end = NOBODYS.split("{}")
    closed = User.objects.closed().filter(Q(last_login=None) | Q(last_login__lt=cutoff), date_joined__lt=cutoff)
    return closed.exclude(email__startswith=start, email__endswith=end).exclude(models.Exists(still))


def _blanked(people: list[User], now: datetime) -> Destroyed:
    for person in people:
        blank_account(user=person, by=None, now=now)
    return Destroyed(len(people))


def _deleted(people: list[User], now: datetime) -> Destroyed:
    """Those to whom somebody gave something meanwhile stay."""
    going = [person for person in people if not has_worked_here(person)]
    for person in going:
        person.delete()
    return Destroyed(len(going))


def _with_number(words: str) -> User | None:
    """ "Account 12"."""
    number = words.split()[-1]
    is_one = words.lower().startswith("account ") and number.isascii() and number.isdigit()
    return User.objects.filter(pk=number).first() if is_one else None


def register() -> None:
    register_period(
        Period(
            name="accounts.closed",
            title="Accounts of people who left",
            what="name, address and every way in are blanked; the number stays in the history",
            setting="KEEP_CLOSED_ACCOUNTS_DAYS",
            because="somebody may come back, and colleagues ask who did what",
            is_warned=True,
            things=Rows(
                find=_closed, away=_blanked, refer=lambda person: f"Account {person.pk}", by_reference=_with_number
            ),
        )
    )
    register_period(
        Period(
            name="accounts.never_came",
            title="Residents’ accounts that nobody signed in to",
            what="the row is deleted",
            fixed=timedelta(days=1),
            because="the code in the mail works for minutes",
            things=Rows(find=User.objects.never_came, away=_deleted),
        )
    )
