"""Taking something out, as the lead meets it: numbers at once, names after a second sign-in."""

from typing import Any

import pytest
from django.utils import timezone

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
    month = f"{timezone.localdate():%Y-%m}"
    answer = lead.post(FILE, {"since": month, "until": month})
    assert answer["Content-Disposition"].startswith("attachment")
    assert "all,,5" in answer.content.decode()


@pytest.mark.parametrize("months", [{"since": "2026-05", "until": "2026-01"}, {"since": "soon", "until": ""}])
def test_months_that_are_none_are_refused_in_words(lead: Person, months: dict[str, str]) -> None:
    assert lead.post(FILE, months).status_code == 400
    assert lead.get(NUMBERS, {"since": "x", "until": "2026-01"}).status_code == 200


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
