"""Two workers put answers right at once: only what each of them changed counts, and a way opens by its own choice alone."""

import re
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from selfreferral.actions.correcting import narrow
from selfreferral.contact.card import Channel, Safe
from selfreferral.models import Referral
from selfreferral.reading import card_of
from selfreferral.reading.answers import opened_answers
from tests.conftest import Person
from tests.factories.selfreferral import FOR_MYSELF, being_contacted

pytestmark = pytest.mark.django_db


def at(referral: Referral, deed: str = "") -> str:
    return f"/staff/referrals/{referral.reference}/" + (f"{deed}/" if deed else "")


def as_sent(page: str, deed: str) -> dict[str, list[str]]:
    """All that a browser would send from this form, as it stands on the page."""
    found = re.search(rf'<form[^>]+action="[^"]+/{deed}/".*?</form>', page, re.DOTALL)
    assert found
    form, sent = found[0], {}
    for tag in re.findall(r"<input[^>]*>", form):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if given.get("type") not in {"checkbox", "radio"} or " checked" in tag:
            sent.setdefault(given["name"], []).append(unescape(given.get("value", "")))
    for name, choices in re.findall(r'<select[^>]*name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)" selected', choices)
        sent[name] = chosen or re.findall(r'<option value="([^"]*)"', choices)[:1]
    for name, words in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        sent[name] = [unescape(words)]
    return sent


def opened(person: Person, referral: Referral, deed: str = "correct-card") -> dict[str, list[str]]:
    return as_sent(person.get(at(referral)).content.decode(), deed)


def answers_of(referral: Referral) -> dict[str, Any]:
    fresh = Referral.objects.get(pk=referral.pk)
    return opened_answers(fresh, fresh.strongbox())


def test_a_way_that_another_closed_meanwhile_stays_closed(navigator: Person, lead: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now(), safe_ring="yes")
    form = opened(navigator, referral) | {
        "answer-good_times": ["After nine"],
        "said_by": ["in_a_talk"],
        "why": ["Said so."],
    }
    narrow(referral=referral, channels={Channel.RING}, why="He listens in.", by=lead.user, now=timezone.now())
    refused = navigator.post(at(referral, "correct-card"), form)
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "As it is: not safe" in page
    again = as_sent(page, "correct-card")
    assert (again["answer-good_times"], again["answer-safe_ring"]) == (["After nine"], [""])
    assert navigator.post(at(referral, "correct-card"), again).status_code == 302
    assert card_of(Referral.objects.get()).said[Channel.RING] is Safe.NO
    assert answers_of(referral)["good_times"] == "After nine"


def test_what_another_put_right_meanwhile_is_not_taken_back(navigator: Person, lead: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    mine, theirs = opened(navigator, referral), opened(lead, referral)
    said = {"said_by": ["in_a_talk"], "why": ["She rang us."]}
    assert lead.post(at(referral, "correct-card"), theirs | said | {"answer-name": ["Joan"]}).status_code == 302
    refused = navigator.post(at(referral, "correct-card"), mine | said | {"answer-good_times": ["Mornings"]})
    again = as_sent(refused.content.decode(), "correct-card")
    assert again["answer-name"] == ["Joan"]
    assert navigator.post(at(referral, "correct-card"), again).status_code == 302
    assert (answers_of(referral)["name"], answers_of(referral)["good_times"]) == ("Joan", "Mornings")


def test_a_page_out_of_date_that_claims_to_be_fresh_takes_nothing_back(navigator: Person, lead: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    mine, theirs = opened(navigator, referral, "correct-story"), opened(lead, referral, "correct-story")
    said = {"said_by": ["in_a_talk"], "why": ["She rang us."]}
    lead.post(at(referral, "correct-story"), theirs | said | {"answer-needs": ["hearing"], "answer-danger": ["yes"]})
    referral.refresh_from_db()
    version = {"seen_version": [str(referral.version)]}
    mine |= said | version | {"answer-what_would_help": ["The gas people."]}
    assert navigator.post(at(referral, "correct-story"), mine).status_code == 302
    now = answers_of(referral)
    assert (now["needs"], now["danger"], now["what_would_help"]) == (["hearing"], "yes", "The gas people.")


def test_untouched_nothing_is_changed(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    said = {"said_by": ["in_a_talk"], "why": ["She rang us."]}
    for deed in ("correct-card", "correct-story"):
        response = navigator.post(at(referral, deed), opened(navigator, referral, deed) | said)
        assert response.status_code == 400
        assert "Nothing was changed" in response.content.decode()


def test_an_answer_can_be_taken_back(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    form = opened(navigator, referral, "correct-story") | {"answer-danger": [""], "answer-needs": []}
    sent = navigator.post(at(referral, "correct-story"), form | {"said_by": ["our_slip"], "why": ["Wrong person."]})
    assert sent.status_code == 302, sent.context["sent"].errors
    assert not {"danger", "needs"} & answers_of(referral).keys()


def test_on_a_new_number_a_way_opens_by_its_own_choice_alone(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    form = opened(navigator, referral) | {"said_by": ["in_a_talk"], "why": ["She rang us."]}
    assert navigator.post(at(referral, "correct-card"), form | {"answer-phone": ["07700 900999"]}).status_code == 302
    assert not card_of(Referral.objects.get()).allowed
    form = opened(navigator, referral) | {"said_by": ["in_a_talk"], "why": ["She rang us."]}
    assert navigator.post(at(referral, "correct-card"), form | {"answer-safe_text": ["yes"]}).status_code == 302
    assert card_of(Referral.objects.get()).allowed == (Channel.TEXT,)


def test_it_asks_about_them_and_not_about_the_worker(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    page = navigator.get(at(referral)).content.decode()
    assert "Is it safe to ring them?" in page
    assert "ring you?" not in page
    assert FOR_MYSELF["phone"] in page
