"""Staff ask in other words; what was asked is kept, and whoever may not change it is told so."""

from datetime import timedelta
from typing import Any

import pytest

from portal.audit.models import AuditEvent
from selfreferral.actions.wording import question_set_now, reword
from selfreferral.models import QuestionSet, QuestionWording, Referral
from selfreferral.questions.pages import PAGES
from selfreferral.questions.wording import Words
from selfreferral.refusals import NotYours, SomethingMissing
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_referral

pytestmark = pytest.mark.django_db


def said(person: Person, key: str = "name", **words: str) -> QuestionWording:
    return reword(key=key, words=Words(**words), by=person.user, now=WEDNESDAY)


def test_the_lead_asks_in_other_words(lead: Person) -> None:
    row = said(lead, asks="  What  is your\x00 name? ")
    assert (row.asks, row.changed_by, row.changed_at) == ("What is your name?", lead.user, WEDNESDAY)
    event = AuditEvent.objects.about(row).get()
    assert (event.action, event.detail) == ("selfreferral.reword", {"key": "name"})


def test_empty_words_go_back_to_those_of_the_code(lead: Person) -> None:
    said(lead, asks="What is your name?")
    assert said(lead).words == Words()
    assert QuestionWording.objects.asked_now() == PAGES
    assert QuestionWording.objects.count() == 1


def test_the_words_of_the_code_are_no_words_of_staff(lead: Person) -> None:
    assert said(lead, asks="What should we call you?", hint="Any name.").words == Words(hint="Any name.")


def test_the_same_words_twice_are_one_change(lead: Person) -> None:
    said(lead, asks="What is your name?")
    said(lead, asks="What is your name?")
    assert AuditEvent.objects.filter(action="selfreferral.reword").count() == 1


@pytest.mark.parametrize(
    ("key", "words", "sentence"),
    [
        ("gone", {"asks": "Who?"}, "no such question"),
        ("name", {"asks": "x" * 201}, "at most 200"),
        ("name", {"hint_of_other": "x" * 301}, "at most 300"),
    ],
)
def test_what_cannot_be_asked_is_refused(lead: Person, key: str, words: dict[str, str], sentence: str) -> None:
    with pytest.raises(SomethingMissing, match=sentence):
        said(lead, key, **words)
    assert not QuestionWording.objects.exists()


def test_a_navigator_changes_no_question(navigator: Person) -> None:
    with pytest.raises(NotYours):
        said(navigator, asks="What is your name?")


def test_one_version_is_kept_once_and_a_new_one_beside_it(lead: Person) -> None:
    first = question_set_now(WEDNESDAY)
    assert question_set_now(WEDNESDAY + timedelta(days=1)) == first
    assert first.first_used_at == WEDNESDAY
    said(lead, asks="What is your name?")
    second = question_set_now(WEDNESDAY + timedelta(days=2))
    assert second != first
    said(lead)
    assert question_set_now(WEDNESDAY + timedelta(days=3)) == first
    assert QuestionSet.objects.count() == 2
    assert str(first) == first.digest[:8]
    assert str(QuestionWording.objects.for_key("name").get()) == "name"


def test_every_answer_says_which_words_were_asked(lead: Person) -> None:
    before, again = a_referral(), a_referral()
    said(lead, asks="What is your name?")
    after = a_referral()

    def asked(referral: Referral) -> set[Any]:
        return set(referral.answers.values_list("question_set", flat=True))

    assert asked(before) == asked(again)
    assert len(asked(before)) == len(asked(after)) == 1
    assert asked(before) != asked(after)
