"""Numbers that leave the room: nobody can be picked out of them."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.small_numbers import SMALLEST
from selfreferral.exports.numbers import TOO_FEW, Came, Numbers, Quarter, count_up

JUNE = datetime(2026, 6, 1, 9, tzinfo=UTC)
WORDS = {
    "source": {"self": "themselves", "worker": "a worker"},
    "came_by": {"web": "the web", "paper": "paper"},
    "state": {"new": "New", "closed": "Finished"},
}


def came(source: str = "self", *, after: int = 0, waited: float | None = None, state: str = "new") -> Came:
    at = JUNE + timedelta(days=after)
    return Came(at, None if waited is None else at + timedelta(days=waited), source, "web", state)


def counted(*rows: Came) -> Numbers:
    return count_up(rows, quarter=Quarter(2026, 2), words=WORDS)


def table(numbers: Numbers, title: str) -> dict[str, int | None]:
    return dict(next(table.counts for table in numbers.tables if table.title == title))


def test_large_numbers_are_shown_with_their_zeros() -> None:
    numbers = counted(*[came()] * 6, *[came("worker", after=30)] * 7)
    assert numbers.total == 13
    assert table(numbers, "source") == {"themselves": 6, "a worker": 7}
    assert table(numbers, "came by") == {"the web": 13, "paper": 0}
    assert table(numbers, "month") == {"2026-06": 6, "2026-07": 7}


def test_a_few_people_are_no_number_at_all() -> None:
    numbers = counted(*[came()] * 4)
    assert (numbers.total, numbers.tables, numbers.talked) == (None, (), None)
    assert {"table": "all", "number": TOO_FEW} in list(numbers.lines())


def test_a_small_number_does_not_follow_from_the_rest() -> None:
    assert table(counted(*[came()] * 20, came("worker")), "source") == {"themselves": None, "a worker": None}


def test_the_wait_is_about_enough_people_or_not_said() -> None:
    waits = counted(*[came(waited=one) for one in (1, 1, 2, 3, 9)])
    assert (waits.talked, waits.middle_wait) == (5, 2)
    assert waits.long_wait is not None
    assert waits.long_wait > 3
    assert counted(*[came(waited=1)] * 5, came()).talked is None


@given(st.lists(st.sampled_from(["self", "worker"]), max_size=40))
def test_no_number_from_one_to_four_is_ever_shown_nor_left_over(sources: list[str]) -> None:
    numbers = counted(*[came(source) for source in sources])
    for shown in numbers.tables:
        known = [count for count in shown.counts.values() if count is not None]
        assert not [count for count in known if 0 < count < SMALLEST]
        hidden = [name for name, count in shown.counts.items() if count is None]
        assert len(hidden) != 1
    assert numbers.total is None or numbers.total == 0 or numbers.total >= SMALLEST


def test_the_lines_name_what_is_not_shown() -> None:
    lines = list(counted(*[came()] * 20, came("worker")).lines())
    assert {"table": "source", "name": "a worker", "number": "not shown"} in lines


def test_each_day_is_in_one_quarter_and_in_no_other() -> None:
    quarters = Quarter.begun(first=date(2025, 2, 3), today=date(2026, 11, 22))
    days = [date(2025, 1, 1) + timedelta(days=after) for after in range(730)]
    assert all(sum(quarter.since <= day <= quarter.until for quarter in quarters) == 1 for day in days)
    assert all(Quarter.of(quarter.since) == quarter == Quarter.of(quarter.until) for quarter in quarters)


def test_quarters_that_have_begun_are_named_the_newest_first() -> None:
    quarters = Quarter.begun(first=date(2026, 3, 31), today=date(2026, 7, 1))
    assert [quarter.in_words for quarter in quarters] == [
        "July to September 2026",
        "April to June 2026",
        "January to March 2026",
    ]
    assert str(quarters[0]) == "2026-q3"
    assert Quarter.begun(first=date(2027, 1, 1), today=date(2026, 12, 31)) == [Quarter(2026, 4)]
