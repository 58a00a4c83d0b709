"""The services of the directory to which somebody can be sent, and how a sealed row names one of them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from engagement.directory.models import Activity, Venue


class Sort(StrEnum):
    """What the directory holds."""

    VENUE = "venue"
    ACTIVITY = "activity"


SORT_LABELS: Mapping[Sort, str] = {Sort.ACTIVITY: "What is on", Sort.VENUE: "Places"}


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


def services() -> list[Service]:
    """All that everybody can see in the directory, what is on before the places where it is."""
    activities = Activity.objects.listed().with_places().by_name()
    venues = Venue.objects.listed().by_name().values_list("pk", "name")
    return [
        *(Service(Sort.ACTIVITY, one.pk, f"{one.name}, {one.places_in_words}") for one in activities),
        *(Service(Sort.VENUE, number, name) for number, name in venues),
    ]


def choices(offered: Iterable[Service]) -> list[tuple[str, list[tuple[str, str]]]]:
    """For a select: under each heading the names, in order."""
    known = list(offered)
    return [
        (label, [(one.choice, one.name) for one in known if one.sort is sort]) for sort, label in SORT_LABELS.items()
    ]
