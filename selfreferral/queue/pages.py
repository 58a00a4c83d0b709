"""Turns the pages of the queue: each starts right behind the last row of the one before, so that the thousandth is as quick
as the first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple, Self
from uuid import UUID

from selfreferral.models import Referral
from selfreferral.models.waiting import ReferralQuerySet

_MOMENT, _DAY = "%Y%m%dT%H%M%S.%f", "%Y%m%d"


class Mark(NamedTuple):
    """The last row of a page: in which stretch it stood, by which moments, and its number."""

    stretch: int
    at: tuple[date, ...]
    pk: UUID

    def __str__(self) -> str:
        return "~".join([str(self.stretch), *map(_as_typed, self.at), self.pk.hex])


@dataclass(frozen=True)
class QueuePage:
    """Some referrals, and where the next ones start; nothing where there are no more."""

    referrals: list[Referral]
    next_mark: str


class Stretches:
    """A list in several parts, one behind the other; each part is read in the order of one index. Of those who are due at
    the same moment, such as all who asked over a weekend, whoever came first is first.

    Where a part has several sources, such as what nobody holds and what those hold who left, they are woven into one.
    """

    def __init__(
        self,
        parts: list[list[ReferralQuerySet]],
        *,
        moments: tuple[str, ...] = ("due_at", "received_at"),
        newest_first: bool = False,
    ) -> None:
        self.parts, self.moments, self.newest_first = parts, moments, newest_first

    @classmethod
    def by_rank(cls, ranks: Iterable[int], *sources: ReferralQuerySet) -> Self:
        """The most pressing first, then whoever should have heard from us first."""
        return cls([[source.of_rank(rank) for source in sources] for rank in ranks])

    def first(self, size: int) -> list[Referral]:
        return [referral for _, referral in self._behind(None, size)]

    def page(self, *, after: Mark | None, size: int) -> QueuePage:
        """So many rows behind a mark, and the mark of the last one where more follow."""
        rows = self._behind(after, size + 1)
        shown = rows[:size]
        if len(rows) <= size:
            return QueuePage([referral for _, referral in shown], "")
        part, last = shown[-1]
        return QueuePage([referral for _, referral in shown], str(self.mark_of(last, part)))

    def mark_of(self, referral: Referral, stretch: int = 0) -> Mark:
        """The place of somebody in this list."""
        return Mark(stretch, self._moments_of(referral), referral.pk)

    def read_mark(self, typed: str) -> Mark | None:
        """The place in this list that an address names; None for the start of it."""
        try:
            part, *at, pk = typed.split("~")
            moments = tuple(_read(name, one) for name, one in zip(self.moments, at, strict=True))
            mark = Mark(int(part), moments, UUID(hex=pk))
        except ValueError:
            return None
        return mark if 0 <= mark.stretch < len(self.parts) else None

    def _moments_of(self, referral: Referral) -> tuple[date, ...]:
        return tuple(getattr(referral, name) for name in self.moments)

    def _behind(self, after: Mark | None, size: int) -> list[tuple[int, Referral]]:
        rows: list[tuple[int, Referral]] = []
        for number, sources in enumerate(self.parts):
            if len(rows) >= size or (after is not None and number < after.stretch):
                continue
            mark = after if after is not None and number == after.stretch else None
            rows += [(number, referral) for referral in self._woven(sources, mark, size - len(rows))]
        return rows

    def _woven(self, sources: list[ReferralQuerySet], mark: Mark | None, size: int) -> list[Referral]:
        found: list[Referral] = []
        for source in sources:
            if mark is not None:
                moments = dict(zip(self.moments, mark.at, strict=True))
                source = source.behind(moments, mark.pk, newest_first=self.newest_first)
            found += source.in_order_of(*self.moments, newest_first=self.newest_first)[:size]
        if len(sources) > 1:
            found.sort(key=lambda one: (*self._moments_of(one), one.pk), reverse=self.newest_first)
        return found[:size]


def _as_typed(at: date) -> str:
    return at.astimezone(UTC).strftime(_MOMENT) if isinstance(at, datetime) else at.strftime(_DAY)


def _read(name: str, typed: str) -> date:
    if name.endswith("_on"):
        return datetime.strptime(typed, _DAY).date()
    return datetime.strptime(typed, _MOMENT).replace(tzinfo=UTC)
