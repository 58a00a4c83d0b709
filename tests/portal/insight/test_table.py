"""A figure that cannot be true is refused when its table is made, and one that can be comes back as it was stored."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.insight.arithmetic import mean_of, percent_of, possible, possible_mean
from portal.insight.table import CannotBe, Column, Sum, Table, say
from portal.insight.wording import caution

COLUMNS = (
    Column("domain", "Part of life", "text"),
    Column("up", "Up", "count"),
    Column("same", "Same", "count"),
    Column("down", "Down", "count"),
    Column("up_share", "Up, %", "percent", part="up"),
    Column("up_mean", "Stages up", "mean", of="up"),
)
MONEY = Table(
    "distance",
    "Distance",
    "How far.",
    COLUMNS,
    (("Money", 10, 3, 5, 56, 4.8),),
    18,
    sums=(Sum(("up", "same", "down")),),
)
MONTHS = Table(
    "by_month",
    "By month",
    "How many.",
    (
        Column("month", "Month", "month"),
        Column("n", "How many", "count", adds_up=True),
        Column("wait", "Wait", "days", of="n"),
    ),
    ((date(2026, 4, 1), 3, 1.5), (date(2026, 5, 1), 0, None)),
    3,
)


@pytest.mark.parametrize(
    "table",
    [
        MONEY,
        MONTHS,
        replace(MONTHS, rows=(), n=0),
        replace(MONTHS, rest="x", always=("y",), counted="z", gone=4, fewest=5),
    ],
)
def test_a_table_comes_back_from_its_values_as_it_was(table: Table) -> None:
    assert Table.from_json(table.to_json()) == table
    assert Table.from_json(json.dumps(table.to_json())) == table


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("Money", 14, 3, 2, 78, 2.9), "14 + 3 + 2 is 19, not 18"),
        (("Money", 10, 3, 5, 55, 4.8), "cannot be of 18"),
        (("Money", 10, 3, 5, 61, 4.8), "10 of 18 is not 61%"),
        (("Money", 10, 3, 5, 56, 4.85), "not what its column holds"),
        (("Money", 3, 10, 5, 17, 4.9), "cannot be the mean of 3"),
        (("Money", 0, 13, 5, 0, 1.0), "cannot be the mean of 0"),
        (("Money", 10, 3, 5, 101, 4.8), "not what its column holds"),
        (("Money", -1, 3, 5, 56, 4.8), "not what its column holds"),
        (("Money", True, 3, 5, 56, 4.8), "not what its column holds"),
        (("Money", 10.0, 3, 5, 56, 4.8), "not what its column holds"),
        (("Money", 10, 3, 5, 56, float("nan")), "not what its column holds"),
        (("", 10, 3, 5, 56, 4.8), "not what its column holds"),
        (("Money", 10, 3, 5, 56), "as many cells as there are columns"),
    ],
)
def test_what_cannot_be_true_is_refused_by_its_reason(row: Any, says: str) -> None:
    with pytest.raises(CannotBe) as refused:
        replace(MONEY, rows=(row,))
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"n": 4}, "3 together, not 4"),
        ({"n": -1}, "n is a number"),
        ({"n": True}, "n is a number"),
        ({"name": "By month"}, "small letters"),
        ({"definition": " "}, "says what it counts"),
        ({"base": 5}, "multiples of 5"),
        ({"sums": (Sum(("up",)),)}, "leans on a count that it does not have"),
        ({"columns": MONTHS.columns[:2] * 2}, "a name of its own"),
        ({"columns": (*MONTHS.columns[:2], Column("wait", "Wait", "weeks", of="n"))}, "of a kind that nobody knows"),  # type: ignore[arg-type]
        ({"rows": ((date(2026, 4, 2), 3, 1.5),)}, "not what its column holds"),
        ({"rows": ((date(2026, 4, 1), 3, 1.5), (date(2026, 5, 1), 0, 2.0))}, "nobody waited"),
    ],
)
def test_a_table_of_a_wrong_shape_is_refused_by_its_reason(change: dict[str, Any], says: str) -> None:
    with pytest.raises(CannotBe) as refused:
        replace(MONTHS, **change)
    assert says in str(refused.value)


@pytest.mark.parametrize("values", ["", "[]", "{}", None, 3, '{"name": "x"}', {**MONEY.to_json(), "rows": [3]}])
def test_values_of_no_table_are_refused(values: Any) -> None:
    with pytest.raises(CannotBe):
        Table.from_json(values)


def test_what_is_not_shown_contradicts_nothing() -> None:
    assert replace(MONEY, rows=(("Money", None, 3, 5, None, None),)).cells("up") == [None]


def test_a_figure_about_few_says_so_and_one_about_many_or_nobody_does_not() -> None:
    assert "18 only" in caution(MONEY)
    assert not caution(replace(MONTHS, rows=(), n=0))
    assert not caution(Table("a", "A", "D.", (Column("a", "A", "text"),), (), 30))


def test_a_count_from_before_some_things_were_told_can_still_be_read() -> None:
    values = MONEY.to_json()
    for name in ("counted", "gone", "fewest"):
        del values[name]
    assert Table.from_json(values) == MONEY


@given(n=st.integers(1, 400), data=st.data())
def test_every_true_share_and_mean_is_possible(n: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, n))
    stages = data.draw(st.integers(0, 9 * n))
    assert possible(percent_of(part, n) or 0, n)
    assert possible_mean(mean_of(stages, n) or 0, n)


@given(percent=st.integers(0, 100), n=st.integers(1, 120))
def test_a_share_is_possible_just_where_some_number_of_them_comes_to_it(percent: int, n: int) -> None:
    assert possible(percent, n) == any(abs(100 * part - percent * n) * 2 <= n for part in range(n + 1))


def test_shares_of_the_printed_report_are_of_eighteen_people_and_cannot_be_of_forty_seven() -> None:
    printed = [83, 56, 78, 72, 28, 39, 44, 6, 11, 17, 50, 22, 0]
    assert all(possible(share, 18) for share in printed)
    assert [share for share in printed if not possible(share, 47)] == [56, 78, 39, 44, 50, 22]
    assert not possible(10, 0)
    assert percent_of(1, 0) is mean_of(0, 0) is None


@pytest.mark.parametrize(
    ("cell", "kind", "said"),
    [
        (date(2026, 4, 1), "month", "April 2026"),
        (1204, "count", "1,204"),
        (22, "percent", "22%"),
        (1, "days", "1 day"),
        (3.5, "days", "3.5 days"),
        (4.0, "mean", "4.0"),
        (None, "count", "not shown"),
        ("Police", "text", "Police"),
    ],
)
def test_cells_are_said_as_people_say_them(cell: Any, kind: Any, said: str) -> None:
    assert say(cell, kind) == said
