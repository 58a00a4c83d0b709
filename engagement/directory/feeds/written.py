"""Schedules as calendars write them, taken from what was written ahead as far as it still says what the directory says."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from django.conf import settings

from engagement.directory.feeds.calendar import events
from engagement.directory.feeds.series import calendar_years
from engagement.directory.hours.school_year import SchoolYear, Season
from engagement.directory.models import CalendarText, Schedule, SessionChange
from engagement.directory.models.schedule import ScheduleQuerySet

AT_ONCE = 500
# All that the text of a schedule is written from; its number comes first.
_PLACE = ("name", "address", "postcode", "latitude", "longitude", "phone")
_FACTS = (
    *("pk", "public_id", "sequence", "updated_at", "venue_id"),
    *("recurrence", "starts_on", "starts_at", "ends_at", "season", "skips_bank_holidays"),
    *(f"activity__{name}" for name in ("name", "slug", "theme", "description", "cost", "who_for", "how_to_come")),
    *("activity__phone", "activity__updated_at", "venue__updated_at"),
    *(f"venue__{name}" for name in _PLACE),
)
_CHANGE = (
    *("schedule_id", "pk", "session_on", "kind", "reason", "made_at", "undone_at"),
    *("moved_on", "moved_starts_at", "moved_ends_at", "moved_venue_id"),
    *(f"moved_venue__{name}" for name in _PLACE),
)
_SEASON = _FACTS.index("season")
Row = tuple[Any, ...]


def texts(chosen: ScheduleQuerySet, today: date, schools: SchoolYear) -> Iterator[bytes]:
    """The events of some schedules in the order of their names; only what changed since the night is written now."""
    told = _Facts(chosen, today, schools)
    rows = chosen.by_name().values_list(*_FACTS, "calendar_text__facts", "calendar_text__text").iterator(AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        kept = {row[0]: row[-1] for row in some if row[-2] == told.number(row[:-2])}
        made = _made([row[0] for row in some if row[0] not in kept], today, schools)
        yield from ((kept.get(row[0]) or made.get(row[0], "")).encode() for row in some)


def write_ahead(numbers: Iterable[int], today: date, schools: SchoolYear) -> None:
    """Write the texts of these schedules, by number, from what the directory says now.

    The facts are read before the words: whatever changes in between makes the text one that is not used.
    """
    chosen = Schedule.objects.numbered(numbers)
    told = _Facts(chosen, today, schools)
    facts = {row[0]: told.number(row) for row in chosen.values_list(*_FACTS)}
    made = _made(facts, today, schools)
    CalendarText.objects.filter(schedule__in=list(facts)).delete()
    CalendarText.objects.bulk_create(
        (CalendarText(schedule_id=pk, facts=number, text=made.get(pk, "")) for pk, number in facts.items()),
        batch_size=AT_ONCE,
    )


class _Facts:
    """The numbers over all that texts are written from."""

    def __init__(self, chosen: ScheduleQuerySet, today: date, schools: SchoolYear) -> None:
        self._for_all = (settings.BASE_URL, calendar_years(today))
        self._schools = hashlib.sha256(repr(schools).encode()).hexdigest()
        self._changes = _changes(chosen)

    def number(self, row: Row) -> str:
        """The number of one schedule, from its row of facts."""
        schools = self._schools if row[_SEASON] != Season.ALL_YEAR.value else ""
        told = (self._for_all, schools, row, self._changes.get(row[0]))
        return hashlib.sha256(repr(told).encode()).hexdigest()


def _changes(chosen: ScheduleQuerySet) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in SessionChange.objects.of_any(chosen).order_by("pk").values_list(*_CHANGE):
        found.setdefault(row[0], []).append(row)
    return found


def _made(numbers: Iterable[int], today: date, schools: SchoolYear) -> dict[int, str]:
    numbers = list(numbers)
    if not numbers:
        return {}
    first, last = calendar_years(today)
    return {
        schedule.pk: b"".join(
            event.to_ical() for event in events(schedule, first=first, last=last, schools=schools)
        ).decode()
        for schedule in Schedule.objects.numbered(numbers).for_calendars()
    }
