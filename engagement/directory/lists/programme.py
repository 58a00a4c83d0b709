"""What is on, day by day: one selection of coming sessions behind the list, its numbers and the map."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

from engagement.directory.features import BY_KEY, Feature
from engagement.directory.lists.around import MILES, box_around, further, has_enough
from engagement.directory.lists.map import View, Where, features
from engagement.directory.lists.moved import Placed, moved_rows
from engagement.directory.lists.rows import CardRow, day_title, session_row
from engagement.directory.lists.wanted import SessionsWanted
from engagement.directory.models import Activity, ComingSession, SessionChange
from engagement.directory.models.coming import ComingSessionQuerySet, Question
from engagement.directory.models.session_change import SessionChangeQuerySet
from portal.geo.coordinates import METRES_IN_A_MILE, Point
from portal.paging import Page, counted, page_of

# What a building has is asked of the venue; all else of the activity.
OF_THE_VENUE = tuple(BY_KEY[key] for key in ("step-free", "toilets", "wifi"))
MOST_UNSCHEDULED = 30
YES = ("yes",)
A_DAY = timedelta(days=1)
A_PAGE = 50


@dataclass(frozen=True)
class Day:
    """One day of what is on."""

    day: date
    name: str
    rows: list[CardRow]


class Programme:
    """The answer to one question at one moment; no rule is followed, the sessions were worked out before."""

    def __init__(self, wanted: SessionsWanted, now: datetime) -> None:
        self.wanted, self.now = wanted, now

    @cached_property
    def miles(self) -> int | None:
        """How far around the point the list reaches: as asked, else until there is enough; None is everywhere."""
        if self.wanted.near is None or self.wanted.miles:
            return self.wanted.miles if self.wanted.near else None
        anywhere = self._fresh(self._fitting)
        return next((miles for miles in MILES if has_enough(self._inside(anywhere, miles))), None)

    @property
    def further(self) -> int | None:
        return further(self.miles)

    @cached_property
    def count(self) -> int:
        return counted(self.chosen)

    @cached_property
    def not_known(self) -> int:
        """How many more would show of which nobody said what was asked."""
        if self.wanted.takes_not_known or not self._questions:
            return 0
        return counted(self._near(self._fresh(self._perhaps).not_saying(self._questions)))

    @cached_property
    def unchecked(self) -> int:
        """How many more would show of activities that nobody has checked for 90 days."""
        return 0 if self.wanted.takes_unchecked else counted(self._near(self._fitting.off_the_list(self.now)))

    @property
    def chosen(self) -> ComingSessionQuerySet:
        """Every session that fits, cancelled ones among them, in no order."""
        return self._near(self._fresh(self._fitting))

    def page(self, asked: Mapping[str, str]) -> Page[Day]:
        """In order of time, under the day on which each begins."""
        columns = self.chosen.soonest_first().values("starts_at", "schedule__activity__name", "pk")
        found = page_of(columns, asked=asked, size=A_PAGE)
        coming = sessions_of(row["pk"] for row in found)
        moved = moved_rows(self._moved_away(coming, found), self.now, near=self.wanted.near)
        return found.showing(days_of(coming, self.now, moved, near=self.wanted.near))

    def on_the_map(self, view: View) -> dict[str, Any]:
        """The same sessions as GeoJSON, as far as they lie in the view."""
        found = self.chosen.within(*view.box) if view.box else self.chosen
        return features(found, view, self._rows, where=Where("venue__latitude", "venue__longitude"))

    def unscheduled(self) -> list[Activity]:
        """Activities of which nobody knows when; left out where more is asked than a theme."""
        if self.wanted.near or self._questions:
            return []
        found = Activity.objects.listed().unscheduled()
        fresh = found if self.wanted.takes_unchecked else found.vouched_for(self.now)
        themed = fresh.about(self.wanted.theme) if self.wanted.theme else fresh
        return list(themed.with_places().by_name()[:MOST_UNSCHEDULED])

    def _rows(self, numbers: Iterable[int]) -> dict[int, CardRow]:
        return {one.pk: row_with_day(one, self.now) for one in sessions_of(numbers)}

    def _moved_away(self, coming: Sequence[ComingSession], page: Page[Any]) -> SessionChangeQuerySet:
        """What would stand on the days of a page had it not been moved to another: it fits by its usual place."""
        today, end = self.now.date(), self.wanted.until(self.now).date() - A_DAY
        first = today if not page.before or not coming else _day_of(coming[0], self.now)
        last = _day_of(coming[-1], self.now) if page.after and coming else end
        found = SessionChange.objects.moved_away(first, last)
        found = found.answering(self._asked_of("schedule__venue"), or_not_known=self.wanted.takes_not_known)
        found = found.about_theme(self.wanted.theme) if self.wanted.theme else found
        found = found if self.wanted.takes_unchecked else found.vouched_for(self.now)
        if self.miles is None or self.wanted.near is None:
            return found
        return found.within(*box_around(self.wanted.near, self.miles))

    @property
    def _questions(self) -> list[Question]:
        return self._asked_of("venue")

    def _asked_of(self, venue: str) -> list[Question]:
        asked: list[Question] = [(_column(feature, venue), YES) for feature in self.wanted.features]
        if self.wanted.audiences:
            asked.append(("schedule__activity__audience", self.wanted.audiences))
        return asked

    @property
    def _coming(self) -> ComingSessionQuerySet:
        found = ComingSession.objects.listed().not_over(self.now).starting_before(self.wanted.until(self.now))
        return found.about(self.wanted.theme) if self.wanted.theme else found

    @property
    def _perhaps(self) -> ComingSessionQuerySet:
        return self._coming.answering(self._questions, or_not_known=True)

    @property
    def _fitting(self) -> ComingSessionQuerySet:
        return self._perhaps if self.wanted.takes_not_known else self._coming.answering(self._questions)

    def _fresh(self, found: ComingSessionQuerySet) -> ComingSessionQuerySet:
        return found if self.wanted.takes_unchecked else found.vouched_for(self.now)

    def _near(self, found: ComingSessionQuerySet) -> ComingSessionQuerySet:
        return found if self.miles is None else self._inside(found, self.miles)

    def _inside(self, found: ComingSessionQuerySet, miles: int) -> ComingSessionQuerySet:
        assert self.wanted.near is not None
        return found.nearer_than(miles * METRES_IN_A_MILE, self.wanted.near)


def sessions_of(numbers: Iterable[int]) -> list[ComingSession]:
    """These sessions with activity and venue, in order of time; one query."""
    return list(ComingSession.objects.listed().filter(pk__in=list(numbers)).soonest_first())


def days_of(
    coming: Iterable[ComingSession], now: datetime, moved: Iterable[Placed] = (), *, near: Point | None = None
) -> list[Day]:
    """Sessions by day, with those that were moved away from it; one that began yesterday and goes on stands under today."""
    on = [(_day_of(one, now), one.starts_at, session_row(one, now, near=near)) for one in coming]
    by_day = groupby(sorted([*on, *moved], key=lambda one: one[:2]), key=lambda one: one[0])
    return [Day(day, day_title(day, now.date()), [row for _, _, row in some]) for day, some in by_day]


def row_with_day(coming: ComingSession, now: datetime) -> CardRow:
    """One session with its day in front, where no heading says it."""
    return session_row(coming, now).on(day_title(_day_of(coming, now), now.date()))


def _day_of(coming: ComingSession, now: datetime) -> date:
    return max(coming.as_session.day, now.date())


def _column(feature: Feature, venue: str) -> str:
    return f"{venue}__{feature.field}" if feature in OF_THE_VENUE else f"schedule__activity__{feature.field}"
