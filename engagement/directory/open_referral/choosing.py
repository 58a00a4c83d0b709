"""Which activities, places and times answer a question, and which of them stand on a page.

Services are the activities that everybody sees and, after them, the places that are of use by themselves: warm spaces,
places with food, places with advice. Each page lies at its place in that one line, so that nothing is seen twice.
"""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.lookups import LessThanOrEqual

from engagement.directory.features import Known
from engagement.directory.models import (
    Activity,
    ComingSession,
    Contact,
    Opening,
    Schedule,
    Venue,
)
from engagement.directory.open_referral.asking import Asked
from engagement.directory.open_referral.identity import other_side
from engagement.directory.open_referral.taxonomy import FOR_WHOM, OFFERED, PLACE_THEMES, THEMES, Term
from portal.geo.coordinates import Point

ORGANISATION, AT_PLACE = "organisation", "at its place"
METRES_A_DEGREE = 111_195
AHEAD = timedelta(days=366)
_ACTIVITY_COLUMNS = {field.name for field in Activity._meta.concrete_fields}


def activities(asked: Asked) -> QuerySet[Activity]:
    """Activities that answer a question."""
    found = Activity.objects.listed().with_words(asked.search)
    if asked.terms is not None:
        found = found.filter(_any_of(Q(**column) for term in asked.terms if (column := _activity_column(term))))
    if asked.is_about_times:
        coming = ComingSession.objects.filter(schedule__activity=OuterRef("pk"), is_cancelled=False)
        found = found.filter(Exists(_at_times(coming, asked, "starts_at", "ends_at")))
    if asked.is_about_ages:
        found = found.filter(**_ages(asked, ""))
    if asked.modified_after:
        found = found.changed_since(asked.modified_after)
    if asked.organisation:
        derived = Schedule.objects.listed().filter(
            activity=OuterRef("pk"), venue__public_id=other_side(asked.organisation, ORGANISATION)
        )
        of_a_place = Q(Exists(derived), organisation=None)
        found = found.filter(Q(organisation__public_id=asked.organisation) | of_a_place)
    return found


def places(asked: Asked) -> QuerySet[Venue]:
    """Places of use by themselves that answer a question; none to a question about ages, which no place gives."""
    found = (
        Venue.objects.listed()
        .with_words(asked.search)
        .filter(_any_of(Q(**{is_one: True}) for is_one in PLACE_THEMES.values()))
    )
    if asked.is_about_ages:
        return found.none()
    if asked.terms is not None:
        found = found.filter(_any_of(Q(**column) for term in asked.terms if (column := _place_column(term))))
    if asked.is_about_times:
        coming = Opening.objects.certain().filter(venue=OuterRef("pk"))
        found = found.filter(Exists(_at_times(coming, asked, "opens_at", "closes_at")))
    if asked.modified_after:
        found = found.changed_since(asked.modified_after)
    if asked.organisation:
        of_a_place = Q(public_id=other_side(asked.organisation, ORGANISATION), organisation=None)
        found = found.filter(Q(organisation__public_id=asked.organisation) | of_a_place)
    return found


def schedules(asked: Asked, centre: Point | None) -> QuerySet[Schedule]:
    """Each where and when of activities that answer a question, in a circle where one is asked for."""
    found = Schedule.objects.listed().filter(activity__in=activities(asked))
    return found.filter(**_box(asked, centre, "venue__")).filter(_circle(asked, centre, "venue__")) if centre else found


def activity_called(number: UUID, today: date) -> Activity | None:
    """One activity by its number, whole."""
    found = activities(Asked()).filter(public_id=number).values_list("pk", flat=True).first()
    return load_activities([found], today)[0] if found else None


def place_called(number: UUID, today: date) -> Venue | None:
    """One place by its number, whole."""
    found = places(Asked()).filter(public_id=number).values_list("pk", flat=True).first()
    return load_places([found], today)[0] if found else None


def schedule_called(number: UUID) -> Schedule | None:
    """One where and when by its number."""
    return Schedule.objects.listed().filter(public_id=number).first()


def near(found: QuerySet[Venue], asked: Asked, centre: Point | None) -> QuerySet[Venue]:
    """Of some places those in a circle, where one is asked for."""
    return found.filter(**_box(asked, centre, "")).filter(_circle(asked, centre, "")) if centre else found


def page_of(asked: Asked, first: QuerySet[Any], second: QuerySet[Any]) -> tuple[list[int], list[int], int]:
    """The numbers of the rows on a page of one line made of two, and the length of the line."""
    lengths = first.count(), second.count()
    start, end = asked.first, asked.first + asked.per_page
    here = _numbers(first, start, min(end, lengths[0]))
    there = _numbers(second, max(start - lengths[0], 0), end - lengths[0])
    return here, there, sum(lengths)


def load_activities(numbers: Sequence[int], today: date) -> list[Activity]:
    """Activities with all that their records say, in the order of their numbers; as many queries for one as for all."""
    return list(_whole_activities(today).filter(pk__in=numbers).order_by("pk"))


def load_places(numbers: Sequence[int], today: date) -> list[Venue]:
    return list(_whole_places(today).filter(pk__in=numbers).order_by("pk"))


def load_schedules(numbers: Sequence[int]) -> list[Schedule]:
    return list(Schedule.objects.filter(pk__in=numbers).select_related("venue").order_by("pk"))


def _whole_activities(today: date) -> QuerySet[Activity]:
    return (
        Activity.objects.select_related("organisation")
        .with_last_said()
        .with_schedules(today, today + AHEAD)
        .prefetch_related(Prefetch("contacts", Contact.objects.public().in_order()))
    )


def _whole_places(today: date) -> QuerySet[Venue]:
    return (
        Venue.objects.select_related("organisation")
        .with_last_said()
        .defer("as_imported", "source_row")
        .with_exceptions(today)
        .prefetch_related(Prefetch("contacts", Contact.objects.public().in_order()))
    )


def _numbers(found: QuerySet[Any], start: int, end: int) -> list[int]:
    if end <= start:
        return []
    return list(found.order_by("pk").values_list("pk", flat=True)[start:end])


def _any_of(choices: Any) -> Q:
    """Any of some choices; nothing at all where there is none."""
    found = Q()
    for choice in choices:
        found |= choice
    return found or Q(pk__in=[])


def _activity_column(term: Term) -> dict[str, Any]:
    if term.taxonomy is THEMES:
        return {"theme": term.key}
    if term.taxonomy is FOR_WHOM:
        return {"audience": term.key}
    return {term.key: Known.YES} if term.taxonomy is OFFERED and term.key in _ACTIVITY_COLUMNS else {}


def _place_column(term: Term) -> dict[str, Any]:
    if term.taxonomy is OFFERED:
        return {term.key: Known.YES}
    return {PLACE_THEMES[term.key]: True} if term.taxonomy is THEMES and term.key in PLACE_THEMES else {}


def _at_times(coming: QuerySet[Any], asked: Asked, starts: str, ends: str) -> QuerySet[Any]:
    """Of what comes in the next weeks, what lies on the day and between the times that were asked for."""
    if asked.day is not None:
        coming = coming.filter(**{f"{starts}__iso_week_day": asked.day + 1})
    if asked.start_time is not None:
        coming = coming.filter(**{f"{starts}__time__gte": asked.start_time})
    if asked.end_time is not None:
        coming = coming.filter(**{f"{ends}__time__lte": asked.end_time})
    return coming


def _ages(asked: Asked, path: str) -> dict[str, Any]:
    wanted = {f"{path}youngest__gte": asked.minimum_age, f"{path}oldest__lte": asked.maximum_age}
    return {name: value for name, value in wanted.items() if value is not None}


def _box(asked: Asked, centre: Point, path: str) -> dict[str, Any]:
    up = (asked.metres or 0) / METRES_A_DEGREE
    across = up / math.cos(math.radians(centre.latitude))
    return {
        f"{path}latitude__range": (centre.latitude - up, centre.latitude + up),
        f"{path}longitude__range": (centre.longitude - across, centre.longitude + across),
    }


def _circle(asked: Asked, centre: Point, path: str) -> Q:
    """Within so many metres; at these lengths the earth is flat enough."""
    north = (F(f"{path}latitude") - centre.latitude) * METRES_A_DEGREE
    east = (F(f"{path}longitude") - centre.longitude) * METRES_A_DEGREE * math.cos(math.radians(centre.latitude))
    return Q(LessThanOrEqual(north * north + east * east, (asked.metres or 0) ** 2))
