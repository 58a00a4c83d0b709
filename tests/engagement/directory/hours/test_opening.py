"""The line about now is right by London's clocks, on bank holidays and over both clock changes."""

from datetime import UTC, date, datetime

import pytest

from engagement.directory.hours.opening import NOT_KNOWN, Hours, coming_days, open_line, spans
from portal.clock import LONDON


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("value", "now", "label", "is_open", "is_known"),
    [
        ("We 11:30-13:30; PH off", london(2026, 11, 25, 12, 0), "Open until 1:30pm", True, True),
        ("We 11:30-12:00; PH off", london(2026, 11, 25, 11, 40), "Closes soon: 12 noon", True, True),
        ("We 11:30-13:30; PH off", london(2026, 11, 25, 11, 29), "Opens 11:30am today", False, True),
        ("We 11:30-13:30; PH off", london(2026, 11, 24, 15, 0), "Opens 11:30am tomorrow", False, True),
        ("We 11:30-13:30; PH off", london(2026, 11, 22, 15, 0), "Opens Wednesday 11:30am", False, True),
        ("We 11:30-13:30; PH off", london(2026, 11, 25, 13, 30), "Opens Wednesday 2 December, 11:30am", False, True),
        ("Mo[1] 10:00-12:00; PH off", london(2026, 11, 25, 9, 0), "Opens Monday 7 December, 10am", False, True),
        ("Mo-Su 22:00-02:00; PH off", london(2026, 11, 25, 23, 0), "Open until 2am", True, True),
        ("Mo-Su 22:00-02:00; PH off", london(2026, 11, 26, 1, 0), "Open until 2am", True, True),
        ("Sa-Su 00:00-24:00", london(2026, 11, 28, 1, 0), "Open until Sunday 12 midnight", True, True),
        ("24/7", london(2026, 12, 25, 3, 0), "Open day and night", True, True),
        ("2026 Nov 25 10:00-12:00", london(2026, 11, 26, 9, 0), "Closed", False, True),
        ("", london(2026, 11, 25, 12, 0), "Hours not known: ring first", False, False),
        ("whenever", london(2026, 11, 25, 12, 0), "Hours not known: ring first", False, False),
        ("Dec PH off", london(2026, 11, 25, 12, 0), "Hours not known: ring first", False, False),
        (
            'We 10:00-14:00 unknown "by appointment"',
            london(2026, 11, 25, 12, 0),
            "Ring first: by appointment",
            False,
            False,
        ),
        ("We 10:00-14:00 unknown", london(2026, 11, 24, 12, 0), "Ring first: it is not always open", False, False),
    ],
)
def test_the_line_about_now(value: str, now: datetime, label: str, is_open: bool, is_known: bool) -> None:
    line = open_line(Hours(value), now)
    assert (line.label, line.is_open, line.is_known) == (label, is_open, is_known)


def test_a_bank_holiday_that_the_hours_do_not_name_is_not_known() -> None:
    august_monday = london(2026, 8, 31, 12, 0)
    assert open_line(Hours("Mo-Fr 09:00-17:00"), august_monday).label == "Ring first: bank holiday"
    assert open_line(Hours("Mo-Fr 09:00-17:00; PH off"), august_monday).label == "Opens 9am tomorrow"
    assert open_line(Hours("Mo-Fr,PH 09:00-17:00"), august_monday).is_open
    assert open_line(Hours("Mo-Fr 09:00-17:00"), london(2026, 8, 30, 12, 0)).label == "Opens Tuesday 9am"


def test_england_only_holidays_count_though_the_library_does_not_know_them() -> None:
    easter_monday = london(2026, 4, 6, 12, 0)
    assert not open_line(Hours("Mo-Fr 09:00-17:00; PH off"), easter_monday).is_open


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 3, 29, 9, 59, tzinfo=UTC), True),  # 10:59 in London, the first hour of summer time
        (datetime(2026, 3, 29, 10, 0, tzinfo=UTC), False),
        (datetime(2026, 3, 28, 10, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 28, 11, 0, tzinfo=UTC), False),
        (datetime(2026, 10, 25, 10, 59, tzinfo=UTC), True),  # winter time has begun in the night
        (datetime(2026, 10, 25, 11, 0, tzinfo=UTC), False),
        (datetime(2026, 10, 24, 9, 59, tzinfo=UTC), True),
        (datetime(2026, 10, 24, 10, 0, tzinfo=UTC), False),
    ],
)
def test_a_place_closes_at_eleven_by_the_clock_on_the_wall_over_both_clock_changes(
    moment: datetime, is_open: bool
) -> None:
    assert open_line(Hours("Sa,Su 08:00-11:00"), moment).is_open is is_open


def test_a_night_shelter_closes_soon_by_real_minutes_when_the_clocks_go_back() -> None:
    before = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)  # 1:45am summer time; 2am comes after another hour
    assert open_line(Hours("Mo-Su 20:00-02:00"), before).label == "Open until 2am"
    after = datetime(2026, 10, 25, 1, 45, tzinfo=UTC)  # 1:45am winter time
    assert open_line(Hours("Mo-Su 20:00-02:00"), after).label == "Closes soon: 2am"


def test_the_next_change_is_a_moment_in_london() -> None:
    line = open_line(Hours("Su 10:00-12:00; PH off"), london(2026, 3, 28, 12, 0))
    assert line.changes_at == datetime(2026, 3, 29, 9, 0, tzinfo=UTC)
    assert NOT_KNOWN.changes_at is None


def test_stretches_that_touch_are_one_stretch() -> None:
    start, end = datetime(2026, 11, 25), datetime(2026, 11, 26)
    found = list(spans(Hours('We 10:00-12:00 "tea"; We 12:00-14:00 "soup"'), start, end))
    assert [(one.starts.hour, one.ends.hour) for one in found] == [(12, 14)]
    found = list(spans(Hours('We 10:00-12:00 "tea", We 12:00-14:00 "soup"'), start, end))
    assert [(one.starts.hour, one.ends.hour, one.comment) for one in found] == [(10, 14, "tea")]


def test_the_coming_days_are_real_days_with_their_holidays() -> None:
    days = coming_days(Hours("Mo-Th 08:45-16:00; Fr 08:45-15:00"), date(2026, 12, 24), 5)
    assert [(day.name, day.words, day.holiday) for day in days] == [
        ("Thursday", "8:45am to 4pm", ""),
        ("Friday", "8:45am to 3pm: ring first", "Christmas Day"),
        ("Saturday", "closed", "Boxing Day"),
        ("Sunday", "closed", ""),
        ("Monday", "8:45am to 4pm: ring first", "Boxing Day"),
    ]


def test_the_coming_days_over_midnight_all_day_and_with_a_comment() -> None:
    over = coming_days(Hours("Fr 22:00-02:00"), date(2026, 11, 27), 2)
    assert [day.words for day in over] == ["10pm to 2am", "closed"]
    assert coming_days(Hours("24/7"), date(2026, 11, 27), 1)[0].words == "all day"
    said = coming_days(Hours('Fr 10:00-12:00 "ask at the bar"'), date(2026, 11, 27), 1)
    assert said[0].words == "10am to 12 noon (ask at the bar)"


@pytest.mark.parametrize("value", ["", "whenever", "Dec PH off"])
def test_there_are_no_coming_days_where_hours_are_not_known(value: str) -> None:
    assert coming_days(Hours(value), date(2026, 11, 27)) == []
