"""What a sentence and a chart say of a figure: the same parts to everybody, and nothing hidden that is only not known."""

import pytest

from portal.insight.charts import drawn_rows
from portal.insight.rounding import PUBLISHED, published
from portal.insight.shown import Shown, how_many
from portal.insight.table import ERASED, Column, Sum, Table
from portal.insight.wording import ALL_HIDDEN, drawn_columns, is_drawable, sentence
from tests.conftest import Person
from tests.factories.insight import COUNTED_AT, YEAR, a_full_year

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
        assert words_in_the_last_line(table)[2:] == ["not known", "not known"]


def words_in_the_last_line(table: Table) -> list[str]:
    return [cell.words for cell in Shown(table, YEAR, COUNTED_AT).lines[-1]]


def test_where_those_who_were_erased_are_all_there_were_they_are_said() -> None:
    table = comments((0, 0), gone=6)
    assert sentence(table) == f"Comments: only “{ERASED}” (6)."
    assert is_drawable(table)
    assert drawn_rows(table) == [1]


def test_numbers_that_are_not_shown_beside_noughts_are_not_said_to_be_nothing() -> None:
    shown = Table("ways", "Ways", "D.", COLUMNS[:2], (("On the web", None), ("On paper", 0)), None, base=5)
    assert sentence(shown) == ALL_HIDDEN


def test_papers_that_were_printed_and_not_mailed_are_not_nothing() -> None:
    columns = (
        Column("issue", "Issue", "text"),
        Column("mailed", "By e-mail", "count"),
        Column("printed", "P", "count"),
    )
    table = Table("newspaper_circulation", "N", "D.", columns, (("May", 0, 300), ("June", 0, 310)), 0)
    assert sentence(table) == "By e-mail: 0."
    assert words_in_the_last_line(table) == ["June", "0", "310"]


def test_only_what_is_rounded_is_said_to_be_about_so_many() -> None:
    rounded = published(comments((5, 10), (10, 20)))
    assert (how_many(rounded), rounded.n) == ("n = about 45.", 45)
    sessions = (Column("month", "Month", "text"), Column("sessions", "Sessions", "count", adds_up=True, of_things=True))
    people = Column("people", "People there", "count")
    held = published(Table("sessions_held", "S", "D.", (*sessions, people), (("May", 3, 41),), 3))
    assert held.base > 1
    assert how_many(held) == "n = 3."


@pytest.mark.django_db
def test_everybody_is_shown_the_same_parts_as_the_board(lead: Person, coordinator: Person) -> None:
    parts = {}
    for exact in a_full_year(lead=lead.user, coordinator=coordinator.user):
        if exact.name in PUBLISHED:
            parts[exact.name] = [column.title for column in drawn_columns(exact)]
            assert [column.title for column in drawn_columns(published(exact))] == parts[exact.name]
    assert parts["distance_travelled"] == ["Went up", "Stayed", "Went down"]
    assert parts["survey_stars"] == ["Answers", "Did not answer"]
