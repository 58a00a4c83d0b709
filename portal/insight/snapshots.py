"""Takes the figures of a time down once, and says which of them would be different today."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.record import record
from portal.insight.figures import DEFINITIONS, EVERY
from portal.insight.models.reports import DRAFT
from portal.insight.models.snapshots import Snapshot
from portal.insight.periods import Period
from portal.insight.rounding import BY_QUARTER, quarters_of
from portal.insight.table import CannotBe, Cell, Table, say
from portal.refusals import Refused

# What happens while the figures are made can leave two of them at odds; made again they agree.
TRIES = 3


class Change(NamedTuple):
    """A number that would be different today, in words."""

    figure: str
    row: str
    column: str
    was: str
    would_be: str


def need_leave(by: User) -> None:
    """Refused to everybody but those who begin reports."""
    if not by.has_perm(DRAFT):
        raise Refused("Your role does not make reports.")


def take_snapshot(*, period: Period, by: User, now: datetime) -> Snapshot:
    """Make every figure of a time and store them as they are. Refused for a time that has not begun, or is not whole months.

    The figures are made before anything is written, so that nobody waits for them.
    """
    need_leave(by)
    if not period.is_of_whole_months:
        raise Refused("Choose whole months: of people who were erased only the month is known.")
    if period.begins_on > timezone.localdate(now):
        raise Refused("That time is still to come.")
    tables = figures_of(period)
    quarters = [figures_of(part, BY_QUARTER) for part in quarters_of(period)]
    return _store(period, tables, quarters, by, now)


@transaction.atomic
def _store(period: Period, tables: list[Table], quarters: list[list[Table]], by: User, now: datetime) -> Snapshot:
    snapshot = Snapshot(
        begins_on=period.begins_on,
        ends_on=period.ends_on,
        exact=[table.to_json() for table in tables],
        quarters=[[table.to_json() for table in some] for some in quarters],
        definitions=DEFINITIONS,
        made_at=now,
        made_by=by,
    )
    snapshot.seal()
    snapshot.save(force_insert=True)
    record(action="insight.take_snapshot", by=by, subject=snapshot, digest=snapshot.digest)
    return snapshot


def figures_of(period: Period, names: tuple[str, ...] = ()) -> list[Table]:
    """Every figure of a time, or those of these names; refused where they do not agree with each other."""
    chosen = [figure for figure in EVERY if not names or figure.name in names]
    for _ in range(TRIES):
        try:
            tables = [figure.make(period) for figure in chosen]
            _need_agreement(tables)
        except CannotBe as problem:
            reason = str(problem)
        else:
            return tables
    raise Refused(f"The figures do not agree with each other, so none were taken. Tell your technician: {reason}")


def _need_agreement(tables: list[Table]) -> None:
    """Tables about the same thing are about the same number of it."""
    counts: dict[str, Table] = {}
    for table in tables:
        first = counts.setdefault(table.about or table.name, table)
        if first.n != table.n:
            raise CannotBe(f"{first.name} is about {first.n} {table.about}, and {table.name} about {table.n}.")


def compare(snapshot: Snapshot) -> list[Change]:
    """Which figures would be different if they were made today, for staff: what is published stays as it was."""
    today = {table.name: table for table in figures_of(snapshot.period)}
    return [change for was in snapshot.tables for change in _changes(was, today.get(was.name))]


def _changes(was: Table, would_be: Table | None) -> Iterator[Change]:
    if would_be is None:
        yield Change(was.title, "", "", "made", "not made any more")
        return
    if was.n != would_be.n:
        yield Change(was.title, "All together", "n", say(was.n, "count"), say(would_be.n, "count"))
    before, after = _by_row(was), _by_row(would_be)
    for key in dict.fromkeys([*before, *after]):
        for column in was.columns[1:]:
            old, new = before.get(key, {}).get(column.name), after.get(key, {}).get(column.name)
            if old != new:
                yield Change(
                    was.title, say(key, was.columns[0].kind), column.title, say(old, column.kind), say(new, column.kind)
                )


def _by_row(table: Table) -> dict[Cell, dict[str, Cell]]:
    names = [column.name for column in table.columns]
    return {row[0]: dict(zip(names, row, strict=True)) for row in table.rows}
