"""One figure of the portal's health, and how long ago things are in words."""

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`is_well` is None where there is nothing to be well or not. `numbers` go to Prometheus, by name and unit."""

    is_well: bool | None
    says: str
    todo: str = ""
    numbers: dict[str, float] = field(default_factory=dict)


def ago(span: timedelta) -> str:
    """How long ago: "just now", "12 minutes ago", "3 hours ago", "4 days ago"."""
    seconds = span.total_seconds()
    if seconds < 60:
        return "just now"
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size * (2 if unit == "day" else 1):
            number = int(seconds // size)
            return f"{number} {unit}{'' if number == 1 else 's'} ago"
    return "just now"


def size(bytes_: float) -> str:
    """A size: "3.2 MB", "14 GB"."""
    units = ["bytes", "kB", "MB", "GB", "TB"]
    while bytes_ >= 1000 and len(units) > 1:
        bytes_ /= 1000
        units.pop(0)
    return f"{bytes_:.0f} {units[0]}" if units[0] == "bytes" or bytes_ >= 10 else f"{bytes_:.1f} {units[0]}"
