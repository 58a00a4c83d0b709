"""What people think of our help: how many of those who were asked answered, and how many stars they gave."""

from portal.insight.arithmetic import mean_of, percent_of
from portal.insight.periods import Period
from portal.insight.table import Cell, Column, Sum, Table
from selfreferral.models import Survey

COLUMNS = (
    Column("audience", "Who was asked", "text"),
    Column("asked", "Links handed out", "count"),
    Column("answers", "Answers", "count", adds_up=True),
    Column("rate", "Answered, of all asked", "percent", of="asked", part="answers"),
    Column("stars", "Stars on average, 1 to 5", "mean", of="answers"),
    Column("unanswered", "Did not answer", "count"),
)


def survey_stars(period: Period) -> Table:
    """Of rounds that began in the period; how many answered stands beside every average."""
    begun = Survey.objects.begun_in(period.begins_at, period.ends_at)
    found = begun.stars_by_audience(answered_by=period.ends_on)
    return Table(
        name="survey_stars",
        title="What people think of our help",
        definition="Stars from 1 to 5, given without a name by people who asked us for somebody else, and by people whom we "
        f"helped. Counted are rounds of asking that began in {period.words}, and their answers up to its last day. Each "
        "link that was handed out takes one answer.",
        columns=COLUMNS,
        rows=tuple(
            _row(Survey.Audience(audience).label, asked, answers, stars) for audience, asked, answers, stars in found
        ),
        counted="answers",
        n=sum(answers for _, _, answers, _ in found),
        notes=("Those who did not answer may think otherwise.",),
        sums=(Sum(("answers", "unanswered"), "asked"),),
    )


def _row(label: str, asked: int, answers: int, stars: int) -> tuple[Cell, ...]:
    return (label, asked, answers, percent_of(answers, asked), mean_of(stars, answers), asked - answers)
