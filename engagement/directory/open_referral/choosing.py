"""Which activities, places and times answer a question, and which of them stand on a page.

Services are the activities that everybody sees and, after them, the places that are of use by themselves: warm spaces,
places with food, places with advice. Each page lies at its place in that one line, so that nothing is seen twice.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from engagement.directory.features import Known
from engagement.directory.models import Activity, Contact, Schedule, Venue
from engagement.directory.models.activity import ActivityQuerySet
from engagement.directory.models.schedule import ScheduleQuerySet
from engagement.directory.models.venue_queries import VenueQuerySet
from engagement.directory.open_referral.asking import Asked
from engagement.directory.open_referral.identity import other_side
from engagement.directory.open_referral.taxonomy import FOR_WHOM, OFFERED, PLACE_THEMES, THEMES, Term
from portal.geo.coordinates import Point

ORGANISATION, AT_PLACE = "organisation", "at its place"
AHEAD = timedelta(days=366)
_ACTIVITY_COLUMNS = {field.name for field in Activity._meta.concrete_fields}


def activities(asked: Asked) -> ActivityQuerySet:
    """Activities that answer a question."""
    found = Activity.objects.listed().with_words(asked.search)
    if asked.terms is not None:
        found = found.with_any(column for term in asked.terms if (column := _activity_column(term)))
    if asked.is_about_times:
        found = found.happening_at(asked.day, asked.start_time, asked.end_time)
    if asked.is_about_ages:
        found = found.for_ages(asked.minimum_age, asked.maximum_age)
    if asked.modified_after:
        found = found.changed_since(asked.modified_after)
    if asked.organisation:
        found = found.of_group(asked.organisation, other_side(asked.organisation, ORGANISATION))
    return found


def places(asked: Asked) -> VenueQuerySet:
    """Places of use by themselves that answer a question; none to a question about ages, which no place gives."""
    if asked.is_about_ages:
        return Venue.objects.none()
    found = Venue.objects.listed().with_words(asked.search).with_any({one: True} for one in PLACE_THEMES.values())
    if asked.terms is not None:
        found = found.with_any(column for term in asked.terms if (column := _place_column(term)))
    if asked.is_about_times:
        found = found.open_at_times(asked.day, asked.start_time, asked.end_time)
    if asked.modified_after:
        found = found.changed_since(asked.modified_after)
    if asked.organisation:
        found = found.of_group(asked.organisation, other_side(asked.organisation, ORGANISATION))
    return found


def schedules(asked: Asked, centre: Point | None) -> ScheduleQuerySet:
    """Each where and when of activities that answer a question, in a circle where one is asked for."""
    found = Schedule.objects.listed().of_activities(activities(asked))
    return found.nearer_than(asked.metres or 0, centre) if centre else found


def activity_called(number: UUID, today: date) -> Activity | None:
    """One activity by its number, whole."""
    found = activities(Asked()).called(number).values_list("pk", flat=True).first()
    return load_activities([found], today)[0] if found else None


def place_called(number: UUID, today: date) -> Venue | None:
    """One place by its number, whole."""
    found = places(Asked()).called(number).values_list("pk", flat=True).first()
    return load_places([found], today)[0] if found else None


def schedule_called(number: UUID) -> Schedule | None:
    """One where and when by its number."""
    return Schedule.objects.listed().called(number)


def near(found: VenueQuerySet, asked: Asked, centre: Point | None) -> VenueQuerySet:
    """Of some places those in a circle, where one is asked for."""
    return found.nearer_than(asked.metres or 0, centre) if centre else found


def page_of(asked: Asked, first: QuerySet[Any], second: QuerySet[Any]) -> tuple[list[int], list[int], int]:
    """The numbers of the rows on a page of one line made of two, and the length of the line."""
    lengths = first.count(), second.count()
    start, end = asked.first, asked.first + asked.per_page
    here = _numbers(first, start, min(end, lengths[0]))
    there = _numbers(second, max(start - lengths[0], 0), end - lengths[0])
    return here, there, sum(lengths)


def load_activities(numbers: Sequence[int], today: date) -> list[Activity]:
    """Activities with all that their records say, in the order of their numbers; as many queries for one as for all."""
    return list(_whole_activities(today).whole(numbers))


def load_places(numbers: Sequence[int], today: date) -> list[Venue]:
    return list(_whole_places(today).whole(numbers))


def load_schedules(numbers: Sequence[int]) -> list[Schedule]:
    return list(Schedule.objects.numbered(numbers).select_related("venue").order_by("pk"))


def _whole_activities(today: date) -> ActivityQuerySet:
    return (
        Activity.objects.select_related("organisation")
        .with_last_said()
        .with_schedules(today, today + AHEAD)
        .prefetch_related(Prefetch("contacts", Contact.objects.public().in_order()))
    )


def _whole_places(today: date) -> VenueQuerySet:
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
