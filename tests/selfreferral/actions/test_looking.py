"""Nobody looks without it being written, and what was changed behind our back does not open."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.audit.models import AuditEvent
from selfreferral.actions import looking
from selfreferral.actions.contact import override_channel
from selfreferral.actions.looking import look, write_look
from selfreferral.actions.merging import merge, unmerge
from selfreferral.contact.card import Channel
from selfreferral.models import Answer, TriageDecision
from selfreferral.refusals import NotYours
from selfreferral.seeing.looked_at import looked_at
from selfreferral.seeing.looks import watched
from selfreferral.seeing.sight import Purpose
from selfreferral.seeing.telling import told
from selfreferral.vault import CannotOpen
from tests.conftest import Person, member_of_staff
from tests.factories.selfreferral import FOR_MY_SISTER, WEDNESDAY, a_referral, being_contacted, claimed, talked_with

pytestmark = pytest.mark.django_db


def test_a_look_is_written_down(navigator: Person) -> None:
    referral = a_referral()
    opened = look(referral=referral, by=navigator.user, now=WEDNESDAY)
    assert opened.name == "Example Jo"
    event = AuditEvent.objects.about(referral).get(action="selfreferral.look")
    assert (event.done_by, event.detail) == (str(navigator.user.pk), {"purpose": "view", "whose": "nobodys"})


def test_each_request_that_opens_has_its_look_also_when_it_is_taken_apart(navigator: Person, lead: Person) -> None:
    held, one, two = being_contacted(by=navigator.user), a_referral(), a_referral()
    for referral, into in ((one, two), (two, held)):
        referral.refresh_from_db()
        merge(referral=referral, into=into, reason="So.", seen_version=referral.version, by=lead.user, now=WEDNESDAY)
    held.refresh_from_db()
    look(referral=held, by=lead.user, now=WEDNESDAY)
    beside = {"purpose": "view", "whose": "anothers", "beside": held.reference}
    looks = AuditEvent.objects.called("selfreferral.look")
    for referral in (one, two):
        assert looks.about(referral).get().detail == beside
    assert looks.about(held).get().detail == {"purpose": "view", "whose": "anothers"}
    assert [looked_at(referral).times for referral in (held, one, two)] == [1, 1, 1]
    week = watched(WEDNESDAY.date() - timedelta(days=400), timezone.localdate())
    assert [(line.anothers, line.people) for line in week] == [(1, 1)]
    one.refresh_from_db()
    unmerge(referral=one, reason="Her sister.", seen_version=one.version, by=lead.user, now=WEDNESDAY)
    assert looked_at(one).times == 1
    assert "read it." in told(one, looks.about(one), today=timezone.localdate())
    look(referral=held, by=lead.user, now=WEDNESDAY)
    assert [looked_at(referral).times for referral in (held, one, two)] == [2, 1, 2]


def test_no_writing_no_look(navigator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    read = False

    def broken(**_: Any) -> None:
        raise DatabaseError

    def spy(*_: Any, **__: Any) -> None:
        nonlocal read
        read = True

    monkeypatch.setattr(looking, "record", broken)
    monkeypatch.setattr(looking, "read", spy)
    with pytest.raises(DatabaseError):
        look(referral=a_referral(), by=navigator.user, now=WEDNESDAY)
    assert not read


def test_who_may_not_see_does_not_look(administrator: Person) -> None:
    referral = a_referral()
    with pytest.raises(NotYours):
        look(referral=referral, by=administrator.user, now=WEDNESDAY)
    assert not AuditEvent.objects.filter(action="selfreferral.look").exists()


def test_no_number_is_shown_for_a_way_that_is_not_safe(navigator: Person) -> None:
    opened = look(referral=being_contacted(by=navigator.user), by=navigator.user, now=WEDNESDAY)
    ways = {way.channel: way for way in opened.ways}
    assert ways[Channel.TEXT].url == "sms:07700900123"
    assert ways[Channel.TEXT].detail == "07700 900123"
    for channel in set(Channel) - {Channel.TEXT}:
        assert (ways[channel].detail, ways[channel].url, ways[channel].may_use) == ("", "", False)
    assert ways[Channel.RING].said == "Not safe"
    assert ways[Channel.EMAIL].said == "Not answered: counts as no"
    assert [way.channel for way in opened.usable] == [Channel.TEXT]
    assert [way.channel for way in opened.barred] == [Channel.RING, Channel.VOICEMAIL, Channel.EMAIL]
    assert Channel.REFERRER not in {way.channel for way in opened.shown}


def test_a_voicemail_without_leave_to_ring_says_why_not(navigator: Person) -> None:
    opened = look(referral=a_referral(safe_voicemail="yes"), by=navigator.user, now=WEDNESDAY)
    assert next(way for way in opened.ways if way.channel is Channel.VOICEMAIL).said == "Not safe: it starts as a ring"


def test_an_override_opens_the_number_for_the_one_who_gave_the_reason(navigator: Person, lead: Person) -> None:
    referral = being_contacted(by=navigator.user)
    override_channel(referral=referral, channel=Channel.RING, reason="Danger.", by=navigator.user, now=WEDNESDAY)
    mine = look(referral=referral, by=navigator.user, now=WEDNESDAY)
    assert next((way.channel, way.is_override, way.url) for way in mine.usable) == (
        Channel.RING,
        True,
        "tel:07700900123",
    )
    assert [way.channel for way in look(referral=referral, by=lead.user, now=WEDNESDAY).usable] == [Channel.TEXT]


def test_who_told_us_stands_apart_and_their_number_is_on_the_card_only(navigator: Person) -> None:
    opened = look(referral=being_contacted(by=navigator.user, **FOR_MY_SISTER), by=navigator.user, now=WEDNESDAY)
    assert [line.value for line in opened.referrer] == ["Example Ann", "Her sister", "Yes, but they have not said yes"]
    assert "What should" not in str(opened.story)
    assert next(way for way in opened.shown if way.channel is Channel.REFERRER).detail == "07700 900456"


def test_all_that_was_done_is_told_newest_first(navigator: Person) -> None:
    referral = talked_with(by=navigator.user)
    told = [entry.what for entry in look(referral=referral, by=navigator.user, now=WEDNESDAY).history]
    assert {"New → Being read", "Held by Navigator", "Being contacted → Talking", "New"} <= set(told)
    assert "Text: Spoke with the person, both ways" in told


def test_tampered_words_do_not_open(navigator: Person) -> None:
    referral = a_referral()
    Answer.objects.filter(referral=referral).update(sealed_answers=b"\x01" + bytes(300))
    with pytest.raises(CannotOpen):
        look(referral=referral, by=navigator.user, now=WEDNESDAY)


def test_one_reason_copied_over_another_does_not_open(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    first, second = referral.decisions.order_by("pk")[:2]
    TriageDecision.objects.filter(pk=first.pk).update(sealed_reason=second.sealed_reason)
    with pytest.raises(CannotOpen):
        look(referral=referral, by=navigator.user, now=WEDNESDAY)


def test_a_look_that_could_be_undone_is_no_look(navigator: Person) -> None:
    """Inside another transaction the append would go with it, so nothing is opened there."""
    referral = a_referral()
    with transaction.atomic(), pytest.raises(RuntimeError):
        look(referral=referral, by=navigator.user, now=WEDNESDAY)
    with transaction.atomic(), pytest.raises(RuntimeError):
        write_look(purpose=Purpose.SEARCH, by=navigator.user, found=1)
    assert not AuditEvent.objects.called("selfreferral.look").exists()


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_look_says_what_it_was_for_and_whose_it_was(navigator: Person, purpose: Purpose) -> None:
    write_look(purpose=purpose, by=navigator.user, referral=claimed(by=navigator.user))
    detail = AuditEvent.objects.called("selfreferral.look").get().detail
    assert detail == {"purpose": purpose.value, "whose": "own"}


def test_a_look_asks_the_history_nothing(navigator: Person) -> None:
    """One plain append, with no chain to follow: looks do not wait for one another."""
    referral = a_referral()
    with CaptureQueriesContext(connection) as queries:
        write_look(purpose=Purpose.VIEW, by=navigator.user, referral=referral)
    told = [query["sql"] for query in queries if "audit_" in query["sql"]]
    assert len(told) == 1
    assert told[0].startswith("INSERT INTO")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_look_is_stored_for_good_before_anything_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """As another connection sees it at the moment at which words are about to be opened."""
    navigator, referral = member_of_staff("navigator", "navigator"), a_referral()
    seen: list[int] = []
    real = looking.read

    def another_connection(*asked: Any, **more: Any) -> Any:
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM audit_auditevent WHERE action = 'selfreferral.look'")
            seen.append(cursor.fetchone()[0])
        other.close()
        return real(*asked, **more)

    monkeypatch.setattr(looking, "read", another_connection)
    look(referral=referral, by=navigator.user, now=WEDNESDAY)
    assert seen == [1]
