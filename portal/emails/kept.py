"""How long it is kept that a mail came back, and what strangers had us send."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from portal.emails.models import HeldBack, SoftBounce, StrangersAddress, StrangersAddressQuerySet, StrangersDay
from portal.privacy.periods import Period, Rows, register_period

COUNTS_KEPT = timedelta(days=90)


def register() -> None:
    register_period(
        Period(
            name="emails.soft_bounces",
            title="Mails that came back for now",
            what="the row is deleted",
            setting="KEEP_SOFT_BOUNCES_DAYS",
            because="two in a row stop an address, and a mailbox that was full last spring may work now",
            things=Rows(find=SoftBounce.objects.until),
        )
    )
    register_period(
        Period(
            name="emails.strangers_addresses",
            title="How many mails one address was sent in a day because somebody typed it",
            what="the row is deleted",
            fixed=timedelta(days=1),
            because="it holds for its day only, and is another hash tomorrow",
            things=Rows(find=_of_days_past),
        )
    )
    for name, title, find in (
        ("emails.strangers_days", "How many mails strangers caused on a day", StrangersDay.objects.before),
        ("emails.held_back", "How often limits and traps held something back", HeldBack.objects.before),
    ):
        register_period(
            Period(
                name=name,
                title=title,
                what="the row is deleted",
                fixed=COUNTS_KEPT,
                because="a flood is looked into within a season, and a count says nothing about anybody",
                things=Rows(find=_by_day(find)),
            )
        )


def _by_day(before: Callable[[date], QuerySet[Any]]) -> Callable[[datetime], QuerySet[Any]]:
    return lambda cutoff: before(timezone.localdate(cutoff))


def _of_days_past(cutoff: datetime) -> StrangersAddressQuerySet:
    """The cutoff is a day back; what is of any day before the one after it is over."""
    return StrangersAddress.objects.before(timezone.localdate(cutoff) + timedelta(days=1))
