"""What the partnership did besides: sessions held, newspapers that reached people, and how fresh the directory is."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from engagement.comments.models import EngagementEvent
from engagement.directory.models import Activity, Venue
from engagement.directory.models.checking import OFF_THE_LIST_AFTER, REMIND_AFTER, STALE_AFTER
from newsletter.models import Delivery, DropRound, IssuePage
from newsletter.workflow import DeliveryState
from portal.clock import say_whole_date
from portal.insight.arithmetic import percent_of
from portal.insight.periods import Period, month_of
from portal.insight.table import Column, Table
from portal.insight.table import Sum as Adds

WENT = (DeliveryState.SUBMITTED, DeliveryState.DELIVERED, DeliveryState.COMPLAINED)
# How long ago somebody looked, at least and less than.
BANDS: tuple[tuple[str, timedelta | None, timedelta | None], ...] = (
    ("Looked at in the last 28 days", None, REMIND_AFTER),
    ("28 to 60 days ago", REMIND_AFTER, STALE_AFTER),
    ("60 to 90 days ago", STALE_AFTER, OFF_THE_LIST_AFTER),
    ("90 days ago and longer", OFF_THE_LIST_AFTER, None),
)


def sessions_held(period: Period) -> Table:
    """Meetings with groups, by month, with how many people were there and how many comments they gave us."""
    months = period.months()
    sums: dict[str, Any] = {}
    for number, part in enumerate(map(month_of, months)):
        inside = Q(held_on__gte=part.begins_on, held_on__lte=part.ends_on)
        sums[f"held{number}"] = Count("pk", filter=inside)
        sums[f"people{number}"] = Coalesce(Sum("headcount", filter=inside), 0)
    held = EngagementEvent.objects.filter(held_on__gte=period.begins_on, held_on__lte=period.ends_on)
    counts = held.order_by().aggregate(**sums)
    uncounted = held.filter(headcount=None).count()
    rows = tuple((month, counts[f"held{number}"], counts[f"people{number}"]) for number, month in enumerate(months))
    return Table(
        "sessions_held",
        "Sessions that we held",
        "Sessions with a group of people, around a paper map, that were held in this time; for each month also how many "
        "people were there, as far as somebody counted them. Somebody who came twice is counted twice.",
        (
            Column("month", "Month", "month"),
            Column("sessions", "Sessions", "count", adds_up=True, of_things=True),
            Column("people", "People there", "count"),
        ),
        rows,
        sum(row[1] for row in rows),
        counted="sessions",
        notes=(f"Nobody counted the people at {uncounted} of them.",) if uncounted else (),
    )


def newspaper_circulation(period: Period) -> Table:
    """Each issue of this time: how many copies went by e-mail, and how many were printed.

    Two can have one title, so each is named by its date too.
    """
    issues = list(
        IssuePage.objects.live()
        .filter(issued_on__gte=period.begins_on, issued_on__lte=period.ends_on)
        .order_by("issued_on", "pk")
        .values_list("pk", "title", "issued_on")
    )
    numbers = [number for number, _, _ in issues]
    sent = Delivery.objects.filter(campaign__issue__in=numbers, state__in=WENT).order_by().values("campaign__issue")
    mailed = dict(sent.annotate(n=Count("pk")).values_list("campaign__issue", "n"))
    rounds = DropRound.objects.filter(issue__in=numbers).order_by().values("issue")
    printed = dict(rounds.annotate(n=Sum("copies")).values_list("issue", "n"))
    rows = tuple(
        (f"{title}, {say_whole_date(day)}", mailed.get(number, 0), printed.get(number, 0))
        for number, title, day in issues
    )
    return Table(
        "newspaper_circulation",
        "The newspaper",
        "Issues that are dated in this time. By e-mail are copies that the mail service took for a reader and did not send "
        "back; printed are copies that were printed for a round, such as doors or the school.",
        (
            Column("issue", "Issue", "text"),
            Column("emailed", "By e-mail", "count", adds_up=True),
            Column("printed", "Printed", "count", of_things=True),
        ),
        rows,
        sum(row[1] for row in rows),
        counted="copies by e-mail",
    )


def directory_freshness(period: Period) -> Table:
    """How long ago somebody looked at each entry, measured at the end of the period."""
    venues, activities = (
        _bands(found, period.ends_at) for found in (Venue.objects.listed(), Activity.objects.listed())
    )
    n = sum(venues) + sum(activities)
    rows = tuple(
        (label, mine + theirs, mine, theirs, percent_of(mine + theirs, n))
        for (label, _, _), mine, theirs in zip(BANDS, venues, activities, strict=True)
    )
    return Table(
        "directory_freshness",
        "How fresh the directory is",
        "Places and activities that everybody sees today and that were there at the end of this time, by how long before that "
        "somebody had last looked whether it is right. One that was looked at since counts as looked at.",
        (
            Column("looked", "Last looked at", "text"),
            Column("entries", "Entries", "count", adds_up=True, of_things=True),
            Column("places", "Places", "count", of_things=True),
            Column("activities", "Activities", "count", of_things=True),
            Column("share", "Share", "percent", part="entries"),
        ),
        rows,
        n,
        counted="entries",
        sums=(Adds(("places", "activities"), "entries"),),
    )


def _bands(found: Any, end: datetime) -> list[int]:
    """How many there are in each band."""
    counts = {}
    for number, (_, least, most) in enumerate(BANDS):
        rule = Q()
        if least is not None:
            rule &= Q(sure_at__lt=end - least)
        if most is not None:
            rule &= Q(sure_at__gte=end - most)
        counts[f"band{number}"] = Count("pk", filter=rule)
    there = found.filter(added_at__lt=end).annotate(sure_at=Coalesce("checked_at", "added_at"))
    return list(there.order_by().aggregate(**counts).values())
