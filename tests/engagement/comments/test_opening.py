"""A consultation opens and closes by itself."""

from datetime import date

import pytest

from engagement.comments.models import Consultation
from engagement.comments.opening import Opening, days_said, opening_on, why_not

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 27)


@pytest.mark.parametrize(
    ("day", "is_open", "opening"),
    [
        (date(2026, 3, 1), True, Opening.COMING),
        (FIRST, True, Opening.OPEN),
        (LAST, True, Opening.OPEN),
        (date(2026, 3, 28), True, Opening.CLOSED),
        (FIRST, False, Opening.SHUT),
        (date(2026, 3, 28), False, Opening.CLOSED),
    ],
)
def test_it_takes_comments_from_its_first_day_to_its_last(day: date, is_open: bool, opening: Opening) -> None:
    assert opening_on(day, is_open=is_open, opens_on=FIRST, closes_on=LAST) == opening


def test_one_without_days_is_open_until_it_is_shut() -> None:
    assert opening_on(LAST, is_open=True, opens_on=None, closes_on=None) == Opening.OPEN


def test_why_it_takes_none_is_said_kindly() -> None:
    consultation = Consultation(name="The park", opens_on=FIRST, closes_on=LAST, is_open=True)
    assert consultation.why_not(FIRST) == ""
    assert consultation.why_not(date(2026, 3, 1)) == "This opens on Monday 2 March. Please come back then."
    assert "closed on Friday 27 March 2026" in consultation.why_not(date(2026, 4, 1))
    assert "not taking comments" in why_not(Opening.SHUT, opens_on=None, closes_on=None)


def test_its_days_are_said_as_people_say_them() -> None:
    assert days_said(FIRST, LAST) == "from Monday 2 March 2026 until Friday 27 March 2026"
    assert days_said(None, LAST) == "until Friday 27 March 2026"
    assert days_said(None, None) == ""
