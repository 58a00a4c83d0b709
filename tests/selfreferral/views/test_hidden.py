"""What another holds is masked until a reason is given; what somebody knows is kept from them at every door."""

from typing import Any

import pytest
from django.utils import timezone

from portal.audit.models import AuditEvent
from selfreferral.actions.triage import claim, move
from selfreferral.deeds import DEEDS
from selfreferral.models import Acquaintance, Referral, Reveal
from selfreferral.reading import card_of
from selfreferral.refusals import Hidden, NotYours
from selfreferral.seeing.sight import Sight
from selfreferral.workflow import State
from tests.conftest import PASSWORD, Person
from tests.factories.selfreferral import a_referral, being_contacted, claimed, talked_with
from tests.factories.together import shared_as_of_now

pytestmark = pytest.mark.django_db
WORDS = ("energy people", "07700", "jo@example.org", "Example Jo", "After tea", "Safe contact")


def at(referral: Referral, deed: str = "") -> str:
    return f"/staff/referrals/{referral.reference}/" + (f"{deed}/" if deed else "")


def do(person: Person, referral: Referral, deed: str, **given: object) -> Any:
    referral.refresh_from_db()
    return person.post(at(referral, deed), {"seen_version": referral.version, **given})


def looks(referral: Referral) -> list[str]:
    found = AuditEvent.objects.about(referral).filter(action="selfreferral.look").order_by("pk")
    return [event.detail["purpose"] for event in found]


def knows(person: Person, referral: Referral) -> None:
    Acquaintance.objects.create(referral=referral, known_by=person.user, said_at=timezone.now())


def test_a_colleague_sees_that_it_is_there_and_who_holds_it_and_nothing_is_opened(
    navigator: Person, other_navigator: Person
) -> None:
    referral = claimed(by=navigator.user, now=timezone.now())
    response = other_navigator.get(at(referral))
    page = response.content.decode()
    assert response.status_code == 200
    assert not [word for word in WORDS if word in page]
    for shown in (referral.reference, referral.nickname, "Being read", "Navigator", "Why do you need to see it?"):
        assert shown in page
    assert looks(referral) == []


def test_a_reason_opens_it_to_read_and_no_more(navigator: Person, other_navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    assert other_navigator.post(at(referral, "reveal"), {}).status_code == 400
    assert do(other_navigator, referral, "reveal", why="cover").status_code == 302
    response = other_navigator.get(at(referral))
    assert "energy people" in response.content.decode()
    assert "you can read it for an hour" in response.content.decode()
    may_send = {deed.form.name for deed in DEEDS if Sight.READ_ONLY in deed.form.at_sight}
    assert set(response.context["forms"]) <= may_send
    assert looks(referral) == ["reveal", "view"]
    assert Reveal.objects.get().why == "cover"


def test_with_a_reason_or_without_no_deed_is_done_for_another(navigator: Person, other_navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    given = {"channel": "text", "outcome": "text_sent", "note": "WREN-NOTE"}
    for sentence in ("Say why you need to see it first", "you can read it and add notes, and no more"):
        response = do(other_navigator, referral, "attempt", **given)
        page = response.content.decode()
        assert response.status_code == 403
        assert sentence in page
        assert "WREN-NOTE" in page
        do(other_navigator, referral, "reveal", why="cover")
    assert not referral.attempts.exists()


def test_what_a_colleague_finished_is_opened_again_by_whoever_says_why(
    navigator: Person, other_navigator: Person
) -> None:
    referral = claimed(by=navigator.user, now=timezone.now())
    Referral.objects.filter(pk=referral.pk).update(state="closed")
    assert do(other_navigator, referral, "move", to="new", reason="They rang.").status_code == 403
    with pytest.raises(Hidden):
        move(
            referral=referral,
            to=State.NEW,
            reason="They rang.",
            seen_version=referral.version,
            by=other_navigator.user,
            now=timezone.now(),
        )
    do(other_navigator, referral, "reveal", why="rang")
    assert do(other_navigator, referral, "move", to="new", reason="They rang.").status_code == 302


def test_a_reason_lets_a_colleague_open_again_and_move_nothing_else(navigator: Person, other_navigator: Person) -> None:
    referral = talked_with(by=navigator.user, now=timezone.now())
    do(other_navigator, referral, "reveal", why="rang")
    assert "move" not in other_navigator.get(at(referral)).context["forms"]
    assert do(other_navigator, referral, "move", to="withdrawn", reason="They rang.").status_code == 403


def test_a_reason_lets_a_colleague_write_a_note_and_close_a_way(navigator: Person, other_navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    do(other_navigator, referral, "reveal", why="rang")
    assert do(other_navigator, referral, "note", words="She rang.").status_code == 302
    assert do(other_navigator, referral, "narrow", channels=["text"], why="She rang.").status_code == 302
    assert not card_of(referral).allowed


def test_what_nobody_holds_opens_at_once(navigator: Person, other_navigator: Person) -> None:
    referral = a_referral(now=timezone.now())
    for person in (navigator, other_navigator):
        assert "energy people" in person.get(at(referral)).content.decode()
    assert looks(referral) == ["view", "view"]


@pytest.mark.parametrize("who", ["navigator", "lead"])
def test_who_knows_the_person_gets_the_page_kindly_and_nothing_of_the_record(
    navigator: Person, lead: Person, who: str
) -> None:
    referral = claimed(by=navigator.user, now=timezone.now())
    person, other = (navigator, lead) if who == "navigator" else (lead, navigator)
    knows(person, referral)
    response = person.get(at(referral))
    page = response.content.decode()
    assert response.status_code == 403
    assert "You know this person" in page
    assert not [word for word in WORDS if word in page]
    assert ("ask Lead" in page) is (person is navigator)
    assert looks(referral) == []
    assert other.get(at(referral)).status_code == 200


@pytest.mark.parametrize("deed", [deed.form.name for deed in DEEDS])
@pytest.mark.parametrize("who", ["navigator", "lead"])
def test_who_knows_the_person_does_nothing_with_it(navigator: Person, lead: Person, deed: str, who: str) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    person = navigator if who == "navigator" else lead
    knows(person, referral)
    before = AuditEvent.objects.count()
    assert do(person, referral, deed, reason="WREN", words="WREN").status_code == 403
    assert AuditEvent.objects.count() == before


def test_who_knows_the_person_cannot_pick_them_up(navigator: Person) -> None:
    referral = a_referral(now=timezone.now())
    knows(navigator, referral)
    with pytest.raises(NotYours):
        claim(referral=referral, by=navigator.user, now=timezone.now())
    navigator.post(at(referral, "claim"))
    referral.refresh_from_db()
    assert referral.owner is None


def test_a_colleague_who_comes_too_late_keeps_what_was_typed(
    navigator: Person, other_navigator: Person, lead: Person
) -> None:
    """The lead gave it to somebody else while a note was being written."""
    referral = being_contacted(by=navigator.user, now=timezone.now())
    seen = referral.version
    do(lead, referral, "allocate", navigator=other_navigator.user.pk, reason="Lives nearer.", meeting="All of us.")
    given = {"seen_version": seen, "channel": "text", "outcome": "text_sent", "note": "WREN-NOTE"}
    response = navigator.post(at(referral, "attempt"), given)
    assert response.status_code == 403
    assert "WREN-NOTE" in response.content.decode()
    assert "energy people" not in response.content.decode()


def test_who_knows_the_person_neither_finds_nor_prints_nor_takes_out_nor_reads_what_is_shared(
    navigator: Person, lead: Person, partner: Person
) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    view = shared_as_of_now(partner.user, by=lead.user, referral=referral)
    for person in (navigator, lead, partner):
        knows(person, referral)
    for person in (navigator, lead):
        assert (
            referral.reference not in person.post("/staff/referrals/search/", {"typed": "Example Jo"}).content.decode()
        )
        assert person.post(at(referral, "print")).status_code == 403
    lead.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert lead.post(at(referral, "held"), {"check": "I asked.", "why": ""}).status_code == 403
    assert partner.get(f"/staff/shared/{view.pk}/").status_code == 403
    today = timezone.localdate()
    asked = {"since": today, "until": today, "why": "law", "letter": "CO 44/2026"}
    assert "Nobody asked in these days" in lead.post("/staff/referrals/people/", asked).content.decode()
    assert [purpose for purpose in looks(referral) if purpose != "search"] == []


def test_a_colleague_can_say_that_they_know_the_person_without_reading_it(
    navigator: Person, other_navigator: Person
) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    assert "I know this person" in other_navigator.get(at(referral)).content.decode()
    assert do(other_navigator, referral, "know").status_code == 302
    assert other_navigator.get(at(referral)).status_code == 403
    assert looks(referral) == []
