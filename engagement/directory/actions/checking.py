"""Saying that an entry is still right, by the team or by the place itself, and writing down that somebody was asked."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from engagement.directory.keeping.asking import A_WEEK
from engagement.directory.models import Activity, Keeper, Venue
from portal import clock
from portal.accounts.models import User
from portal.audit.record import record

CHECKED = ["checked_at", "checked_by", "is_checked_by_venue"]


@transaction.atomic
def mark_checked(*, entry: Venue | Activity, by: User, now: datetime | None = None) -> None:
    """Somebody of the team looked at an entry, or rang, and it is still right; the page shows the day."""
    entry.checked_at, entry.checked_by, entry.is_checked_by_venue = now or clock.now(), by, False
    entry.save(update_fields=CHECKED)
    record(action="directory.mark_checked", by=by, subject=entry)


@transaction.atomic
def say_still_right(*, venue: Venue, keeper: Keeper | None, by: User | None = None) -> int:
    """The place itself says that its entry, and all that takes place there, is still right; how many entries that are.

    `keeper` is None where somebody pressed the button in a mail to the place's own address.
    """
    said = {"checked_at": clock.now(), "checked_by": by, "is_checked_by_venue": True}
    activities = Activity.objects.listed().at(venue).values_list("pk", flat=True)
    Venue.objects.filter(pk=venue.pk).update(**said)
    count = 1 + Activity.objects.filter(pk__in=list(activities)).update(**said)
    record(
        action="directory.say_still_right",
        by=by,
        subject=venue,
        keeper=keeper.pk if keeper else None,
        entries=count,
    )
    return count


@transaction.atomic
def note_asked(*, keepers: list[int], venues: list[int], now: datetime) -> bool:
    """Write down, before a mail is handed to the worker, who is asked about which places; False where that was done
    within a week."""
    rested = Q(reminded_at=None) | Q(reminded_at__lte=now - A_WEEK)
    new = Keeper.objects.active().filter(rested, pk__in=keepers).update(reminded_at=now)
    new += Venue.objects.filter(rested, pk__in=venues).update(reminded_at=now)
    if new:
        record(action="directory.ask_whether_right", by=None, keepers=keepers, venues=venues)
    return bool(new)
