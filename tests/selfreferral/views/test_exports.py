"""Taking something out, as the lead meets it: numbers at once, names after a second sign-in."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from selfreferral.exports.numbers import Quarter
from tests.conftest import PASSWORD, Person
from tests.factories.selfreferral import a_referral

pytestmark = pytest.mark.django_db
NUMBERS, FILE, PEOPLE = "/staff/referrals/numbers/", "/staff/referrals/numbers/file/", "/staff/referrals/people/"


def said(**changes: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {"since": today, "until": today, "why": "law", "letter": "CO 44/2026", **changes}


def signed_in_again(person: Person) -> Person:
    person.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return person


def test_numbers_are_shown_and_saved(lead: Person) -> None:
    for _ in range(5):
        a_referral(now=timezone.now())
    page = lead.get(NUMBERS).content.decode()
    assert "<strong>5</strong> asked for help" in page
    answer = lead.post(FILE, {"quarter": f"{Quarter.of(timezone.localdate())}"})
    assert answer["Content-Disposition"].startswith("attachment")
    assert "all,,5" in answer.content.decode()


@pytest.mark.parametrize("quarter", ["", "soon", "2026-05", "1999-q1", "2999-q1"])
def test_a_quarter_that_is_not_on_the_list_is_refused(lead: Person, quarter: str) -> None:
    assert lead.post(FILE, {"quarter": quarter}).status_code == 400
    page = lead.get(NUMBERS, {"quarter": quarter})
    assert page.status_code == 200
    assert "asked for help" not in page.content.decode()


def test_no_two_answers_overlap_so_that_a_month_is_not_what_is_left(lead: Person) -> None:
    """January to March less January to February would be the people of March."""
    for day in (1, 2, 3, 4, 5, 6):
        a_referral(now=datetime(2026, 1, day, 12, tzinfo=UTC))
    a_referral(now=datetime(2026, 3, 1, 12, tzinfo=UTC))
    asked = [{"quarter": "2026-q1", "since": "2026-01", "until": until} for until in ("2026-02", "2026-03")]
    shown = ["<strong>7</strong> asked" in lead.get(NUMBERS, one).content.decode() for one in asked]
    assert shown == [True, True]


def test_names_take_a_second_sign_in_and_what_was_typed_comes_along(lead: Person) -> None:
    a_referral(now=timezone.now(), name="KESTREL")
    asked = lead.post(PEOPLE, said())
    assert asked.status_code == 302
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    wrong = lead.post(asked["Location"], {"password": "not the password"})
    assert wrong.status_code == 200
    assert b"KESTREL" not in wrong.content
    answer = lead.post(asked["Location"], {"password": PASSWORD, "next": PEOPLE})
    assert "KESTREL" in answer.content.decode()
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_refusal_keeps_what_was_typed(lead: Person) -> None:
    signed_in_again(lead)
    answer = lead.post(PEOPLE, said(letter="WREN 44"))
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Nobody asked in these days" in page
    assert "WREN 44" in page
    for wrong in ({"why": ""}, {"letter": "for Jo Brown"}, {"letter": "NONE"}, {"letter": ""}):
        assert lead.post(PEOPLE, said(**wrong)).status_code == 400


def test_a_second_sign_in_is_asked_even_to_see_the_form(lead: Person) -> None:
    assert lead.get(PEOPLE).status_code == 302
    signed_in_again(lead)
    assert "A file with names can be lost" in lead.get(PEOPLE).content.decode()


def test_keys_that_do_not_open_let_nothing_out(lead: Person, settings: Any) -> None:
    a_referral(now=timezone.now())
    signed_in_again(lead)
    settings.REFERRAL_KEYS = []
    assert lead.post(PEOPLE, said()).status_code == 503
