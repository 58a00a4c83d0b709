"""Every period by its name: what it keeps a promise about, for how long, and why. Each feature registers its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from portal.privacy.rows import Destroyed, Rows
from portal.privacy.spans import cutoff, say_setting, say_span

__all__ = ["Destroyed", "Period", "Rows", "period", "periods", "register_period"]

# What is promised in hours is kept in hours.
SHORT = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Period:
    """How long one thing is kept: by a setting that the partnership decides about, or fixed where a form or a link relies on it.

    `what` says what becomes of it. Of what `is_warned`, which only `Rows` can be, somebody is told before it goes.
    `is_ours` is False where the rows are a library's, which has no declarations.
    """

    name: str
    title: str
    what: str
    because: str
    things: Any
    setting: str = ""
    fixed: timedelta | None = None
    is_warned: bool = False
    is_ours: bool = True

    @property
    def value(self) -> int:
        return int(getattr(settings, self.setting))

    def cutoff(self, now: datetime) -> datetime:
        """What began before this is over."""
        return now - self.fixed if self.fixed is not None else cutoff(self.setting, self.value, now)

    @property
    def words(self) -> str:
        """How long it is: "90 days"."""
        return say_span(self.fixed) if self.fixed is not None else say_setting(self.setting, self.value)

    @property
    def is_short(self) -> bool:
        return self.is_ours and self.fixed is not None and self.fixed <= SHORT

    def due(self, cutoff: datetime) -> int:
        """How many are over and not held."""
        return int(self.things.due(cutoff))

    def kept_back(self, cutoff: datetime) -> int:
        return int(self.things.kept_back(cutoff))


_PERIODS: dict[str, Period] = {}


def register_period(period: Period) -> Period:
    """Have this period kept from now on; the same name twice is a mistake, unless it says the same."""
    if bool(period.setting) == (period.fixed is not None):
        raise ValueError(f"{period.name}: a period has a setting or is fixed.")
    if period.is_warned and not isinstance(period.things, Rows):
        raise ValueError(f"{period.name}: only rows can be warned of.")
    if _PERIODS.setdefault(period.name, period) is not period:
        raise ValueError(f"{period.name} is registered twice.")
    return period


def periods() -> Iterator[Period]:
    """All of them, by name."""
    return iter([_PERIODS[name] for name in sorted(_PERIODS)])


def period(name: str) -> Period:
    return _PERIODS[name]
