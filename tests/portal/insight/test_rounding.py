"""Nothing that is published gives a small number away, also to somebody who tries everything that fits."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from portal.insight.arithmetic import percent_of
from portal.insight.distance import Cohort, Move, distance
from portal.insight.periods import Period, financial_year, month_of, quarter
from portal.insight.rounding import (
    BY_QUARTER,
    SHARE_FROM,
    SHARES,
    WITHHELD,
    NotPublic,
    public_tables,
    published,
    published_year,
    quarters_of,
)
from portal.insight.table import ERASED, Cell, Column, Sum, Table

SHARED = (
    Column("way", "Way", "text"),
    Column("requests", "Requests", "count", adds_up=True),
    Column("share", "Share", "percent", part="requests"),
)


def ways(counts: list[int], *, name: str = "routes_in", labels: str = "abcdefghij", rest: str = "") -> Table:
    """A way to share out requests."""
    n = sum(counts)
    rows = tuple((label, count, percent_of(count, n)) for label, count in zip(labels, counts, strict=False))
    return Table(name, "Ways", "Counted.", SHARED, rows, n, about="requests", rest=rest)


def span(shown: Cell) -> range:
    """What a shown count can have been, for all that its rounding says."""
    return range(max(int(shown) - 2, 0), int(shown) + 3) if isinstance(shown, int) else range(20)


def tells(counts: list[int], could_be: list[set[int]]) -> list[int]:
    """The small numbers of which somebody knows that they are neither nought nor five or more."""
    return [
        count for count, values in zip(counts, could_be, strict=True) if 0 < count < 5 and not values - {1, 2, 3, 4}
    ]


few = st.lists(st.integers(0, 7), min_size=2, max_size=4)


@given(one=few, data=st.data())
@example(one=[2, 2, 2], data=None)
def test_no_reader_of_several_tables_of_one_total_finds_a_small_number(
    one: list[int], data: st.DataObject | None
) -> None:
    """The reader knows every table, that they share out the same requests, and tries every total and every set that fits."""
    total = sum(one)
    other = [3, 3] if data is None else [data.draw(st.integers(0, total))]
    other = other if data is None else [other[0], total - other[0]]
    tables = [published(ways(one)), published(ways(other))]
    totals = set(span(tables[0].n))
    fitting = []
    for table in tables:
        found = [values for values in product(*map(span, table.cells("requests"))) if sum(values) in totals]
        totals &= {sum(values) for values in found}
        fitting.append(found)
    for counts, found in zip((one, other), fitting, strict=True):
        still = [values for values in found if sum(values) in totals]
        assert not tells(counts, [{values[place] for values in still} for place in range(len(counts))])


@given(quarters=st.lists(st.lists(st.integers(0, 7), min_size=3, max_size=3), min_size=4, max_size=4))
@example(quarters=[[2, 9, 9]] * 4)
def test_a_year_tells_nothing_that_its_quarters_do_not_tell(quarters: list[list[int]]) -> None:
    """It is their sum as everybody sees them, and so gives no reader anything to work with."""
    parts = [ways(counts) for counts in quarters]
    whole = ways([sum(counts) for counts in zip(*quarters, strict=True)])
    shown = published_year(whole, parts)
    for place, cell in enumerate(shown.cells("requests")):
        seen = [published(part).cells("requests")[place] for part in parts]
        assert cell == (None if None in seen else sum(seen))  # type: ignore[arg-type]
    assert shown.n == sum(published(part).n or 0 for part in parts)


def test_two_and_two_and_two_that_come_to_six_are_not_shown() -> None:
    shown = published(ways([2, 2, 2]))
    assert shown.cells("requests") == [None, None, None]
    assert any("not shown" in note for note in shown.notes)


def test_counts_are_rounded_and_shares_worked_out_from_what_is_shown() -> None:
    shown = published(ways([41, 13, 0, 2]))
    assert shown.cells("requests") == [40, 15, 0, 0]
    assert shown.n == 55
    assert shown.cells("share") == [73, 27, 0, 0]
    assert published(ways([8, 9])).cells("share") == [None, None], "of so few a share would be far off"


many = st.lists(st.integers(0, 90), min_size=3, max_size=3)


@given(quarters=st.lists(many, min_size=4, max_size=4))
@example(quarters=[[9, 4, 30], [10, 4, 29], [8, 4, 29], [12, 5, 29]])
def test_shares_of_a_year_are_of_the_numbers_beside_them_and_never_come_to_more_than_all(
    quarters: list[list[int]],
) -> None:
    parts = [ways(counts) for counts in quarters]
    shown = published_year(ways([sum(counts) for counts in zip(*quarters, strict=True)]), parts)
    for table in (shown, *map(published, parts)):
        holds_together(table.cells("requests"), table.cells("share"))


def holds_together(counts: list[Cell], shares: list[Cell]) -> None:
    """Each share is worked out from numbers that everybody sees, and tells nothing more."""
    if None in counts:
        assert not any(shares)
        return
    whole = sum(count for count in counts if isinstance(count, int))
    if None not in shares:
        assert shares == [percent_of(int(count), whole) for count in counts]  # type: ignore[arg-type]
        assert sum(share for share in shares if isinstance(share, int)) <= 100 + len(shares)
    else:
        assert whole < SHARE_FROM
        assert not any(shares)


def test_the_shares_of_those_who_asked_come_to_all_of_them() -> None:
    """Thirty-nine, seventeen and 117 of 173 were published as 24, 12 and 71 in a hundred."""
    quarters = [[9, 4, 28], [10, 4, 30], [8, 4, 29], [12, 5, 30]]
    shown = published_year(ways([39, 17, 117]), [ways(counts) for counts in quarters])
    assert (shown.cells("requests"), shown.cells("share")) == ([40, 20, 120], [22, 11, 67])
    assert SHARES in shown.notes


@given(up=st.integers(0, 60), same=st.integers(0, 60), down=st.integers(0, 60), missing=st.integers(0, 9))
@example(up=13, same=13, down=5, missing=0)
def test_shares_of_what_comes_to_everybody_in_a_row_never_come_to_more(
    up: int, same: int, down: int, missing: int
) -> None:
    made: dict[Move, int] = {(1, 2): up, (2, 2): same, (2, 1): down, (1, None): missing}
    n = sum(made.values())
    shown = published(distance(moves={"Home": made}, n=n, cohort=Cohort(), when="then"))
    for row in shown.rows:
        cells = dict(zip([column.name for column in shown.columns], row, strict=True))
        counts = [cells[name] for name in ("up", "same", "down", "missing")]
        shares = [cells[name] for name in ("up_percent", "same_percent", "down_percent")]
        if any(shares):
            assert shares == [percent_of(count, sum(counts)) for count in counts[:3]]  # type: ignore[arg-type]
            assert sum(shares) <= 100 + len(shares)  # type: ignore[arg-type]


def answers(*rows: tuple[int, int, int]) -> Table:
    """Answered, not answered, and the actions by which some were answered."""
    columns = (
        Column("place", "Place", "text"),
        Column("comments", "Comments", "count", adds_up=True),
        Column("answered", "Answered", "count"),
        Column("unanswered", "Not answered", "count"),
        Column("actions", "Actions", "count", of_things=True, beside="answered"),
    )
    made = tuple((f"Place {at}", done + left, done, left, actions) for at, (done, left, actions) in enumerate(rows))
    n = sum(row[1] for row in made)
    return Table("comments_by_place", "P", "C.", columns, made, n, sums=(Sum(("answered", "unanswered"), "comments"),))


def test_an_action_does_not_tell_that_a_row_of_nought_is_not_empty() -> None:
    shown = published(answers((20, 0, 3), (2, 20, 1), (0, 0, 0)))
    assert shown.cells("answered") == [20, 0, 0]
    assert shown.cells("actions") == [3, None, None], "nought and one read the same"
    assert WITHHELD in shown.notes


def test_a_year_does_not_tell_the_actions_of_a_quarter_that_are_not_shown() -> None:
    full, few = answers((20, 0, 3), (20, 0, 2)), answers((20, 0, 3), (1, 29, 1))
    shown = published_year(answers((80, 0, 9), (61, 29, 7)), [full, full, full, few])
    assert shown.cells("actions") == [9, None]


def test_a_row_that_would_read_nought_is_said_with_the_rest_for_its_name_alone_would_tell() -> None:
    table = ways([20, 14, 2, 1, 4], labels="abcde", rest="e")
    shown = published(table)
    assert shown.cells("way") == ["a", "b", "e"]
    assert shown.cells("requests") == [20, 15, 5]


def test_a_total_of_two_columns_is_what_they_come_to() -> None:
    columns = (
        Column("place", "Place", "text"),
        Column("comments", "Comments", "count", adds_up=True),
        Column("answered", "Answered", "count"),
        Column("unanswered", "Not answered", "count"),
        Column("actions", "Actions", "count", of_things=True),
    )
    rows = (("Park", 24, 12, 12, 3), ("Street", 16, 8, 8, 1), (ERASED, 11, None, None, 0))
    table = Table(
        "comments_by_place", "P", "C.", columns, rows, 51, sums=(Sum(("answered", "unanswered"), "comments"),)
    )
    shown = published(table)
    assert shown.rows[0] == ("Park", 20, 10, 10, 3), "things are about nobody, and as they are"
    assert shown.cells("comments") == [20, 20, 10]
    assert WITHHELD not in shown.notes, "whether a comment was answered that was erased since is not known"
    few = replace(table, rows=(("Park", 6, 3, 3, 0), ("Street", 6, 3, 3, 0), (ERASED, 1, None, None, 0)), n=13)
    assert WITHHELD in published(few).notes


def test_means_and_days_are_shown_of_enough_and_left_out_of_few() -> None:
    columns = (
        Column("domain", "Part of life", "text"),
        Column("up", "Up", "count"),
        Column("same", "Same", "count"),
        Column("mean", "Stages", "mean", of="up"),
    )
    rows = (("Home", 17, 3, 3.2), ("Money", 9, 11, 1.0))
    table = Table(
        "distance_travelled", "D", "C.", columns, rows, 20, notes=("Exactly 20.",), sums=(Sum(("up", "same")),)
    )
    shown = published(table)
    assert shown.cells("mean") == [3.2, None]
    assert "Exactly 20." not in shown.notes, "a note about exact numbers is not for everybody"
    wait = (
        Column("what", "What", "text"),
        Column("n", "Talked with", "count", adds_up=True),
        Column("m", "Middle", "days", of="n"),
    )
    for n, days in ((12, 2.5), (7, None)):
        assert published(Table("first_contact", "F", "C.", wait, (("Wait", n, 2.5),), n)).cells("m") == [days]


def test_only_the_fixed_list_is_published_and_only_of_quarters_and_financial_years() -> None:
    with pytest.raises(NotPublic):
        published(ways([20], name="self_share"))
    with pytest.raises(NotPublic):
        published_year(ways([20]), [])
    everything = [ways([20, 30]), ways([20, 30], name="self_share")]
    assert [table.name for table in public_tables(quarter(2026, 2), everything)] == ["routes_in"]
    assert not public_tables(month_of(date(2026, 4, 1)), everything)
    assert not public_tables(Period(date(2026, 4, 1), date(2026, 9, 30)), everything)
    year = public_tables(financial_year(2026), everything, [everything] * 4)
    assert [(table.name, table.cells("requests")) for table in year] == [("routes_in", [80, 120])]
    assert "self_share" not in BY_QUARTER


def test_a_year_is_told_by_its_four_quarters_and_no_other_time_has_any() -> None:
    assert [one.words for one in quarters_of(financial_year(2026))] == [
        "April to June 2026",
        "July to September 2026",
        "October to December 2026",
        "January to March 2027",
    ]
    assert not quarters_of(quarter(2026, 2))
    assert not quarters_of(Period(date(2026, 1, 1), date(2026, 12, 31)))


@given(counts=st.lists(st.integers(0, 30), min_size=1, max_size=10))
def test_what_is_published_never_contradicts_itself(counts: list[int]) -> None:
    assume(sum(counts))
    shown = published(ways(counts, rest="a"))
    assert all(cell is None or int(cell) % 5 == 0 for cell in shown.cells("requests"))  # type: ignore[arg-type]
    assert Table.from_json(shown.to_json()) == shown
