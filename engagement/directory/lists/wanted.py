"""What somebody asks of the lists: one value behind the list, its numbers and the map."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import TextChoices

from engagement.directory.features import Feature
from portal.clock import at
from portal.geo.coordinates import Point

Window = tuple[datetime, datetime]


class What(TextChoices):
    """What a place is for."""

    WARM = "warm", "A warm space"
    FOOD = "food", "Food"
    ADVICE = "advice", "Advice"
    ANY = "any", "Any place"


class When(TextChoices):
    """When a place has to be open."""

    ANY = "", "At any time"
    NOW = "now", "Now"
    TODAY = "today", "Still today"
    WEEK = "week", "In the next seven days"


class Stretch(TextChoices):
    """How far ahead to look for sessions."""

    TODAY = "today", "Today"
    WEEK = "", "The next seven days"
    MONTH = "month", "The next four weeks"


DAYS_OF = {Stretch.TODAY: 1, Stretch.WEEK: 7, Stretch.MONTH: 28}


@dataclass(frozen=True)
class Asked:
    """What both lists ask: from where, how far in miles (None: as far as it takes), and whether to take doubtful entries."""

    features: tuple[Feature, ...] = ()
    near: Point | None = None
    miles: int | None = None
    takes_not_known: bool = False
    takes_unchecked: bool = False


@dataclass(frozen=True)
class Wanted(Asked):
    """A question about places."""

    what: What = What.WARM
    when: When = When.ANY

    def window(self, now: datetime) -> Window | None:
        """Between which moments it has to be open at some time; one and the same moment for now."""
        if self.when is When.ANY:
            return None
        if self.when is When.NOW:
            return now, now
        return now, end_of(now.date(), days=1 if self.when is When.TODAY else 7)


@dataclass(frozen=True)
class SessionsWanted(Asked):
    """A question about what is on; `audiences` are values of Activity.Audience."""

    stretch: Stretch = Stretch.WEEK
    theme: str = ""
    audiences: tuple[str, ...] = ()

    def until(self, now: datetime) -> datetime:
        return end_of(now.date(), days=DAYS_OF[self.stretch])


def end_of(today: date, *, days: int) -> datetime:
    """The midnight that ends so many days, today among them."""
    return at(today + timedelta(days=days), time.min)
