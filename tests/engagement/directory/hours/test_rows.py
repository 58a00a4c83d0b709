"""Rows become a value that means what they say on every day of the year, and the value becomes rows again."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engagement.directory.hours.holiday_dates import bank_holiday
from engagement.directory.hours.opening import Exceptional, Hours, spans
from engagement.directory.hours.row_values import from_value, in_term_where_noted
from engagement.directory.hours.rows import BankHolidays, How, Part, Row, UsualHours, in_part, problems, to_value
from engagement.directory.hours.school_year import SchoolYear
from engagement.directory.hours.words import why_not

A_DAY = timedelta(days=1)
SCHOOLS = SchoolYear(((date(2026, 2, 14), date(2026, 2, 22)), (date(2026, 7, 18), date(2026, 9, 1))))
SCHOOLS_FAR = SchoolYear((*SCHOOLS.breaks, (date(2026, 12, 19), date(2027, 1, 3))))
START = datetime(2026, 1, 5)
END = datetime(2026, 12, 30)
MINUTES = int((END - START).total_seconds() // 60)
QUARTERS = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
DAYS_OF_YEAR = st.sampled_from([(1, 1), (2, 28), (2, 29), (3, 31), (6, 15), (11, 1), (12, 24)])


@st.composite
def rows(draw: st.DrawFn) -> Row:
    how = draw(st.sampled_from([How.OPEN, How.OPEN, How.OPEN, How.ALL_DAY, How.BY_APPOINTMENT, How.CLOSED]))
    is_timed = how in {How.OPEN, How.BY_APPOINTMENT}
    part = draw(st.sampled_from([Part.ALL_YEAR, *Part]))
    goes_by_dates = part is Part.DATES
    return Row(
        days=tuple(sorted(draw(st.sets(st.integers(0, 6), max_size=4)))),
        on_bank_holidays=draw(st.booleans()),
        weeks=tuple(draw(st.sets(st.sampled_from([1, 2, 3, 4, -1]), max_size=2))),
        how=how,
        opens=draw(st.sampled_from(QUARTERS)) if is_timed else None,
        closes=draw(st.sampled_from(QUARTERS)) if is_timed else None,
        note=draw(st.sampled_from(["", "while the soup lasts", "ring; first, Mo"])),
        part=part,
        first=draw(DAYS_OF_YEAR) if goes_by_dates else None,
        last=draw(DAYS_OF_YEAR) if goes_by_dates else None,
    )


USUAL = st.builds(
    UsualHours, st.lists(rows(), min_size=1, max_size=4).map(tuple), st.sampled_from(list(BankHolidays))
).filter(lambda usual: not problems(usual))


def minutes_open(found: Iterable[tuple[datetime, datetime]]) -> bytearray:
    """A year as a byte for each minute."""
    year = bytearray(MINUTES)
    for starts, ends in found:
        from_ = min(MINUTES, max(0, int((starts - START).total_seconds() // 60)))
        to = min(MINUTES, max(0, int((ends - START).total_seconds() // 60)))
        year[from_:to] = b"\x01" * max(0, to - from_)
    return year


def holds(row: Row, day: date) -> bool:
    """Whether a row speaks of a day, bank holidays aside."""
    if row.part is Part.DATES and not in_part(row, day.month, day.day):
        return False
    by_schools = row.part in {Part.TERM_TIME, Part.SCHOOL_HOLIDAYS}
    if by_schools and SCHOOLS_FAR.is_holiday(day) is (row.part is Part.TERM_TIME):
        return False
    if row.days and day.weekday() not in row.days:
        return False
    is_last = (day + timedelta(days=7)).month != day.month
    return not row.weeks or (day.day - 1) // 7 + 1 in row.weeks or (is_last and -1 in row.weeks)


def said_by(usual: UsualHours, day: date) -> tuple[list[Row], bool]:
    """The rows by which a place opens on a day, worked out by hand, and whether the night before is cut off by them."""
    ticked = any(row.on_bank_holidays for row in usual.rows)
    if bank_holiday(day) and usual.bank_holidays is BankHolidays.CLOSED:
        return [], True
    if bank_holiday(day) and ticked:
        told = [row for row in usual.rows if row.on_bank_holidays]
        in_season = [row for row in told if row.part is not Part.DATES or in_part(row, day.month, day.day)]
        return in_season, not bank_holiday(day - A_DAY)
    if any(row.how is How.CLOSED and holds(row, day) for row in usual.rows):
        return [], True
    found = [row for row in usual.rows if row.how is not How.CLOSED and row.days and holds(row, day)]
    return found, False


def by_hand(usual: UsualHours) -> bytearray:
    found: list[tuple[datetime, datetime, bool]] = []  # the last: whether it keeps to the term
    for number in range(-1, (END - START).days + 1):
        day = START + number * A_DAY
        told, cuts = said_by(usual, day.date())
        is_holiday = SCHOOLS_FAR.is_holiday(day.date())
        found = [
            (starts, min(ends, day) if cuts or (is_holiday and is_term) else ends, is_term)
            for starts, ends, is_term in found
        ]
        for row in told:
            opens, closes = row.opens or time.min, row.closes or time.min
            starts, ends = datetime.combine(day, opens), datetime.combine(day, closes)
            found.append((starts, ends if ends > starts else ends + A_DAY, row.part is Part.TERM_TIME))
    return minutes_open((starts, ends) for starts, ends, _ in found)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(USUAL)
def test_a_value_means_what_its_rows_say(usual: UsualHours) -> None:
    value = to_value(usual)
    has_night = any(row.is_over_midnight for row in usual.rows)
    assume(len(value) <= 500)
    # A bank holiday that is open until midnight may or may not go on into the night of the day whose place it takes.
    assume(not has_night or not any(row.on_bank_holidays for row in usual.rows))
    refused = why_not(value, date(2026, 1, 1)) or ""
    assert not refused or "never opens" in refused or "only on 29 February" in refused
    found = spans(Hours(value, schools=SCHOOLS_FAR), START, END)
    assert minutes_open((one.starts, one.ends) for one in found) == by_hand(usual)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(USUAL)
def test_a_value_becomes_rows_that_mean_the_same(usual: UsualHours) -> None:
    value = to_value(usual)
    again = from_value(value)
    assert again is not None, value
    one, other = (list(spans(Hours(code, schools=SCHOOLS_FAR), START, END)) for code in (value, to_value(again)))
    assert one == other


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        (Row(opens=time(9), closes=time(10)), "days", "at least one day"),
        (Row(days=(0,), closes=time(10)), "opens", "from which it is open"),
        (Row(days=(0,), opens=time(10)), "closes", "at which it closes"),
        (Row(days=(0,), opens=time(10), closes=time(10)), "closes", "closes as it opens"),
        (Row(days=(0,), how=How.ALL_DAY, opens=time(10)), "opens", "whole days"),
        (Row(how=How.CLOSED, part=Part.TERM_TIME), "part", "in the school holidays instead"),
        (Row(how=How.CLOSED, days=(0,), on_bank_holidays=True), "days", "below the rows"),
        (Row(days=(0,), how=How.ALL_DAY, on_bank_holidays=True, part=Part.TERM_TIME), "days", "a row of its own"),
        (Row(days=(0,), how=How.ALL_DAY, note='"'), "note", "no quotation marks"),
        (Row(days=(0,), how=How.ALL_DAY, part=Part.DATES, first=(2, 30), last=(3, 1)), "first", "a day of the year"),
        (Row(days=(0,), how=How.ALL_DAY, part=Part.DATES, first=(2, 29)), "last", "a day of the year"),
        (Row(days=(0,), how=How.CLOSED), None, "never opens"),
    ],
)
def test_a_row_that_cannot_be_hours_says_why_at_its_field(row: Row, field: str | None, words: str) -> None:
    found = problems(UsualHours((row,)))
    assert any(words in problem.words and problem.field == (field or "") for problem in found)


MONDAY = Row(days=(0,), opens=time(10), closes=time(12))


@pytest.mark.parametrize(
    ("other", "when"),
    [
        (Row(days=(0, 1), opens=time(11), closes=time(13)), "Mondays"),
        (Row(days=(6,), opens=time(22), closes=time(10, 30)), "Sundays"),
        (Row(days=(0,), weeks=(1,), how=How.ALL_DAY), "Mondays"),
        (Row(days=(0,), opens=time(12), closes=time(13)), None),
        (Row(days=(1,), opens=time(11), closes=time(13)), None),
        (Row(days=(0,), how=How.CLOSED, part=Part.DATES, first=(12, 24), last=(1, 2)), None),
    ],
)
def test_rows_that_overlap_are_said_and_those_that_touch_are_not(other: Row, when: str | None) -> None:
    said = [problem.words for problem in problems(UsualHours((MONDAY, other)))]
    assert said == ([f"These times overlap those of row 1 on {when}."] if when else [])


def test_rows_of_other_parts_of_the_year_do_not_overlap() -> None:
    in_term = replace(MONDAY, part=Part.TERM_TIME)
    in_holidays = replace(MONDAY, part=Part.SCHOOL_HOLIDAYS)
    winter = replace(MONDAY, part=Part.DATES, first=(11, 1), last=(2, 29))
    spring = replace(MONDAY, part=Part.DATES, first=(3, 1), last=(5, 31))
    assert not problems(UsualHours((in_term, in_holidays)))
    assert not problems(UsualHours((winter, spring)))
    assert problems(UsualHours((winter, in_term)))


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("day", "is_refused"),
    [(MONDAY.days[0], False), ((MONDAY.days[0] + 1) % 7, True), ((MONDAY.days[0] + 2) % 7, False)],
)
def test_a_night_of_one_week_meets_the_next_day_whichever_row_comes_first(
    day: int, is_refused: bool, turned: bool
) -> None:
    night = replace(MONDAY, weeks=(2,), opens=time(22), closes=time(2))
    other = Row(days=(day,), weeks=(1,), how=How.ALL_DAY)
    rows = (other, night) if turned else (night, other)
    assert bool(problems(UsualHours(rows))) is is_refused


def test_bank_holidays_are_settled_in_one_place() -> None:
    ticked = replace(MONDAY, on_bank_holidays=True)
    assert not problems(UsualHours((ticked,), BankHolidays.BY_ROWS))
    assert problems(UsualHours((ticked,), BankHolidays.CLOSED))[0].field == "bank_holidays"
    assert problems(UsualHours((MONDAY,), BankHolidays.BY_ROWS))[0].field == "bank_holidays"


@pytest.mark.parametrize(
    "value",
    [
        "Tu 09:00-13:00,14:00-17:30; Fr 09:00-13:00,14:00-17:30; Sa 09:00-13:00",
        "Mo 09:00-19:00; Tu 09:00-17:00; We 09:00-17:00; Th 09:00-19:00; Fr 09:00-17:00; Sa 09:00-13:00",
        "We 11:30-13:30; PH off",
        "Mo,PH 10:00-12:00",
        "24/7",
        "Sa[1] 10:00-12:00",
        "Fr-Mo 18:00-26:00",
        "Nov-Mar Mo 10:00-12:00",
        'Fr 10:00-12:00 "ask at the bar"',
        "10:00-12:00",
    ],
)
def test_a_value_from_outside_becomes_rows_with_the_same_meaning(value: str) -> None:
    usual = from_value(value)
    assert usual is not None
    one, other = (list(spans(Hours(code), START, END)) for code in (value, to_value(usual)))
    assert one == other


@pytest.mark.parametrize(
    "value",
    [
        "whenever",
        "Mo 08:00-08:00",
        "Mo[5] 10:00-12:00",
        "2026 Nov 26 10:00-12:00",
        "week 1-53/2 Mo 10:00-12:00",
        "Mo 10:00-12:00; Mo 14:00-16:00",
        "Mo-Fr,PH 09:00-17:00; Sa 10:00-12:00",
        "Mo 10:00-12:00+",
        "PH off",
    ],
)
def test_a_value_that_no_rows_make_is_none(value: str) -> None:
    assert from_value(value) is None


def test_term_in_a_venues_own_words_becomes_a_part_of_the_year() -> None:
    read = from_value('We 11:00-12:30 open "term time only"; Fr 10:30-12:00')
    assert read is not None
    assert to_value(in_term_where_noted(read)) == "We 11:00-12:30; SH off; Fr 10:30-12:00"


@pytest.mark.parametrize(
    "day",
    [date(2026, 3, 29), date(2026, 10, 25)],
)
def test_a_night_over_a_clock_change_is_kept_by_the_clocks_on_the_wall(day: date) -> None:
    shelter = UsualHours((Row(days=(5, 6), opens=time(22), closes=time(6)),))
    eve = datetime.combine(day - A_DAY, time.min)
    closed = Exceptional(day, day)
    found = list(spans(Hours(to_value(shelter), (closed,)), eve, eve + 2 * A_DAY))
    assert [(one.starts, one.ends) for one in found] == [(eve.replace(hour=22), eve + timedelta(hours=30))]
    later = Exceptional(day, day, time(0, 30), time(4))
    found = list(spans(Hours("", (later,)), eve, eve + 2 * A_DAY))
    assert [(one.starts.hour, one.ends.hour) for one in found] == [(0, 4)]


def test_an_evening_that_was_closed_does_not_open_after_midnight() -> None:
    hours = Hours("Fr 22:00-02:00; Dec 25 off")
    assert not list(spans(hours, datetime(2026, 12, 25), datetime(2026, 12, 27)))
