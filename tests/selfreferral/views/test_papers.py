"""A record on paper: printed for a worker with a look, and given to the person without what is not theirs."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.audit.models import AuditEvent
from selfreferral.actions.record import raise_flag, write_note
from selfreferral.models import Acquaintance, Note, Referral, RiskFlag
from tests.conftest import PASSWORD, Person
from tests.factories.selfreferral import FOR_MY_SISTER, a_referral, being_contacted
from tests.paper import pages_of, words_of

pytestmark = pytest.mark.django_db
CHECK = {"check": "She came to the hall.", "is_referrer_kept_back": "on"}


@pytest.fixture
def lead(lead: Person) -> Person:
    """What leaves the house asks again who takes it; here they have just shown it."""
    lead.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return lead


def at(referral: Referral, what: str) -> str:
    return f"/staff/referrals/{referral.reference}/{what}/"


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.content[:500]
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    return words_of(answer.content)


def looks(referral: Referral, purpose: str) -> int:
    return AuditEvent.objects.about(referral).filter(action="selfreferral.look", detail__purpose=purpose).count()


def with_record(referral: Referral, by: Person) -> Referral:
    now = timezone.now()
    write_note(referral=referral, words="WREN likes tea.", by=by.user, now=now)
    write_note(referral=referral, words="HERON is her brother.", is_about_others=True, by=by.user, now=now)
    day = timezone.localdate() + timedelta(days=7)
    raise_flag(
        referral=referral, words="A loose DOG.", source=RiskFlag.Source.WORKER, review_on=day, by=by.user, now=now
    )
    return referral


def test_a_worker_prints_it_with_the_card_held_to_and_the_look_written(navigator: Person) -> None:
    referral = with_record(being_contacted(by=navigator.user, now=timezone.now()), navigator)
    words = text_of(navigator.post(at(referral, "print")))
    for part in ("07700 900123", "somebody to ring the energy people", "A loose DOG", "WREN likes tea", "Destroy it"):
        assert part in words
    assert "jo@example.org" not in words
    assert looks(referral, "print") == 1
    assert pages_of(navigator.post(at(referral, "print"), {"print": "large"}).content) > 1


def test_what_another_holds_is_not_printed_without_a_reason(navigator: Person, other_navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    answer = other_navigator.post(at(referral, "print"))
    assert answer.status_code == 403
    assert looks(referral, "print") == 0
    assert b"energy people" not in answer.content


def test_nobody_prints_whom_they_know(lead: Person) -> None:
    referral = a_referral(now=timezone.now())
    Acquaintance.objects.create(referral=referral, known_by=lead.user, said_at=timezone.now())
    assert lead.post(at(referral, "print")).status_code == 403
    assert lead.post(at(referral, "held"), CHECK).status_code == 403
    assert looks(referral, "print") + looks(referral, "export") == 0


def test_the_person_gets_their_own_words_and_not_other_peoples(lead: Person) -> None:
    referral = with_record(a_referral(now=timezone.now(), **FOR_MY_SISTER), lead)
    words = text_of(lead.post(at(referral, "held"), CHECK))
    for part in ("somebody to ring the energy people", "WREN likes tea", "A loose DOG", "07700 900123"):
        assert part in words
    for part in ("HERON", "Example Ann", "07700 900456"):
        assert part not in words
    assert "1 left out, because it is about somebody else" in words
    assert looks(referral, "export") == 1
    assert Note.objects.filter(referral=referral).count() == 3


def test_risks_are_left_out_with_a_reason_that_the_person_reads(lead: Person) -> None:
    referral = with_record(a_referral(now=timezone.now()), lead)
    refused = lead.post(at(referral, "held"), {**CHECK, "is_risk_kept_back": "on"})
    assert refused.status_code == 400
    assert "She came to the hall." in refused.content.decode()
    said = {**CHECK, "is_risk_kept_back": "on", "why": "It would put a neighbour in danger."}
    words = text_of(lead.post(at(referral, "held"), said))
    assert "DOG" not in words
    assert "It would put a neighbour in danger." in words


def test_who_asks_must_be_made_sure_of_and_only_the_lead_gives(lead: Person, navigator: Person) -> None:
    referral = a_referral(now=timezone.now())
    assert lead.post(at(referral, "held"), {"check": ""}).status_code == 400
    assert lead.get(at(referral, "held")).status_code == 200
    assert navigator.post(at(referral, "held"), CHECK).status_code == 403
    assert looks(referral, "export") == 0


@pytest.mark.parametrize("state", ["merged", "erased"])
def test_of_what_stands_for_another_or_is_gone_nothing_is_given_and_nothing_written(lead: Person, state: str) -> None:
    referral, other = a_referral(now=timezone.now()), a_referral(now=timezone.now())
    merged = {"merged_into": other} if state == "merged" else {}
    Referral.objects.filter(pk=referral.pk).update(state=state, **merged)
    answer = lead.post(at(referral, "held"), CHECK)
    assert answer.status_code == 403
    assert looks(referral, "export") == 0
    assert not Note.objects.exists()


def test_what_does_not_open_is_not_printed(navigator: Person, lead: Person, settings: Any) -> None:
    referral = a_referral(now=timezone.now())
    settings.REFERRAL_KEYS = []
    assert navigator.post(at(referral, "print")).status_code == 503
    assert lead.post(at(referral, "held"), CHECK).status_code == 503
