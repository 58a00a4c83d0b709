"""Back, Forward and lost cookies: nobody falls out of these pages into one that tells, and no typed word is lost."""

import pytest
from django.test import Client

from selfreferral.views.privately import COOKIE
from tests.conftest import Person
from tests.factories.asking import fill, with_draft
from tests.factories.selfreferral import FOR_MY_SISTER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]
PAGE = {"page": "what_would_help", "what_would_help": "KESTREL-WORDS"}


def sent(person: Person, **changes: str) -> str:
    fill(person, {**FOR_MY_SISTER, **changes}) if changes else fill(person)
    person.post("/here/check/")
    return person.get("/here/sent/").content.decode()


@pytest.mark.parametrize("path", ["/here/", "/here/1/", "/here/check/"])
def test_after_sending_every_way_back_leads_to_the_reference(resident: Person, path: str) -> None:
    sent(resident)
    assert resident.get(path)["Location"] == "/here/sent/"
    assert resident.cookies[COOKIE].value


def test_going_on_from_the_six_words_leads_to_the_reference_and_they_are_not_shown_there(resident: Person) -> None:
    sent(resident)
    resident.post("/here/words/")
    words = resident.get("/here/words/").context["words"]
    assert len(words) == 6
    page = resident.get("/here/", follow=True).content.decode()
    assert "We have it" in page
    assert " ".join(words) not in page


def test_words_sent_without_a_cookie_come_back(resident: Person) -> None:
    answer = resident.post("/here/2/", PAGE)
    assert answer.status_code == 410
    assert "KESTREL-WORDS" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("has_draft", [True, False])
def test_a_form_that_was_open_too_long_gives_the_words_back_and_stays_quiet(resident: Person, has_draft: bool) -> None:
    if has_draft:
        with_draft(resident)
    strict = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    strict.cookies = resident.cookies
    answer = strict.post("/here/2/", PAGE)
    page = answer.content.decode()
    assert answer.status_code in {403, 410}
    assert "KESTREL-WORDS" in page
    assert "Leave this site" in page
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]


def test_somebody_who_asked_for_another_reads_of_them_and_not_of_you(resident: Person) -> None:
    page = sent(resident, danger="no")
    assert "We try to reach them" in page
    assert "We try to reach you" not in page
