"""What a round of asking came to: how many answered of how many, their stars, and what they wrote."""

from collections.abc import Iterable
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
    """The numbers of a round."""

    survey: Survey
    by_stars: tuple[tuple[int, int], ...]

    @property
    def answered(self) -> int:
        return sum(number for _, number in self.by_stars)

    @property
    def average(self) -> float | None:
        """Stars on average; None where nobody answered."""
        return sum(stars * number for stars, number in self.by_stars) / self.answered if self.answered else None

    @property
    def rate(self) -> int:
        """How many of a hundred answered; halves go up, as in reports."""
        links = self.survey.links_made
        return (200 * self.answered + links) // (2 * links)


def results(survey: Survey) -> Results:
    """The numbers of a round, five stars first; one query."""
    counted = ReferrerFeedback.objects.of(survey).by_stars()
    return Results(survey, tuple((stars, counted.get(stars, 0)) for stars in range(MOST_STARS, FEWEST_STARS - 1, -1)))


def opened(survey: Survey, rows: Iterable[ReferrerFeedback]) -> list[Said]:
    """Answers with their words; raises vault.VaultIsShut without keys, vault.CannotOpen where something was changed."""
    box = survey.strongbox()

    def words(row: ReferrerFeedback, part: str) -> str:
        sealed = getattr(row, f"sealed_{part}")
        return str(box.open(sealed, place=place(row, part))) if sealed else ""

    return [Said(row.stars, words(row, "good"), words(row, "better"), row.given_on) for row in rows]
