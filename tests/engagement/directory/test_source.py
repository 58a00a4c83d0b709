"""A listing is read for what it plainly says, and no further."""

from datetime import date

import pytest

from engagement.directory.source import believable_hours, offered, postcode_apart

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("address", "apart"),
    [
        ("Lantern Hall, Northmouth XX1 1AA", ("Lantern Hall, Northmouth", "XX1 1AA")),
        ("Lantern Hall, Northmouth xx11aa XX1 1AA", ("Lantern Hall, Northmouth", "XX1 1AA")),
        ("Lantern Hall, Northmouth XX1 1AA XX2 2BB", ("Lantern Hall, Northmouth XX1 1AA XX2 2BB", "")),
        ("Lantern Hall, Northmouth XX1 £AA", ("Lantern Hall, Northmouth XX1 £AA", "")),
        ("Lantern Hall, XX1 1AA 2LN", ("Lantern Hall, XX1 1AA 2LN", "")),
        ("XX1 1AA, Lantern Hall", ("XX1 1AA, Lantern Hall", "")),
        ("", ("", "")),
    ],
)
def test_the_postcode_is_taken_from_the_end_where_it_is_clear(address: str, apart: tuple[str, str]) -> None:
    assert postcode_apart(address) == apart


@pytest.mark.parametrize(
    ("words", "field", "answer"),
    [
        ("A free warm space for all.", "free_entry", "yes"),
        ("Free to enter.", "free_entry", "yes"),
        ("Free wifi and free parking.", "free_entry", "not_known"),
        ("It is not free to attend.", "free_entry", "not_known"),
        ("Free Wi-Fi", "wifi", "yes"),
        ("Sorry, no wifi.", "wifi", "not_known"),
        ("Hot and cold drinks", "food", "yes"),
        ("There is a food bank next door.", "food", "not_known"),
        ("Bring your own lunch.", "food", "not_known"),
        ("No food on Mondays. Soup on Fridays.", "food", "yes"),
        ("The hall has step-free access.", "step_free", "yes"),
        ("Not wheelchair accessible.", "step_free", "not_known"),
        ("Accessible toilet", "toilets", "yes"),
        ("Suitable for all ages", "children_welcome", "yes"),
        ("For adults only (18+).", "children_welcome", "no"),
        ("", "food", "not_known"),
    ],
)
def test_only_plain_words_count(words: str, field: str, answer: str) -> None:
    assert offered(words)[field] == answer


@pytest.mark.parametrize(
    ("value", "words", "description", "doubt"),
    [
        ("We 10:00-12:00", "Wednesday: 10:00 - 12:00", "", ""),
        ("", "Wednesday mornings", "", ""),
        ("24/7", "Always", "", ""),
        ("Mo[1] 10:00-12:00", "first Monday monthly", "", ""),
        ("We 10:00-12:00", "Wednesday: 10:00 - 12:00 Monthly", "", "every week"),
        ("We 10:00-12:00", "2nd Wednesday 10-12", "", "every week"),
        ("We 10:00-12:00", "Wednesday", "Our opening hours vary weekly.", "vary"),
        ("Th 02:00-04:00", "Thursday: 02:00 - 04:00", "", "night"),
        ("Mo 09:00-03:00", "Monday: 09:00 - 03:00", "", "night"),
        ("Mo-Fr 9-5", "9 to 5", "", "cannot read"),
    ],
)
def test_hours_that_would_send_somebody_to_a_locked_door_are_left_out(
    value: str, words: str, description: str, doubt: str
) -> None:
    kept, reason = believable_hours(value, words, description, TODAY)
    assert kept == ("" if doubt else value)
    assert doubt in reason
    assert bool(reason) is bool(doubt)
