"""How the person said that they were, time after time, laid out for the page: a line for each part of life."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from selfreferral.models import DomainScore, SelfAssessment
from selfreferral.reading.opening import Opener, named

# The first one and the last ones: more are too wide to read.
MOST_SHOWN = 6


@dataclass(frozen=True)
class Given:
    """One time that they said it; one that was put right does not count any more."""

    pk: UUID
    day: date
    way: str
    who: str
    words: str
    of: str
    is_struck: bool


@dataclass(frozen=True)
class DomainLine:
    """One part of life: the stage each time, and how far the last time that this part was answered is from its first.

    The figures of a report compare one whole time with another (ADR 17); here a short answer empties no other line.
    """

    name: str
    stages: tuple[int | None, ...]
    change: int | None

    @property
    def change_in_words(self) -> str:
        if self.change is None:
            return ""
        return f"{'up' if self.change > 0 else 'down'} {abs(self.change)}" if self.change else "the same"


@dataclass(frozen=True)
class HowTheyAre:
    """All of it: `shown` are the columns, `lines` the rows; `given` is every one, the newest first."""

    given: tuple[Given, ...]
    shown: tuple[Given, ...]
    lines: tuple[DomainLine, ...]
    times: int


def how_they_are(opener: Opener) -> HowTheyAre:
    """Of this request and of those that were merged into it."""
    rows = opener.rows(SelfAssessment, "written_by")
    struck = {row.corrects_id for row in rows}
    given = [
        Given(
            pk=row.pk,
            day=row.given_on,
            way=row.get_way_display(),
            who=named(row.written_by) if row.written_by_id or row.way != SelfAssessment.Way.SCREEN else "",
            words=opener.words(row, "words"),
            of=opener.of(row),
            is_struck=row.pk in struck,
        )
        for row in rows
    ]
    standing = [one for one in given if not one.is_struck]
    shown = standing if len(standing) <= MOST_SHOWN else [standing[0], *standing[1 - MOST_SHOWN :]]
    return HowTheyAre(
        given=tuple(reversed(given)),
        shown=tuple(shown),
        lines=tuple(_lines(opener, standing, shown)),
        times=len(standing),
    )


def _lines(opener: Opener, standing: list[Given], shown: list[Given]) -> list[DomainLine]:
    stages: dict[str, dict[UUID, int]] = {}
    for score in opener.rows(DomainScore, "domain") if shown else ():
        stages.setdefault(score.domain.name, {})[score.assessment_id] = score.stage
    lines = []
    for name, given in stages.items():
        answered = [given[one.pk] for one in standing if one.pk in given]
        if answered:
            change = answered[-1] - answered[0] if len(answered) > 1 else None
            lines.append(DomainLine(name, tuple(given.get(one.pk) for one in shown), change))
    return lines
