"""The services of the directory to which somebody can be sent, and how a sealed row names one of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from django.db.models import F, Min

from engagement.directory.lists.around import metres_squared
from engagement.directory.models import Activity, Organisation, Venue
from engagement.directory.models.activity import ActivityQuerySet
from engagement.directory.models.organisation import OrganisationQuerySet
from engagement.directory.models.venue import VenueQuerySet
from portal.geo.coordinates import Point

MOST_OF_A_SORT = 20


class Sort(StrEnum):
    """What the directory holds."""

    VENUE = "venue"
    ACTIVITY = "activity"
    GROUP = "group"


SORT_LABELS: Mapping[Sort, str] = {Sort.ACTIVITY: "What is on", Sort.VENUE: "Places", Sort.GROUP: "Groups"}


@dataclass(frozen=True)
class Service:
    """A row of the directory by its sort and number, with the name that it had when somebody was sent there."""

    sort: Sort
    number: int
    name: str

    @property
    def choice(self) -> str:
        return f"{self.sort}:{self.number}"

    def to_store(self) -> dict[str, str | int]:
        return asdict(self)


def services(words: str, most: int = MOST_OF_A_SORT, near: Point | None = None) -> list[Service]:
    """What everybody can see in the directory that has all these words, what is on before the places where it is.

    What a group runs is found by the group's name too. At most 20 of a sort, those nearest to a point first where one is
    given: with more, more words find it.
    """
    activities, venues, groups = _matching(words)
    if near is not None:
        at = {"latitude": "schedules__venue__latitude", "longitude": "schedules__venue__longitude"}
        activities = activities.annotate(away=Min(metres_squared(near, **at)))
        activities = activities.order_by(F("away").asc(nulls_last=True), "name", "pk")
        venues = venues.order_by(metres_squared(near).asc(nulls_last=True), "name", "pk")
    return [
        *(_activity(one) for one in activities.with_places()[:most]),
        *(_venue(one) for one in venues[:most]),
        *(_group(one) for one in groups[:most]),
    ]


def left_out(words: str, most: int = MOST_OF_A_SORT) -> list[str]:
    """Of which sorts there are more than one list shows: "Places: 20 of 73"."""
    activities, venues, groups = _matching(words)
    counts = {Sort.ACTIVITY: activities.count(), Sort.VENUE: venues.count(), Sort.GROUP: groups.count()}
    return [f"{SORT_LABELS[sort]}: {most} of {count}" for sort, count in counts.items() if count > most]


def _matching(words: str) -> tuple[ActivityQuerySet, VenueQuerySet, OrganisationQuerySet]:
    """What is on, places and groups that have all these words, by name."""
    groups = Organisation.objects.listed().with_words(words)
    activities = Activity.objects.listed().with_words_or_run_by(words, groups) if words else Activity.objects.listed()
    venues = Venue.objects.listed().with_words(words).for_lists()
    return activities.by_name(), venues.by_name(), groups.by_name()


def all_if_few() -> list[Service]:
    """The whole directory where it fits in one list; nothing where one has to look by words."""
    some = services("", MOST_OF_A_SORT + 1)
    return some if max(Counter(one.sort for one in some).values(), default=0) <= MOST_OF_A_SORT else []


def service_called(choice: str) -> Service | None:
    """The service of a choice, as everybody sees it now; a place that was found to be another is that other one."""
    sort, _, typed = choice.partition(":")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 15:
        return None
    number = int(typed)
    if sort == Sort.ACTIVITY:
        found = Activity.objects.listed().with_places().filter(pk=number).first()
        return _activity(found) if found else None
    if sort == Sort.GROUP:
        group = Organisation.objects.listed().filter(pk=number).first()
        return _group(group) if group else None
    venue = Venue.objects.filter(pk=number).first() if sort == Sort.VENUE else None
    now = venue.where_now if venue else None
    return _venue(now) if now and now.is_listed and not now.merged_into_id else None


def choices(offered: Iterable[Service]) -> list[tuple[str, list[tuple[str, str]]]]:
    """For a select: under each heading that has some the names, in order."""
    known = list(offered)
    by_sort = [
        (label, [(one.choice, one.name) for one in known if one.sort is sort]) for sort, label in SORT_LABELS.items()
    ]
    return [(label, some) for label, some in by_sort if some]


def _activity(activity: Activity) -> Service:
    return Service(Sort.ACTIVITY, activity.pk, f"{activity.name}, {activity.places_in_words}")


def _venue(venue: Venue) -> Service:
    return Service(Sort.VENUE, venue.pk, f"{venue.name}, {venue.where}" if venue.where else venue.name)


def _group(group: Organisation) -> Service:
    return Service(Sort.GROUP, group.pk, group.name)
