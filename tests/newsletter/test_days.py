"""Every day of an activity is told, in few words."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.directory.sessions import Move, Session
from newsletter.days import days_in_words, sessions_in_words
from portal.clock import WEEKDAYS, at

THURSDAY = date(2026, 11, 19)


def days(*after: int) -> list[date]:
    return [THURSDAY + timedelta(days=number) for number in after]


SAID = {
    "one": (days(0), "Thursday 19 November"),
    "three": (days(0, 1, 7), "Thursday 19 November, Friday 20 November and Thursday 26 November"),
    "weekly": (days(*range(0, 43, 7)), "Thursdays 19 and 26 November, 3, 10, 17, 24 and 31 December"),
    "two_weekdays": (days(4, 7, 11, 14), "Mondays 23 and 30 November; Thursdays 26 November and 3 December"),
    "in_a_row": (days(*range(14)), "Thursday 19 November to Wednesday 2 December"),
    "working_days": (
        days(0, 1, 4, 5, 6, 7, 8, 11),
        "Thursday 19 and Friday 20 November; Monday 23 to Friday 27 November; Monday 30 November",
    ),
}


@pytest.mark.parametrize("name", sorted(SAID))
def test_days_as_people_say_them(name: str) -> None:
    found, said = SAID[name]
    assert days_in_words(reversed(found)) == said


@given(st.sets(st.integers(min_value=0, max_value=90), min_size=1))
def test_no_day_is_left_out_and_none_is_counted_only(after: set[int]) -> None:
    said = days_in_words(days(*after))
    assert "more" not in said
    assert {WEEKDAYS[day.weekday()] for day in days(*after)} >= {
        word.rstrip("s") for word in said.split() if word[-1] == "s"
    }
    if " to " not in said:
        assert all(f" {day.day}" in said for day in days(*after))


def sessions(found: Iterable[date], hour: int = 10, **more: object) -> list[Session]:
    return [
        Session(on=day, starts=at(day, time(hour)), ends=at(day, time(hour + 1)), **more)  # type: ignore[arg-type]
        for day in found
    ]


def test_other_hours_other_places_and_days_off_have_sentences_of_their_own() -> None:
    moved: datetime = at(days(8)[0], time(10))
    coming = [
        *sessions(days(0, 7)),
        *sessions(days(1), hour=14),
        Session(on=days(21)[0], starts=moved, ends=None, moved=Move(days(8)[0], time(10), None, place="the chapel")),
        *sessions(days(14, 15, 16, 17), is_cancelled=True, reason="boiler broken"),
        *sessions(days(28), is_cancelled=True),
    ]
    assert sessions_in_words(coming) == (
        "Thursday 19 November and Thursday 26 November, 10am to 11am. Friday 20 November, 2pm to 3pm. "
        "Friday 27 November, from 10am, at the chapel. "
        "Not on Thursday 3 to Sunday 6 December: boiler broken. Not on Thursday 17 December"
    )
