"""What is theirs is opened after a written look, kept back where that must be, and handed out."""

import json
from typing import Any

import pytest
from django.utils import timezone

from portal.audit.models import AuditEvent
from portal.privacy.people import Clues
from portal.refusals import Refused
from portal.rights import paper
from portal.rights.actions.giving import choose, hand_out, take_picture
from portal.rights.gathering import Gathered, gather
from portal.rights.models import HandOut, ItemChoice, SubjectRequest
from selfreferral.actions.acquaintances import say_i_know_them
from selfreferral.refusals import NotYours
from selfreferral.seeing.sight import LOOK
from tests.conftest import Person
from tests.factories.newsletter import a_reader
from tests.factories.rights import (
    WREN,
    being_decided,
    being_looked_for,
    somebody_everywhere,
)
from tests.factories.selfreferral import FOR_MY_SISTER, a_referral
from tests.paper import words_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SISTERS = Clues(email="jo@example.org")


def open_all(request: SubjectRequest, by: Person) -> Gathered:
    return gather(request=request, by=by.user, now=NOW)


def said_in(gathered: Gathered) -> str:
    return "\n".join(one.item.words for one in gathered.laid)


def test_what_is_theirs_is_opened_after_a_look_was_written(lead: Person, coordinator: Person) -> None:
    there = somebody_everywhere(by=coordinator.user)
    request = being_decided(by=lead.user)
    before = AuditEvent.objects.called(LOOK).about(there.referral).count()
    told = said_in(open_all(request, lead))
    for words in ("Wren canary words about the bins.", "Wren canary would like company.", WREN, "Canary Hall"):
        assert words in told
    look = AuditEvent.objects.called(LOOK).about(there.referral).latest("pk")
    assert AuditEvent.objects.called(LOOK).about(there.referral).count() == before + 1
    assert (look.detail["purpose"], look.detail["request"]) == ("rights", request.reference)
    assert AuditEvent.objects.called("rights.look").count() == 5


def test_what_is_not_theirs_and_what_is_not_decided_stays_shut(lead: Person, coordinator: Person) -> None:
    somebody_everywhere(by=coordinator.user)
    request = being_decided(by=lead.user, theirs=["newspaper"])
    assert {part.record.room for part in open_all(request, lead).parts} == {"newspaper"}
    with pytest.raises(Refused, match="Say first"):
        open_all(being_looked_for(by=lead.user), lead)


def test_words_of_another_and_risks_are_thought_about_first(lead: Person) -> None:
    a_referral(now=NOW, **FOR_MY_SISTER)
    request = being_decided(by=lead.user, clues=SISTERS)
    gathered = open_all(request, lead)
    assert {one.item.doubt for one in gathered.undecided} == {"third_party"}
    assert any("Example Ann" in one.item.words for one in gathered.undecided)
    with pytest.raises(Refused, match="Decide first"):
        hand_out(request=request, form="file", by=lead.user, now=NOW)


def test_one_is_kept_back_with_the_law_and_the_rest_is_handed_out(lead: Person) -> None:
    a_referral(now=NOW, **FOR_MY_SISTER)
    request = being_decided(by=lead.user, clues=SISTERS)
    first, *others = open_all(request, lead).undecided
    said = {first.number: "third_party", **{one.number: "give" for one in others}}
    assert choose(request=request, chosen=said, by=lead.user, now=NOW) == len(said)
    assert choose(request=request, chosen=said, by=lead.user, now=NOW) == 0
    gathered = hand_out(request=request, form="file", by=lead.user, now=NOW)
    told = json.loads(paper.as_file(request, gathered, at=NOW))
    [kept] = told["kept_back"]
    assert kept["law"] == "Data Protection Act 2018, schedule 2, paragraph 16"
    assert first.item.words not in json.dumps(told["held"], ensure_ascii=False)
    assert "to ring the energy people" in json.dumps(told["held"])
    assert told["what_for_and_how_long"]
    assert paper.as_pages(request, gathered, at=NOW).startswith(b"%PDF")
    [out] = HandOut.objects.all()
    assert out.kept_back == {"third_party": 1}
    assert len(out.given) == len(gathered.given)
    assert "energy" not in str(list(HandOut.objects.values()))


def test_how_long_each_thing_is_kept_is_said_in_words_and_by_no_name_of_a_period(
    lead: Person, coordinator: Person, settings: Any
) -> None:
    settings.KEEP_COMMENTS_YEARS = 4
    somebody_everywhere(by=coordinator.user)
    request = being_decided(by=lead.user, theirs=["comments", "newspaper", "directory"])
    gathered = open_all(request, lead)
    told = json.loads(paper.as_file(request, gathered, at=NOW))
    pages = words_of(paper.as_pages(request, gathered, at=NOW))
    for words in (str(told["what_for_and_how_long"]).replace("{'", "").replace("'}", ""), pages):
        assert "4 years" in words
        assert "{" not in words
    assert told["not_opened"].endswith("It is deleted after 7 days.")


def test_choices_are_refused_for_strange_items_and_reasons(lead: Person) -> None:
    a_reader(WREN)
    request = being_decided(by=lead.user)
    record = request.found.get()
    for number, said in (
        (f"{record.pk}:{'a' * 16}", "bored"),
        (f"{record.pk}:x", "give"),
        ("9999:" + "a" * 16, "give"),
    ):
        with pytest.raises(Refused):
            choose(request=request, chosen={number: said}, by=lead.user, now=NOW)
    with pytest.raises(Refused, match="is decided while"):
        choose(request=being_looked_for(by=lead.user), chosen={}, by=lead.user, now=NOW)
    with pytest.raises(Refused, match="no picture"):
        take_picture(record=record, by=lead.user, now=NOW)
    assert not ItemChoice.objects.exists()


def test_a_lead_who_knows_the_person_opens_nothing(lead: Person) -> None:
    referral = a_referral(now=NOW, email=WREN)
    request = being_decided(by=lead.user)
    say_i_know_them(referral=referral, by=lead.user, now=NOW)
    with pytest.raises(NotYours):
        open_all(request, lead)


def test_somebody_who_works_here_is_told_what_they_did(lead: Person, administrator: Person) -> None:
    request = being_decided(by=lead.user, clues=Clues(email=administrator.user.email))
    AuditEvent.objects.create(action="accounts.try", done_at=NOW, done_by=str(administrator.user.pk))
    told = open_all(request, lead)
    assert "accounts.try" in {one.item.label for one in told.laid}
    assert administrator.user.password not in said_in(told)
