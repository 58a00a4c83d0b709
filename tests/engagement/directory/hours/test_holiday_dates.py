"""England's bank holidays, and hours that name them."""

from datetime import date

import pytest

from engagement.directory.hours.holiday_dates import (
    UnreadHolidayRule,
    bank_holiday,
    names_bank_holidays,
    says_about_bank_holidays,
    with_dates,
)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 8, 31), "Late Summer Bank Holiday"),
        (date(2026, 4, 6), "Easter Monday"),
        (date(2026, 12, 28), "Boxing Day"),
        (date(2026, 3, 17), ""),  # St Patrick's Day, in Northern Ireland only
        (date(2026, 11, 30), ""),  # St Andrew's Day, in Scotland only
    ],
)
def test_england_s_own_holidays_and_nobody_else_s(day: date, name: str) -> None:
    assert bank_holiday(day) == name


def test_hours_without_a_rule_for_holidays_stay_as_they_are() -> None:
    assert with_dates("Mo-Fr 09:00-17:00", 2026) == "Mo-Fr 09:00-17:00"


def test_closed_on_holidays_becomes_closed_on_their_dates() -> None:
    written = with_dates("Mo-Fr 09:00-17:00; PH off", 2026)
    assert written.startswith("Mo-Fr 09:00-17:00; 2026 Jan 01,")
    assert "2026 Aug 31" in written
    assert "2027 Dec 27" in written
    assert written.endswith(" off")
    assert with_dates("Mo-Fr 09:00-17:00, PH off", 2026) == written


def test_holidays_in_a_list_of_days_become_a_rule_of_their_own() -> None:
    written = with_dates("Mo-Fr,PH 10:00-12:00; Sa 10:00-11:00", 2026)
    assert written.startswith("Mo-Fr 10:00-12:00; 2026 Jan 01,")
    assert written.endswith("10:00-12:00; Sa 10:00-11:00")


def test_a_comment_may_say_ph_and_hold_a_semicolon() -> None:
    assert not names_bank_holidays('Mo 10:00-12:00 "PH; ask"')
    assert with_dates('Mo 10:00-12:00 "soup; tea"; PH off', 2026).startswith('Mo 10:00-12:00 "soup; tea"; 2026')


@pytest.mark.parametrize("value", ["PH Mo 10:00-12:00", "Dec PH off", "PH -1 day 10:00-12:00", "Mo 10:00-12:00; PH"])
def test_other_uses_of_holidays_are_refused(value: str) -> None:
    with pytest.raises(UnreadHolidayRule):
        with_dates(value, 2026)


def test_a_place_that_never_closes_has_said_enough_about_holidays() -> None:
    assert says_about_bank_holidays("24/7")
    assert not says_about_bank_holidays("Mo-Su 09:00-17:00")
