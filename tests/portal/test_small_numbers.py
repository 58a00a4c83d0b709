"""No number of one to four people can be read from a report, nor worked out by somebody who tries everything."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.small_numbers import REST, SMALLEST, Table, TooFew, gathered, hidden_of, is_small


def possible_lines(counts: dict[str, int], hidden: set[str]) -> list[dict[str, int]]:
    """Every way to share out what is hidden, for a reader who knows the total, the zeros and all that is shown."""
    names = sorted(hidden)
    total = sum(counts[name] for name in names)
    return [
        dict(zip(names, values, strict=True))
        for values in product(range(1, total + 1), repeat=len(names))
        if sum(values) == total
    ]


def possible_tables(counts: dict[tuple[str, str], int], table: Table[str, str]) -> list[dict[tuple[str, str], int]]:
    """Every table that has the same row totals and column totals and the same shown numbers."""
    hidden = sorted(table.hidden)
    rows = {row: sum(counts[row, column] for column in table.columns) for row in table.rows}
    columns = {column: sum(counts[row, column] for row in table.rows) for column in table.columns}
    found = []

    def fill(number: int, made: dict[tuple[str, str], int]) -> None:
        if number == len(hidden):
            whole = {**counts, **made}
            if all(sum(whole[row, column] for column in table.columns) == rows[row] for row in table.rows) and all(
                sum(whole[row, column] for row in table.rows) == columns[column] for column in table.columns
            ):
                found.append(made)
            return
        row, column = hidden[number]
        used_row = sum({**counts, **dict.fromkeys(hidden, 0), **made}[row, other] for other in table.columns)
        used_column = sum({**counts, **dict.fromkeys(hidden, 0), **made}[other, column] for other in table.rows)
        for value in range(min(rows[row] - used_row, columns[column] - used_column) + 1):
            fill(number + 1, {**made, (row, column): value})

    fill(0, {})
    return found


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"web": 20, "paper": 9}, set()),
        ({"web": 20, "paper": 0}, set()),
        # Alone it would be the total less the rest.
        ({"web": 20, "paper": 9, "staff": 2}, {"staff", "paper"}),
        # Four and four are eight, of which one could be seven.
        ({"web": 20, "paper": 4, "staff": 4}, {"paper", "staff"}),
        # Five hidden ones that come to five can only be one each.
        ({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 6}, {"a", "b", "c", "d", "e", "f"}),
    ],
)
def test_a_small_part_of_a_total_takes_a_larger_one_along(counts: dict[str, int], hidden: set[str]) -> None:
    assert hidden_of(counts) == hidden


@pytest.mark.parametrize("counts", [{"a": 3}, {"a": 1, "b": 1, "c": 1, "d": 1, "e": 1}, {"a": 4, "b": 1}])
def test_too_few_are_not_shared_out_at_all(counts: dict[str, int]) -> None:
    with pytest.raises(TooFew):
        hidden_of(counts)


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 9), min_size=1))
def test_no_part_of_a_total_can_be_worked_out(counts: dict[str, int]) -> None:
    try:
        hidden = hidden_of(counts)
    except TooFew:
        return
    possible = possible_lines(counts, hidden)
    for name in counts:
        assert not is_small(counts[name]) or name in hidden
        if is_small(counts[name]):
            assert max(line[name] for line in possible) >= SMALLEST


def table_of(numbers: list[list[int]]) -> tuple[dict[tuple[str, str], int], Table[str, str]]:
    rows, columns = "rst"[: len(numbers)], "abc"[: len(numbers[0])]
    counts = {(row, column): numbers[i][j] for i, row in enumerate(rows) for j, column in enumerate(columns)}
    return counts, Table(counts, rows=rows, columns=columns)


def test_the_one_small_number_of_a_table_takes_three_more_along() -> None:
    _, table = table_of([[3, 20, 30], [20, 6, 40], [30, 40, 50]])
    assert table.hidden == {("r", "a"), ("r", "b"), ("s", "a"), ("s", "b")}
    assert ("t", "c") in table.shown


def test_two_hidden_numbers_in_each_line_are_not_always_enough() -> None:
    """A number that is the only bridge between two groups of hidden ones can be worked out by adding up whole rows."""
    rows, columns = "rstu", "abcd"
    small = [("r", "a"), ("r", "b"), ("s", "a"), ("s", "b"), ("t", "c"), ("t", "d"), ("u", "c"), ("u", "d"), ("s", "c")]
    counts = {(row, column): 2 if (row, column) in small else 50 for row in rows for column in columns}
    assert len(Table(counts, rows=rows, columns=columns).hidden) > len(small)


def test_a_table_of_large_numbers_is_shown_whole() -> None:
    counts, table = table_of([[5, 6], [7, 8]])
    assert table.shown == counts


def test_a_table_of_too_few_is_not_shown() -> None:
    with pytest.raises(TooFew):
        table_of([[1, 1], [1, 1]])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=3), min_size=2, max_size=3))
def test_no_number_of_a_table_can_be_worked_out(numbers: list[list[int]]) -> None:
    width = min(map(len, numbers))
    try:
        counts, table = table_of([row[:width] for row in numbers])
    except TooFew:
        return
    assert not any(is_small(count) for count in table.shown.values())
    small = [key for key, count in counts.items() if is_small(count)]
    if small and sum(counts[key] for key in table.hidden) <= 24:
        possible = possible_tables(counts, table)
        for key in small:
            assert max(made[key] for made in possible) >= SMALLEST


def test_what_is_not_named_is_added_up_and_its_rows_are_never_shown() -> None:
    counts = {("park", "good"): 6, ("lane", "good"): 7, ("lane", "idea"): 8, ("pit", "idea"): 9}
    table = gathered(counts, rows={"lane"}, columns={"good", "idea"})
    assert table == {(REST, "good"): 6, ("lane", "good"): 7, ("lane", "idea"): 8, (REST, "idea"): 9}
    shown = Table(table, rows=["lane", REST], columns=["good", "idea"], unnamed=REST).shown
    assert set(shown) == {("lane", "good"), ("lane", "idea")}
