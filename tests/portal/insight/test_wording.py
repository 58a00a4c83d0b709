"""What a sentence and a chart say of a figure: the same parts to everybody, and nothing hidden that is only not known."""

import pytest

from portal.insight.charts import drawn_rows
from portal.insight.rounding import PUBLISHED, published, published_year
from portal.insight.shown import Shown
from portal.insight.table import ERASED, Column, Sum, Table
from portal.insight.wording import (
    ALL_HIDDEN,
    NOTHING,
    TOO_FEW,
    TOO_FEW_IN_EACH,
    column_sentence,
    drawn_columns,
    how_many,
    is_drawable,
    sentence,
)
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


def month_by_month(*counts: int, gone: int = 0) -> Table:
    columns = (Column("month", "Month", "text"), Column("requests", "Requests", "count", adds_up=True))
    rows = tuple((f"Month {number}", count) for number, count in enumerate(counts))
    about = "requests for help"
    return Table("referrals_by_month", "M", "D.", columns, rows, sum(counts), about=about, gone=gone)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_what_is_rounded_away_is_too_few_and_not_nothing_and_none_reads_the_same(count: int) -> None:
    shown = published(month_by_month(count, 0))
    assert sentence(shown) == TOO_FEW == "Too few to show, or none."
    assert not Shown(shown, YEAR, COUNTED_AT).lines
    assert how_many(shown) == "Of two requests for help or fewer."


def test_only_a_true_nought_is_nothing() -> None:
    assert sentence(month_by_month(0, 0)) == NOTHING
    assert sentence(month_by_month(0, 1)) != NOTHING


def test_few_in_each_row_that_are_enough_together_are_said_so_and_no_row_contradicts_it() -> None:
    columns = (*COLUMNS, Column("actions", "Actions", "count", of_things=True, beside="answered"))
    rows = (("Good", 2, 1, 1, 1), ("Sad", 1, 0, 1, 0), ("Hope", 1, 0, 1, 0))
    sums = (Sum(("answered", "unanswered"), "comments"),)
    few = published(Table("comments_by_feeling", "F", "D.", columns, rows, 4, sums=sums))
    assert few.n == 5
    assert sentence(few) in {TOO_FEW_IN_EACH, ALL_HIDDEN}
    assert few.cells("actions") == [None, None, None]
    assert not Shown(few, YEAR, COUNTED_AT).lines
    assert sentence(published(month_by_month(2, 1, 1, 1, 1, 1, 1))) == TOO_FEW_IN_EACH


def test_where_all_were_erased_since_their_number_is_said() -> None:
    assert (
        sentence(month_by_month(0, gone=1)) == "Not known any more: 1 request for help of this time was erased since."
    )
    many = month_by_month(0, gone=12)
    assert sentence(many) == "Not known any more: 12 requests for help of this time were erased since."
    shown = published(many)
    assert sentence(shown) == "Not known any more: about 10 requests for help of this time were erased since."
    assert [sentence(published(month_by_month(0, gone=few))) for few in (1, 4, 7)] == [TOO_FEW] * 3
    year = published_year(month_by_month(0, gone=48), [many] * 4)
    assert sentence(year) == "Not known any more: about 40 requests for help of this time were erased since."


def test_in_exact_numbers_a_middle_of_nobody_is_a_dash() -> None:
    columns = (*COLUMNS[:2], Column("median", "Half", "days", of="comments"))
    exact = Table("waiting", "W", "D.", columns, (("To hear", 40, 2.5), ("On the list", 0, None)), 40)
    assert words_in_the_last_line(exact) == ["On the list", "0", "–"]
    assert words_in_the_last_line(published(exact)) == ["On the list", "0", "not shown"]


def test_what_a_figure_counts_is_named_where_it_is_rounded_and_n_where_it_is_exact() -> None:
    exact = month_by_month(39)
    assert (how_many(exact), how_many(published(exact))) == ("n = 39.", "Of about 40 requests for help.")


def test_each_column_is_told_in_a_sentence_with_what_a_share_is_of() -> None:
    share = Column("share", "Share", "percent", part="comments")
    rate = Column("rate", "Rate", "percent", of="comments", part="answered")
    columns = (*COLUMNS, share, rate)
    table = published(Table("comments_by_feeling", "F", "D.", columns, (("Good", 40, 30, 10, 100, 75),), 40))
    assert [column_sentence(table, column) for column in columns] == [
        "Feeling: which of them the line is about.",
        "Comments: how many, to the nearest 5.",
        "Answered: how many, to the nearest 5.",
        "Not answered: how many, to the nearest 5.",
        "Share: “comments” in per cent of all “comments” of the same time, added up.",
        "Rate: “answered” in per cent of “comments” in the same line.",
    ]
    moved = published(of_twenty())
    assert column_sentence(moved, moved.column("share")).endswith(
        "in per cent of “up”, “same” and “missing” in the same line, added up."
    )


def of_twenty() -> Table:
    """Parts that come to n in each row, in two steps."""
    columns = (
        Column("domain", "Part of life", "text"),
        *(Column(name, name.capitalize(), "count") for name in ("up", "same", "answered", "missing")),
        Column("share", "Share up", "percent", part="up"),
    )
    sums = (Sum(("up", "same"), "answered"), Sum(("answered", "missing")))
    return Table("distance_travelled", "D", "D.", columns, (("Home", 18, 13, 31, 2, 55),), 33, sums=sums)


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
