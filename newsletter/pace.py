"""How many mails may go now, where a provider takes only so many a minute. Worked out from what went in the last minute."""

from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Pace:
    """So many mails in any sixty seconds; 0 is no limit."""

    per_minute: int

    def room(self, *, gone: int) -> int | None:
        """How many more may go when so many went in the last minute or are on their way; None where nobody counts."""
        return max(self.per_minute - gone, 0) if self.per_minute else None

    def next_at(self, *, first_gone_at: datetime | None, now: datetime) -> datetime:
        """When there is room again: as soon as the first mail of the last minute is a minute old."""
        return max((first_gone_at or now) + MINUTE, now + timedelta(seconds=1))
