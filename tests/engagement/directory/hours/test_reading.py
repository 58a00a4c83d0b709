"""What a venue wrote becomes hours, or nobody's guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours

from engagement.directory.hours import read_text

READ = {
    "Mon & Wed 9.30 til 12, first Sat of month 10-1": "Mo,We 09:30-12:00; Sa[1] 10:00-13:00",
    "Tuesdays, Thursdays and Fridays 10am - 4pm": "Tu,Th-Fr 10:00-16:00",
    "10 - 12 on Wednesdays": "We 10:00-12:00",
    "Open every day, 9 to 5": "Mo-Su 09:00-17:00",
    "Weekdays 0900-1700": "Mo-Fr 09:00-17:00",
    "Weekends noon till midnight": "Sa-Su 12:00-24:00",
    "Monday: 09:00 - 13:00 / 14:00 - 17:00, Friday: 9:00 - 1:00": "Mo 09:00-13:00,14:00-17:00; Fr 09:00-13:00",
    "Mon-Thu 9am-5pm, Fri 9am-4pm (closed for lunch 12pm to 1pm every day)": (
        "Mo-Th 09:00-12:00,13:00-17:00; Fr 09:00-12:00,13:00-16:00"
    ),
    "2nd and 4th Tuesday of the month 2-4pm": "Tu[2,4] 14:00-16:00",
    "Friday: the last Friday of each month, 6pm to 8pm": "Fr[-1] 18:00-20:00",
    "Sundays 5-7pm": "Su 17:00-19:00",
    "Saturday evening 6-9": "Sa 18:00-21:00",
    "Friday 9.30-11.30 (term time)": 'Fr 09:30-11:30 open "term time only"',
    "Wednesday 1pm to 3pm (last entry 2.30pm)": "We 13:00-15:00",
    "Friday to Monday 8pm-1am": "Mo,Fr-Su 20:00-01:00",
    "7 days a week, 24 hours": "Mo-Su 00:00-24:00",
    "Tuesday &ndash; Friday, 10-00 to 12-30.<br>Saturday 10am&nbsp;-&nbsp;11am": "Tu-Fr 10:00-12:30; Sa 10:00-11:00",
    "Mo-Fr 08:00-12:00,13:00-17:30; Sa 08:00-12:00": "Mo-Fr 08:00-12:00,13:00-17:30; Sa 08:00-12:00",
}  # fmt: skip
NOT_READ = [
    "",
    "Ring us",
    "Mondays",
    "10am-2pm",
    "Mondays 10am-2pm except bank holidays",
    "Alternate Tuesdays 10am-12pm",
    "Every other Friday, 10am to 12pm",
    "Fridays 10am-12pm by appointment",
    "Monday to Friday 9am-5pm, closed Wednesday",
    "Mon-Fri 9am-5pm, cafe Tuesday 11am-2pm",
    "Monday 2-4",
    "Monday 4pm-2pm and 3",
    "Thursday 25:00-26:00",
    "Thursdays from 5 December 10am-12pm",
    "Winter: Monday 10am-2pm",
    "Monday 10am-2pm, ring 0191 496 0000",
    "Mondays 10am onwards",
    "Mo-Fr 99:00-12:00",
    "Monday 10am-2pm " * 200,
]


@pytest.mark.parametrize(("text", "value"), READ.items())
def test_what_is_plain_is_read(text: str, value: str) -> None:
    assert read_text(text) == value


@pytest.mark.parametrize("text", NOT_READ)
def test_what_would_be_a_guess_is_left_to_a_person(text: str) -> None:
    assert read_text(text) is None


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from(["mon", "10am", "-", "2", "to", "1st", "noon", ",", "24:00"])).map(" ".join)
)
def test_whatever_is_written_gives_hours_that_read_or_none(text: str) -> None:
    value = read_text(text)
    assert value is None or OpeningHours(value)
