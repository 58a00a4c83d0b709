"""A listing is read for what it plainly says, and no further."""

from datetime import date

import pytest

from engagement.directory.source import believable_hours, offered, postcode_apart, tidy, tidy_name

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
        ("29 Feb 10-12", "29 February", "", "Write the month before the day: “Feb 29”"),
        ("Feb 29 10:00-12:00", "29 February", "", "only on 29 February, which most years do not have"),
    ],
)
def test_hours_that_would_send_somebody_to_a_locked_door_are_left_out(
    value: str, words: str, description: str, doubt: str
) -> None:
    kept, reason = believable_hours(value, words, description, TODAY)
    assert kept == ("" if doubt else value)
    assert doubt in reason
    assert bool(reason) is bool(doubt)


@pytest.mark.parametrize(
    ("words", "is_advice", "is_food"),
    [
        ("Citizens Advice Northmouth.", True, False),
        ("Come in for debt and benefits advice.", True, False),
        ("We give help with benefits.", True, False),
        ("There is no debt advice here.", False, False),
        ("We do not give money advice.", False, False),
        ("Signposting to other agencies e.g. food bank, housing advice, counselling.", False, False),
        ("We can refer you to the food bank.", False, False),
        ("There is a food bank next door.", False, False),
        ("A food bank collection point.", False, False),
        ("Lantern Community Pantry.", False, True),
        ("A community fridge for all.", False, True),
        ("A free hot meal on Fridays.", False, True),
        ("Community lunches and a warm room.", False, True),
        ("No food bank. Tea and toast.", False, False),
        ("Tea, and some advice on knitting.", False, False),
        ("", False, False),
    ],
)
def test_a_place_is_for_advice_or_food_only_where_it_plainly_says_so(
    words: str, is_advice: bool, is_food: bool
) -> None:
    said = offered(words)
    assert (said["is_advice_place"], said["is_food_place"]) == (is_advice, is_food)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("NORTH METHODIST CHURCH", "North Methodist Church"),
        ("YMCA AT ST. CHAD’S", "YMCA at St. Chad’s"),
        ("THE HALL OF ALL", "The Hall of All"),
        ("NHS Hall", "NHS Hall"),
        ("Lantern  Hall,, Northmouth", "Lantern Hall, Northmouth"),
    ],
)
def test_a_name_is_shown_without_capitals_throughout(name: str, shown: str) -> None:
    assert tidy_name(name) == shown


def test_an_address_loses_what_a_form_left_in_it() -> None:
    assert tidy("The Shed,, Northmouth, county (optional) XX1 1AA") == "The Shed, Northmouth XX1 1AA"
    assert tidy("1 Sea Lane, Northmouth XX1 £AA") == "1 Sea Lane, Northmouth XX1 £AA"
