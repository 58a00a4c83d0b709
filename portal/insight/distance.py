"""How far people travelled between two self-assessments, domain by domain: numbers in, and a table that cannot be untrue."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from portal.insight.arithmetic import mean_of, percent_of
from portal.insight.table import Cell, Column, Sum, Table

# The stage in a domain before and after; none where it was left empty.
Move = tuple[int | None, int | None]
# Of each domain, in order: how many people made which move.
Moves = Mapping[str, Mapping[Move, int]]

NAME = "distance_travelled"
# Of fewer people even one row says how somebody in a known house is, and no change of theirs says anything of the others.
FEWEST = 5
BASELINES = {1: "first", 2: "second"}
COLUMNS = (
    Column("domain", "Part of life", "text"),
    Column("up", "Went up", "count"),
    Column("up_percent", "Share up", "percent", part="up"),
    Column("up_stages", "Stages up", "mean", of="up"),
    Column("same", "Stayed", "count"),
    Column("same_percent", "Share the same", "percent", part="same"),
    Column("down", "Went down", "count"),
    Column("down_percent", "Share down", "percent", part="down"),
    Column("down_stages", "Stages down", "mean", of="down"),
    Column("answered", "Answered", "count"),
    Column("missing", "Left empty", "count"),
)
SUMS = (Sum(("up", "same", "down"), "answered"), Sum(("answered", "missing")))


class NoCohort(ValueError):
    """Nobody's answers can be compared by this rule; says why in a sentence."""


@dataclass(frozen=True)
class Cohort:
    """Whose answers are compared: people with at least so many self-assessments, from their first or second to their last."""

    at_least: int = 3
    baseline: int = 1

    def __post_init__(self) -> None:
        if self.baseline not in BASELINES:
            raise NoCohort("The distance is counted from the first or the second self-assessment.")
        if self.at_least <= self.baseline:
            raise NoCohort("There must be a later self-assessment to compare with.")

    @property
    def words(self) -> str:
        """What stands beside every figure of it."""
        return (
            f"People with {self.at_least} self-assessments or more. "
            f"Their {BASELINES[self.baseline]} one is compared with their last."
        )


def distance(*, moves: Moves, n: int, cohort: Cohort, when: str) -> Table:
    """The table of `n` people; CannotBe where the moves of a domain are not of n people.

    A share is of all n, also of those who left the domain empty, so that leaving it empty makes nothing look better.
    """
    full = Table(
        name=NAME,
        title="Distance travelled",
        definition=f"How people themselves say that they are, from 1 to 10 in each part of life. {cohort.words} The last one "
        f"was filled in {when}. Of fewer than {FEWEST} people nothing is compared. A share is of all of these people. Stages "
        "are those on average of whoever went up, or down. Answered is who chose a number both times.",
        columns=COLUMNS,
        rows=tuple(_row(domain, made, n) for domain, made in moves.items()),
        n=n,
        counted="people",
        fewest=FEWEST,
        notes=_notes(cohort),
        sums=SUMS,
    )
    return full if n >= FEWEST else replace(full, rows=())


def _row(domain: str, made: Mapping[Move, int], n: int) -> tuple[Cell, ...]:
    steps = [(after - before, people) for (before, after), people in made.items() if before and after]
    up = sum(people for step, people in steps if step > 0)
    down = sum(people for step, people in steps if step < 0)
    answered = sum(people for _, people in steps)
    same = answered - up - down
    return (
        domain,
        up,
        percent_of(up, n),
        mean_of(sum(step * people for step, people in steps if step > 0), up),
        same,
        percent_of(same, n),
        down,
        percent_of(down, n),
        mean_of(sum(-step * people for step, people in steps if step < 0), down),
        answered,
        sum(made.values()) - answered,
    )


def _notes(cohort: Cohort) -> tuple[str, ...]:
    notes = [f"Counted from the {BASELINES[cohort.baseline]} self-assessment."]
    if cohort.baseline == 1:
        notes.append("First answers are often too high: somebody says more once there is trust.")
    return tuple(notes)
