"""One referral on one page: the card is held to, the table is held to, and nothing typed is lost."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.audit.models import AuditEvent
from selfreferral.actions import returning
from selfreferral.contact.card import Channel
from selfreferral.models import Answer, ContactAttempt, PersonsWords, Referral
from selfreferral.workflow import State
from tests.conftest import Person
from tests.factories.selfreferral import FOR_MY_SISTER, a_referral, a_service, being_contacted, claimed, talked_with

pytestmark = pytest.mark.django_db


def at(referral: Referral, deed: str = "") -> str:
    return f"/staff/referrals/{referral.reference}/" + (f"{deed}/" if deed else "")


def do(person: Person, referral: Referral, deed: str, **given: object) -> Any:
    referral.refresh_from_db()
    return person.post(at(referral, deed), {"seen_version": referral.version, **given})


def test_a_page_shows_the_card_and_the_words_and_writes_the_look(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now(), **FOR_MY_SISTER)
    response = navigator.get(at(referral))
    page = response.content.decode()
    assert "somebody to ring the energy people" in page
    assert "sms:07700900123" in page
    assert "Somebody else said this, not the person" in page
    assert "no-store" in response["Cache-Control"]
    assert AuditEvent.objects.about(referral).filter(action="selfreferral.look").count() == 1


def test_there_is_no_button_for_a_way_that_is_not_safe(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    page = navigator.get(at(referral)).content.decode()
    assert "tel:" not in page
    assert "mailto:" not in page
    assert "jo@example.org" not in page
    form = navigator.get(at(referral)).context["forms"]["attempt"]
    assert [value for value, _ in form.fields["channel"].choices] == ["text"]


def test_the_server_refuses_it_too(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    for channel in set(Channel) - {Channel.TEXT}:
        response = do(navigator, referral, "attempt", channel=channel, outcome="no_answer", note="WREN-NOTE")
        assert response.status_code == 403
        assert "does not say that this way is safe" in response.content.decode()
        assert "WREN-NOTE" in response.content.decode()
    assert not ContactAttempt.objects.exists()


def test_an_override_takes_a_reason_and_opens_the_number(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    assert do(navigator, referral, "override", channel="ring", reason="").status_code == 400
    assert do(navigator, referral, "override", channel="ring", reason="A life is in danger.").status_code == 302
    page = navigator.get(at(referral)).content.decode()
    assert "tel:07700900123" in page
    assert do(navigator, referral, "attempt", channel="ring", outcome="no_answer").status_code == 302
    assert ContactAttempt.objects.get().was_override


def test_the_whole_way_from_new_to_signposted(navigator: Person) -> None:
    referral = a_referral(now=timezone.now())
    navigator.post(at(referral, "claim"))
    assert do(navigator, referral, "move", to="contacting", reason="Will text.").status_code == 302
    tomorrow = timezone.localdate() + timedelta(days=1)
    do(navigator, referral, "attempt", channel="text", outcome="text_sent", note="Hello", next_try_on=tomorrow)
    referral.refresh_from_db()
    assert referral.next_try_on == tomorrow
    talk = {"channel": "text", "outcome": "spoke_to_the_person", "how_known": "She knew it all", "note": "A good talk"}
    do(navigator, referral, "attempt", **talk)
    do(navigator, referral, "move", to="talking", reason="We spoke.")
    do(navigator, referral, "signpost", service=a_service().choice, words="Walked there on Fourth Street")
    assert do(navigator, referral, "move", to="signposted", reason="Happy with it.").status_code == 302
    referral.refresh_from_db()
    assert referral.state == State.SIGNPOSTED
    page = navigator.get(at(referral)).content.decode()
    assert "Helped to find Lantern Hall" in page
    assert "Walked there on Fourth Street" in page
    assert "We helped you find somewhere" in page


def test_only_the_tables_moves_are_offered(navigator: Person, lead: Person) -> None:
    referral = talked_with(by=navigator.user, now=timezone.now())

    def offered(person: Person) -> list[str]:
        return [value for value, _ in person.get(at(referral)).context["forms"]["move"].fields["to"].choices]

    assert offered(navigator) == ["signposted", "withdrawn"]
    assert offered(lead) == ["waiting", "active", "door_open", "closed", "withdrawn"]
    response = do(navigator, referral, "move", to="closed", reason="Done.")
    assert response.status_code == 403
    assert "Done." in response.content.decode()


def test_what_is_missing_is_said_and_what_was_typed_stays(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    response = do(navigator, referral, "move", to="talking", reason="WREN-REASON")
    assert response.status_code == 400
    assert "Write down a real talk with the person first" in response.content.decode()
    assert "WREN-REASON" in response.content.decode()


def test_a_stale_page_is_told_who_changed_it_and_can_be_sent_again(navigator: Person, lead: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    seen = referral.version
    do(lead, referral, "attempt", channel="text", outcome="text_sent")
    stale = {"seen_version": seen, "channel": "text", "outcome": "text_sent", "note": "WREN-NOTE"}
    response = navigator.post(at(referral, "attempt"), stale)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Lead changed this at" in page
    assert "WREN-NOTE" in page
    again = response.context["forms"]["attempt"].data
    assert navigator.post(at(referral, "attempt"), again).status_code == 302


def test_both_are_shown_what_changed_and_what_was_typed(navigator: Person, lead: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now() - timedelta(hours=1))
    opened = navigator.get(at(referral))
    page = opened.content.decode()
    seen = re.search(r'name="seen_at" value="([^"]+)"', page)
    assert seen
    assert "Meanwhile" not in page
    stale = {"seen_version": referral.version, "seen_at": seen[1], "to": "withdrawn", "reason": "WREN-REASON"}
    do(lead, referral, "attempt", channel="text", outcome="text_sent", note="LEADS-NOTE")
    response = navigator.post(at(referral, "move"), stale)
    assert response.status_code == 409
    assert [(entry.who, entry.words) for entry in response.context["meanwhile"]] == [("Lead", "LEADS-NOTE")]
    page = response.content.decode()
    assert page.index("Meanwhile") < page.index("LEADS-NOTE") < page.index("WREN-REASON") < page.index("Safe contact")
    assert page.count('id="move_reason"') == 1
    assert navigator.post(at(referral, "move"), response.context["forms"]["move"].data).status_code == 302


def test_what_the_person_wrote_meanwhile_is_said_to_be_theirs(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now() - timedelta(hours=1))
    seen, seen_at = referral.version, referral.changed_at
    returning._write_down(referral, PersonsWords.Kind.MORE, "Ring after six.", timezone.now())
    stale = {"seen_version": seen, "seen_at": seen_at.isoformat(), "channel": "text", "outcome": "text_sent"}
    response = navigator.post(at(referral, "attempt"), stale)
    assert response.status_code == 409
    assert "The person wrote to us at" in response.content.decode()
    assert [(entry.who, entry.words) for entry in response.context["meanwhile"]] == [("The person", "Ring after six.")]


@pytest.mark.parametrize("seen_at", ["", "x", "2026-99-99T99:99:99+00:00", "2026-11-18T10:00:00"])
def test_a_page_that_does_not_say_when_it_was_opened_is_told_who_changed_it(
    navigator: Person, lead: Person, seen_at: str
) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    stale = {"seen_version": referral.version - 1, "seen_at": seen_at, "to": "withdrawn", "reason": "WREN-REASON"}
    response = navigator.post(at(referral, "move"), stale)
    assert (response.status_code, response.context["meanwhile"]) == (409, [])
    assert "WREN-REASON" in response.content.decode()


def test_whoever_reads_keeps_it_by_what_they_do(navigator: Person) -> None:
    now = timezone.now()
    referral = claimed(by=navigator.user, now=now - timedelta(minutes=20))
    assert "Yours to read until" in navigator.get(at(referral)).content.decode()
    assert do(navigator, referral, "urgent", reason="No heating.").status_code == 302
    referral.refresh_from_db()
    assert referral.lease_until is not None
    assert referral.lease_until >= now + timedelta(minutes=30)
    assert referral.is_urgent
    assert do(navigator, referral, "not-urgent", reason="It works again.").status_code == 302


def test_a_button_keeps_it_for_longer(navigator: Person) -> None:
    now = timezone.now()
    referral = claimed(by=navigator.user, now=now - timedelta(minutes=20))
    assert do(navigator, referral, "renew").status_code == 302
    referral.refresh_from_db()
    assert referral.lease_until is not None
    assert referral.lease_until >= now + timedelta(minutes=30)
    referral = being_contacted(by=navigator.user, now=now)
    assert do(navigator, referral, "renew").status_code == 403


def test_a_lead_gives_it_to_a_navigator(lead: Person, navigator: Person) -> None:
    referral = a_referral(now=timezone.now())
    assert do(lead, referral, "allocate", navigator=navigator.user.pk, reason="Lives close.").status_code == 400
    given = {"navigator": navigator.user.pk, "reason": "Lives close.", "meeting": "I did alone, today."}
    assert do(lead, referral, "allocate", **given).status_code == 302
    referral.refresh_from_db()
    assert referral.owner == navigator.user


def test_a_holder_puts_it_back(navigator: Person) -> None:
    referral = claimed(by=navigator.user, now=timezone.now())
    assert do(navigator, referral, "release", reason="I know her.").status_code == 302
    referral.refresh_from_db()
    assert (referral.owner, referral.state) == (None, State.NEW)


def test_somebody_elses_is_not_touched(navigator: Person, other_navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    for deed, given in (
        ("attempt", {"channel": "text", "outcome": "text_sent"}),
        ("signpost", {"words": "Somewhere"}),
        ("release", {"reason": "Because."}),
        ("override", {"channel": "ring", "reason": "Because."}),
    ):
        assert do(other_navigator, referral, deed, **given).status_code == 403
    assert do(other_navigator, referral, "move", to="withdrawn", reason="Because.").status_code == 403
    referral.refresh_from_db()
    assert referral.state == State.CONTACTING


def test_words_that_do_not_open_are_not_half_shown(navigator: Person, settings: Any) -> None:
    referral = a_referral(now=timezone.now())
    Answer.objects.filter(referral=referral).update(sealed_answers=b"\x01" + bytes(300))
    response = navigator.get(at(referral))
    assert response.status_code == 503
    assert "does not open" in response.content.decode()
    settings.REFERRAL_KEYS = []
    assert navigator.get(at(referral)).status_code == 503


@pytest.mark.parametrize("reference", ["NOT-ONE", "zzz-zzz", "%00", "0000"])
def test_what_is_not_there_is_not_found(navigator: Person, reference: str) -> None:
    assert navigator.get(f"/staff/referrals/{reference}/").status_code == 404


def test_a_reference_can_be_typed_as_it_was_heard(navigator: Person) -> None:
    referral = a_referral(now=timezone.now())
    assert navigator.get(f"/staff/referrals/{referral.reference.replace('-', '').lower()}/").status_code == 200


def test_the_words_of_residents_are_shown_as_words(navigator: Person) -> None:
    referral = a_referral(now=timezone.now(), what_would_help="<script>alert(1)</script>")
    assert "<script>alert(1)" not in navigator.get(at(referral)).content.decode()


def test_a_long_history_asks_the_database_no_more(navigator: Person, django_assert_max_num_queries: Any) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    navigator.get(at(referral))
    with django_assert_max_num_queries(45):
        navigator.get(at(referral))
    for _ in range(8):
        do(navigator, referral, "attempt", channel="text", outcome="text_sent", note="Hello")
    navigator.get(at(referral))
    with django_assert_max_num_queries(45):
        navigator.get(at(referral))
