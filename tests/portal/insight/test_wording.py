"""What a sentence and a chart say of a figure: the same parts to everybody, and nothing hidden that is only not known."""

import pytest

from portal.insight.charts import drawn_rows
from portal.insight.rounding import PUBLISHED, published
from portal.insight.table import ERASED, Column, Sum, Table
from portal.insight.wording import ALL_HIDDEN, drawn_columns, is_drawable, sentence
from tests.conftest import Person
from tests.factories.insight import a_full_year

COLUMNS = (
    Column("feeling", "Feeling", "text"),
    Column("comments", "Comments", "count", adds_up=True),
    Column("answered", "Answered", "count"),
    Column("unanswered", "Not answered", "count"),
)


def comments(*rows: tuple[int, int], gone: int = 0) -> Table:
    """Answered and not answered by feeling, and how many were erased since."""
    said = [(f"Feeling {number}", sum(row), *row) for number, row in enumerate(rows)]
    n = gone + sum(map(sum, rows))
    sums = (Sum(("answered", "unanswered"), "comments"),)
    return Table("comments_by_feeling", "F", "D.", COLUMNS, (*said, (ERASED, gone, None, None)), n, sums=sums)


@pytest.mark.parametrize("gone", [0, 6])
def test_what_is_not_known_of_those_who_were_erased_is_not_said_to_be_hidden(gone: int) -> None:
    exact = comments((5, 10), (10, 20), gone=gone)
    for table in (exact, published(exact)):
        assert sentence(table) == "Answered: most for “Feeling 1” (10). Not answered: most for “Feeling 1” (20)."
        assert drawn_rows(table) == [0, 1]


def test_where_those_who_were_erased_are_all_there_were_they_are_said() -> None:
    table = comments((0, 0), gone=6)
    assert sentence(table) == f"Comments: only “{ERASED}” (6)."
    assert is_drawable(table)
    assert drawn_rows(table) == [1]


def test_numbers_that_are_not_shown_beside_noughts_are_not_said_to_be_nothing() -> None:
    shown = Table("ways", "Ways", "D.", COLUMNS[:2], (("On the web", None), ("On paper", 0)), None, base=5)
    assert sentence(shown) == ALL_HIDDEN


@pytest.mark.django_db
def test_everybody_is_shown_the_same_parts_as_the_board(lead: Person, coordinator: Person) -> None:
    parts = {}
    for exact in a_full_year(lead=lead.user, coordinator=coordinator.user):
        if exact.name in PUBLISHED:
            parts[exact.name] = [column.title for column in drawn_columns(exact)]
            assert [column.title for column in drawn_columns(published(exact))] == parts[exact.name]
    assert parts["distance_travelled"] == ["Went up", "Stayed", "Went down"]
    assert parts["survey_stars"] == ["Answers", "Did not answer"]
