"""What a round of asking came to: how many answered of how many, their stars, and what they wrote."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from selfreferral.models import ReferrerFeedback, Survey
from selfreferral.models.sealing import place
from selfreferral.models.surveys import FEWEST_STARS, MOST_STARS


@dataclass(frozen=True)
class Said:
    """One answer, opened."""

    stars: int
    good: str
    better: str
    day: date


@dataclass(frozen=True)
class Results:
    """A round: the numbers, and the answers that have words, the newest first."""

    survey: Survey
    answered: int
    average: float | None
    by_stars: tuple[tuple[int, int], ...]
    said: tuple[Said, ...]

    @property
    def rate(self) -> int:
        """How many of a hundred answered."""
        return round(100 * self.answered / self.survey.links_made)


def results(survey: Survey) -> Results:
    """All of a round; raises vault.CannotOpen where something was tampered with."""
    rows = list(survey.answers.all())
    counted = Counter(row.stars for row in rows)
    box = survey.strongbox()

    def words(row: ReferrerFeedback, part: str) -> str:
        sealed = getattr(row, f"sealed_{part}")
        return str(box.open(sealed, place=place(row, part))) if sealed else ""

    said = [Said(row.stars, words(row, "good"), words(row, "better"), row.given_on) for row in rows]
    return Results(
        survey=survey,
        answered=len(rows),
        average=sum(row.stars for row in rows) / len(rows) if rows else None,
        by_stars=tuple((stars, counted[stars]) for stars in range(MOST_STARS, FEWEST_STARS - 1, -1)),
        said=tuple(one for one in said if one.good or one.better),
    )
