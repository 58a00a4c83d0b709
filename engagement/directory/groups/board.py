"""The board of strengths for staff: who runs what, where, for whom and when we last heard from them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from engagement.directory.models import Organisation
from portal.clock import say_whole_date
from portal.spreadsheets import csv_text

AT_ONCE = 200
COLUMNS = ("name", "what it is", "for whom", "what it brings", "runs", "where", "last heard from", "shown to everybody")


@dataclass(frozen=True)
class Strength:
    """One group on the board; needs `with_work`."""

    group: Organisation

    @property
    def runs(self) -> str:
        return ", ".join(activity.name for activity in self.group.live_activities)

    @property
    def where(self) -> str:
        return ", ".join(venue.name for venue in self.group.places)

    @property
    def heard(self) -> str:
        return say_whole_date(self.group.heard_on) if self.group.heard_on else "never"


def board_csv(groups: QuerySet[Organisation]) -> str:
    """The same for a spreadsheet, some hundred groups with their work at once; nothing in it is run as a formula."""
    return csv_text(COLUMNS, _lines(groups))


def _lines(groups: QuerySet[Organisation]) -> Iterator[dict[str, str]]:
    for group in groups.iterator(AT_ONCE):
        one = Strength(group)
        heard = group.heard_on.isoformat() if group.heard_on else ""
        told = (group.name, group.get_kind_display(), group.who_for, group.offers, one.runs, one.where, heard)
        yield dict(zip(COLUMNS, (*told, "yes" if group.is_listed else "no"), strict=True))
