"""What is open: for each figure that a report on the website shows, its numbers of every time that such a report is about."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.insight.models import ReportPage
from portal.insight.models.snapshots import Altered
from portal.insight.periods import Period
from portal.insight.shown import Shown
from portal.insight.table import Column

logger = logging.getLogger(__name__)


@dataclass
class OpenTable:
    """One file: a figure, by time, the newest first. Its columns are those of the newest."""

    newest: Shown
    figures: list[Shown] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.newest.table.name

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.newest.table.columns


def open_tables() -> dict[str, OpenTable]:
    """Every figure that is open, by name, in the order of the reports.

    Of one time there is one count: the newest that a report shows, for every file. A difference of two could give a number away.
    """
    tables: dict[str, OpenTable] = {}
    for figure in _placed():
        tables.setdefault(figure.table.name, OpenTable(figure)).figures.append(figure)
    return tables


def _placed() -> Iterator[Shown]:
    given: set[tuple[str, Period]] = set()
    counts: dict[Period, int] = {}
    for page in ReportPage.objects.for_everybody().newest_first():
        period = page.snapshot.period
        if counts.get(period, page.snapshot_id) != page.snapshot_id:
            continue
        for figure in _of(page):
            counts[period] = page.snapshot_id
            if (figure.table.name, period) not in given:
                given.add((figure.table.name, period))
                yield figure


def _of(page: ReportPage) -> list[Shown]:
    """What one report shows; nothing where its count is not as it was made, and the others go on."""
    try:
        return page.placed_figures()
    except Altered:
        logger.exception("A report is left out of the open data.")
        return []
