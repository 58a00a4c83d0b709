"""Hours that cannot be taken are refused in words, and those that can are read back."""

from datetime import date

import pytest

from engagement.directory.hours.opening import Hours
from engagement.directory.hours.words import in_words, why_not

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("value", "part"),
    [
        ("Mo-Fr 9-5", "We cannot read “9-5”."),
        ("open most days", "We cannot read “most days”."),
        ("Mo-Fr,SH 09:00-17:00", "holidays (PH, SH) in “Mo-Fr,SH 09:00-17:00”"),
        ("Mo 10:00+", "Say when it closes"),
        ("Mo-Su sunrise-sunset", "not of the sun"),
        ("PH Mo 10:00-12:00", "holidays (PH, SH) in “PH Mo 10:00-12:00”"),
        ("x" * 501, "longer than 500"),
        ("off", "never opens"),
        ("2020 Mo 10:00-12:00", "never opens"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_write(value: str, part: str) -> None:
    reason = why_not(value, TODAY)
    assert reason is not None
    assert part in reason
    assert "Write hours like" in reason


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Mo-Fr 09:00-17:00; PH off",
        "Mo-Fr 09:00-15:00; SH off",
        "SH Mo 10:00-12:00",
        "24/7",
        "Mo[-1] 10:00-12:00",
        'Mo 10:00-12:00 "SH too"',
    ],
)
def test_hours_that_we_read_are_let_through(value: str) -> None:
    assert why_not(value, TODAY) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            "Mo-Th 08:45-16:00; Fr 08:45-15:00; PH off",
            "Monday to Thursday 8:45am to 4pm; Fridays 8:45am to 3pm. Bank holidays: closed.",
        ),
        (
            "We,Sa 10:00-12:00,13:00-15:00; PH 10:00-11:00",
            "Wednesdays and Saturdays 10am to 12 noon and 1pm to 3pm. Bank holidays: 10am to 11am.",
        ),
        (
            "Mo,We 09:30-12:00; SH off; Sa[1] 10:00-13:00; PH off",
            "Mondays and Wednesdays 9:30am to 12 noon, in term time; the first Saturday of the month 10am to 1pm. "
            "Bank holidays: closed.",
        ),
        (
            "Nov 01-Mar 31 Mo 10:00-12:00, Nov 01-Mar 31 Tu 22:00-02:00; PH off",
            "From 1 November to 31 March: Mondays 10am to 12 noon; Tuesdays 10pm to 2am. Bank holidays: closed.",
        ),
        (
            'We 12:00-14:00 open "while the soup lasts"',
            "Wednesdays 12 noon to 2pm, while the soup lasts. Ring first on",
        ),
        (
            'We 12:00-14:00 unknown "by appointment"',
            "Wednesdays 12 noon to 2pm, by appointment. Ring first on bank holidays.",
        ),
        ('We 12:00-14:00 unknown "ring Anne"', "Wednesdays 12 noon to 2pm, by appointment (ring Anne). Ring first on"),
        ("Mo-Fr 09:00-17:00; SH off; SH Mo 10:00-11:00", "Monday to Friday 9am to 5pm, in term time; Mondays 10am"),
        ("PH off; Mo-Fr 09:00-17:00; Fr[-1] off", "Monday to Friday 9am to 5pm; the last Friday of the month closed."),
        (
            "We 09:00-17:00; Dec 24-Jan 02 off",
            "Wednesdays 9am to 5pm; closed, from 24 December to 2 January. Ring first on",
        ),
        ("PH 10:00-12:00", "Only on bank holidays. Bank holidays: 10am to 12 noon."),
        ("24/7", "Every day all day and night. Bank holidays: as usual."),
        ("We 11:30-13:30", "Wednesdays 11:30am to 1:30pm. Ring first on bank holidays."),
        ("Mo[5] 10:00-12:00; PH off", "Next: Monday 30 November 10am to 12 noon; Monday 29 November"),
        ("2026 Nov 26 10:00-12:00", "Next: Thursday 26 November 10am to 12 noon. Ring first on"),
        ("", "Not known: people are asked to ring first."),
    ],
)
def test_hours_are_read_back_in_words(value: str, words: str) -> None:
    assert in_words(Hours(value), TODAY).startswith(words)
