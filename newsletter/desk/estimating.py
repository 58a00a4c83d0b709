"""How fast a sending goes and how long it will still take, in words; pure sums."""

from dataclasses import dataclass
from datetime import timedelta

# What went in these last minutes says how fast it goes now.
WINDOW = timedelta(minutes=2)
_SHORTEST = timedelta(seconds=5)


@dataclass(frozen=True)
class Speed:
    """Copies that went in a span of time just gone by."""

    gone: int
    span: timedelta

    @property
    def per_minute(self) -> int | None:
        """Copies a minute, or None while that cannot be told."""
        if not self.gone or self.span < _SHORTEST:
            return None
        return max(1, round(self.gone * 60 / self.span.total_seconds()))


def time_left(to_go: int, speed: Speed) -> timedelta | None:
    """How long so many copies will take at this pace; None while it cannot be told, or nothing is left."""
    if not to_go or speed.per_minute is None:
        return None
    return speed.span * (to_go / speed.gone)


def say_left(left: timedelta) -> str:
    """A time that is left, no finer than anybody can know it: "less than a minute", "about 12 minutes", "about 2 hours"."""
    minutes = left.total_seconds() / 60
    if minutes < 1:
        return "less than a minute"
    if minutes < 60:
        whole = round(minutes)
        # Nobody knows minutes from far off.
        whole = whole if whole < 20 else round(whole / 5) * 5
        return _about(whole, "minute") if whole < 60 else "about an hour"
    halves = round(minutes / 30)
    if halves == 2:
        return "about an hour"
    hours = f"{halves // 2}½" if halves % 2 else str(halves // 2)
    return f"about {hours} hours" if minutes < 24 * 60 else "more than a day"


def _about(number: int, noun: str) -> str:
    return f"about {number} {noun}" if number == 1 else f"about {number} {noun}s"
