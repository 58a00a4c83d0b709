"""Rules, hours and what is not as usual, as schedules of the standard."""

from datetime import date, time
from uuid import UUID

import pytest

from engagement.directory.hours.opening import Exceptional
from engagement.directory.hours.rows import How, Row
from engagement.directory.open_referral.schedules import alerts, is_over, of_hours, of_rule
from engagement.directory.sessions import Change, Move, Rule

NUMBER = UUID("ac148810-d857-441c-9679-408f346de14b")
TODAY = date(2026, 11, 22)
RULE = Rule("FREQ=WEEKLY;BYDAY=WE", date(2026, 1, 1), time(11, 30), time(13, 30))


def days(records: list[dict[str, object]]) -> list[tuple[object, object]]:
    return [(one.get("valid_from"), one.get("valid_to")) for one in records]


def test_a_weekly_rule_is_one_schedule_from_its_first_event() -> None:
    (one,) = of_rule(NUMBER, RULE, [], TODAY)
    assert (one["freq"], one["interval"], one["byday"], one["dtstart"]) == ("WEEKLY", 1, "WE", "2026-01-07")
    assert (one["opens_at"], one["closes_at"], one["valid_from"]) == ("11:30", "13:30", "2026-01-01")
    assert one["description"] == "Every Wednesday, 11:30am to 1:30pm"


def test_a_date_that_is_off_lies_between_two_schedules() -> None:
    off = Change(date(2026, 11, 25), True, "boiler broken")
    records = of_rule(NUMBER, RULE, [off], TODAY)
    assert days(records) == [("2026-01-01", "2026-11-24"), ("2026-11-26", None)]
    assert len({one["id"] for one in records}) == 2
    assert of_rule(NUMBER, RULE, [off], date(2026, 11, 26)) == of_rule(NUMBER, RULE, [], TODAY)


def test_a_date_that_moved_has_a_schedule_of_its_own() -> None:
    moved = Change(date(2026, 11, 25), False, "hall let", Move(date(2026, 11, 26), time(14), None, 7, "The Old Gym"))
    *_, one = of_rule(NUMBER, RULE, [moved], TODAY)
    assert (one["valid_from"], one["valid_to"], one["opens_at"]) == ("2026-11-26", "2026-11-26", "14:00")
    assert one["description"] == "Moved from 25 November 2026 at The Old Gym."


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=MONTHLY;BYDAY=1WE,3WE", {"freq": "MONTHLY", "byday": "1WE,3WE"}),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", {"freq": "WEEKLY", "interval": 2, "dtstart": "2026-01-14"}),
        ("FREQ=DAILY", {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR,SA,SU"}),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", {"freq": "MONTHLY", "bymonthday": "-1"}),
        ("FREQ=WEEKLY;BYDAY=WE;UNTIL=20261216", {"valid_to": "2026-12-16"}),
        ("", {"valid_from": "2026-01-01", "valid_to": "2026-01-01"}),
    ],
)
def test_what_the_standard_can_say_is_said(rule: str, said: dict[str, object]) -> None:
    (one,) = of_rule(NUMBER, Rule(rule, date(2026, 1, 1), time(9)), [], TODAY)
    assert {name: one[name] for name in said} == said


def test_what_the_standard_cannot_say_stands_in_words_alone() -> None:
    for rule in ("FREQ=YEARLY", "FREQ=DAILY;INTERVAL=3", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1"):
        (one,) = of_rule(NUMBER, Rule(rule, date(2026, 1, 1), time(9)), [], TODAY)
        assert "freq" not in one
        assert one["description"]


def test_a_group_whose_time_nobody_knows_is_words() -> None:
    assert of_rule(NUMBER, None, [], TODAY)[0]["description"] == "Ring to ask when"


def test_a_rule_is_over_after_its_last_day() -> None:
    assert is_over(Rule("", date(2026, 11, 21), time(9)), TODAY)
    assert not is_over(Rule("", TODAY, time(9)), TODAY)
    assert is_over(Rule("FREQ=WEEKLY;BYDAY=WE;UNTIL=20261118", date(2026, 1, 1), time(9)), TODAY)
    assert not is_over(RULE, TODAY)
    assert not is_over(None, TODAY)


def test_each_row_of_the_hours_is_a_schedule() -> None:
    rows = [Row((0, 1), opens=time(9), closes=time(17)), Row((2,), weeks=(1, -1), opens=time(10), closes=time(12))]
    first, second = of_hours(NUMBER, rows, [], "in words", TODAY)
    assert (first["freq"], first["byday"], first["opens_at"], first["closes_at"]) == (
        "WEEKLY",
        "MO,TU",
        "09:00",
        "17:00",
    )
    assert (second["freq"], second["byday"]) == ("MONTHLY", "1WE,-1WE")
    assert of_hours(NUMBER, None, [], "in words", TODAY)[0]["description"] == "in words"
    assert "freq" not in of_hours(NUMBER, [*rows, Row((0,), how=How.CLOSED)], [], "in words", TODAY)[0]


def test_days_at_other_times_lie_between_the_usual_ones() -> None:
    rows = [Row((0,), opens=time(9), closes=time(17))]
    said = [
        Exceptional(date(2026, 12, 24), date(2026, 12, 26), reason="Christmas"),
        Exceptional(date(2026, 12, 30), date(2026, 12, 30), time(10), time(12)),
    ]
    records = of_hours(NUMBER, rows, said, "in words", TODAY)
    assert days(records) == [
        (None, "2026-12-23"),
        ("2026-12-27", "2026-12-29"),
        ("2026-12-31", None),
        ("2026-12-30", "2026-12-30"),
    ]
    assert len({one["id"] for one in records}) == 4


def test_the_alert_says_what_is_not_as_usual() -> None:
    changes = [
        ("Café 100", Change(date(2026, 11, 25), True, "boiler broken")),
        ("Old", Change(date(2026, 1, 7), True, "")),
    ]
    said = [Exceptional(date(2026, 12, 24), date(2026, 12, 26), reason="Christmas")]
    assert alerts(changes, said, TODAY) == (
        "Café 100: not on 25 November 2026: boiler broken. Closed 24 December 2026 to 26 December 2026: Christmas."
    )
