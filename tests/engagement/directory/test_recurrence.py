"""How often something happens: refused when it cannot be followed, kept as a rule, told in words."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.directory.recurrence import CODES, NTH, Repeats, from_rule, in_words, to_rule, why_not
from engagement.directory.sessions import Rule


def words(rule: str) -> str:
    return in_words(Rule(rule, date(2026, 1, 7), time(9), time(12)))


@pytest.mark.parametrize(
    ("rule", "part"),
    [
        ("FREQ=SECONDLY", "“FREQ=SECONDLY”"),
        ("FREQ=WEEKLY;BYHOUR=3", "“BYHOUR=3”"),
        ("FREQ=WEEKLY;COUNT=4", "“COUNT=4”"),
        ("FREQ=WEEKLY;FREQ=DAILY", "“FREQ=DAILY”"),
        ("every wednesday", "“every wednesday”"),
        ("BYDAY=WE", "how often"),
        ("FREQ=YEARLY;BYMONTH=13", "“BYMONTH=13”"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "never happens"),
        ("FREQ=WEEKLY;UNTIL=20261399", "cannot follow this rule"),
        ("FREQ=WEEKLY;BYDAY=" + "MO," * 100, "longer than 200"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused_in_words(rule: str, part: str) -> None:
    reason = why_not(rule)
    assert reason is not None
    assert part in reason


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("", "Wednesday 7 January 2026, 9am to 12 noon"),
        ("FREQ=WEEKLY;BYDAY=WE", "Every Wednesday, 9am to 12 noon"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE", "Every Monday, Tuesday and Wednesday, 9am to 12 noon"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "Every other week on Monday, 9am to 12 noon"),
        ("FREQ=MONTHLY;BYDAY=1WE,3WE", "The first and third Wednesday of the month, 9am to 12 noon"),
        ("FREQ=MONTHLY;BYDAY=-1SA", "The last Saturday of the month, 9am to 12 noon"),
        ("FREQ=WEEKLY;BYDAY=WE;UNTIL=20301231", "Every Wednesday, 9am to 12 noon, until 31 December 2030"),
        ("FREQ=DAILY;UNTIL=20301231", "Every day, 9am to 12 noon, until 31 December 2030"),
        ("FREQ=DAILY", "Every day, 9am to 12 noon"),
        ("FREQ=DAILY;INTERVAL=3", "Every 3 days, 9am to 12 noon"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "On some days, 9am to 12 noon"),
    ],
)
def test_a_rule_is_let_through_and_told_in_words(rule: str, said: str) -> None:
    assert why_not(rule) is None
    assert words(rule) == said


def test_no_day_or_no_time_means_ring() -> None:
    assert in_words(None) == "Ring to ask when"


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=WE;BYMONTH=3", "FREQ=MONTHLY;BYDAY=5MO"]
)
def test_a_rule_that_the_choices_cannot_make_is_not_pressed_into_them(rule: str) -> None:
    assert from_rule(rule) is None


choices = st.one_of(
    st.just(Repeats("once")),
    st.builds(
        lambda how, days: Repeats(how, tuple(code for code in CODES if code in days)),
        st.sampled_from(["weekly", "fortnightly"]),
        st.sets(st.sampled_from(CODES), min_size=1),
    ),
    st.builds(
        lambda days, weeks: Repeats(
            "monthly", tuple(code for code in CODES if code in days), tuple(nth for nth in NTH if nth in weeks)
        ),
        st.sets(st.sampled_from(CODES), min_size=1),
        st.sets(st.sampled_from(list(NTH)), min_size=1),
    ),
)


@given(choices)
def test_what_staff_choose_comes_back_as_they_chose_it(chosen: Repeats) -> None:
    rule = to_rule(chosen)
    assert why_not(rule) is None
    assert from_rule(rule) == chosen
