"""Turns the pages of the desk: each starts right behind the last row of the one before, so that the thousandth is as quick
as the first.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from engagement.comments.models import PlaceComment
from engagement.comments.models.sorting import DeskWords

NEWEST_FIRST = {"published", "declined", "withdrawn"}
OLDEST_FIRST = {"unanswered"}


class Mark(NamedTuple):
    """The last row of a page."""

    risk: int
    sent_at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{self.risk}.{self.sent_at.timestamp():.6f}.{self.pk}"


@dataclass(frozen=True)
class DeskPage:
    """Some rows, and where the next ones start; nothing where there are no more."""

    comments: list[PlaceComment]
    next_mark: str


def read_mark(typed: str) -> Mark | None:
    """The place in the list that an address names; None for the start of it."""
    try:
        risk, seconds, part, pk = typed.split(".")
        return Mark(int(risk), datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=int(part)), int(pk))
    except (ValueError, OverflowError, OSError):
        return None


def next_after(comment: PlaceComment, *, now: datetime) -> PlaceComment | None:
    """The comment to read after this one, or the first where it is the last; nothing where no other is left."""
    to_read = PlaceComment.objects.on_the_desk("", now=now).exclude(pk=comment.pk)
    behind = page_of(to_read, tab="", after=Mark(comment.risk, comment.sent_at, comment.pk), size=1).comments
    return next(iter(behind), None) or to_read.urgent_first().first()


def page_of(found: DeskWords, *, tab: str, after: Mark | None, size: int) -> DeskPage:
    """One page of a tab, in the order in which it should be read."""
    if tab in NEWEST_FIRST:
        rows = list((found.sent_before(after.sent_at, after.pk) if after else found).last_sent_first()[: size + 1])
    elif tab in OLDEST_FIRST:
        rows = list((found.sent_after(after.sent_at, after.pk) if after else found).oldest_first()[: size + 1])
    else:
        rows = _by_risk(found, after, size + 1)
    shown = rows[:size]
    last = shown[-1] if len(rows) > size else None
    return DeskPage(shown, str(Mark(last.risk, last.sent_at, last.pk)) if last else "")


def _by_risk(found: DeskWords, after: Mark | None, size: int) -> list[PlaceComment]:
    """The rest of the same risk, and then whatever is less; each is a stretch of one index."""
    if after is None:
        return list(found.urgent_first()[:size])
    same = list(found.with_risk(after.risk).sent_after(after.sent_at, after.pk).oldest_first()[:size])
    rest = size - len(same)
    return same + list(found.with_less_risk(after.risk).urgent_first()[:rest]) if rest else same
