"""Which entries have changes waiting, the longest waiting first."""

from dataclasses import dataclass
from datetime import datetime

from engagement.directory.models import Activity, ProposedChange, Venue


@dataclass(frozen=True)
class Waiting:
    """One entry with how many wishes wait, since when and from whom."""

    entry: Venue | Activity
    kind: str
    count: int
    since: datetime
    keeper: str


def entries_waiting() -> list[Waiting]:
    """One query, whatever waits."""
    found: dict[tuple[str, int], list[ProposedChange]] = {}
    for wish in ProposedChange.objects.waiting().with_entry().oldest_first():
        found.setdefault((wish.entry._meta.model_name, wish.entry.pk), []).append(wish)
    return [
        Waiting(
            entry=wishes[0].entry,
            kind=kind,
            count=len(wishes),
            since=wishes[0].made_at,
            keeper=str(wishes[0].keeper or wishes[0].made_by or "somebody who keeps it no more"),
        )
        for (kind, _), wishes in found.items()
    ]
