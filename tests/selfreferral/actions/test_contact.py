"""Nobody is reached in a way that they did not call safe, and only a real talk stops the clock."""

from datetime import date, timedelta

import pytest

from portal.accounts.models import User
from portal.audit.models import AuditEvent
from selfreferral.actions.contact import override_channel, record_attempt, record_coming, signpost
from selfreferral.actions.triage import move
from selfreferral.contact.card import Channel
from selfreferral.contact.outcomes import Outcome
from selfreferral.models import ChannelOverride, ContactAttempt, Referral, Signpost
from selfreferral.reading import read
from selfreferral.refusals import ChangedMeanwhile, ChannelNotSafe, NotYours, SomethingMissing
from selfreferral.workflow import State
from tests.conftest import Person
from tests.factories.selfreferral import FOR_MY_SISTER, WEDNESDAY, a_service, being_contacted, claimed, talked_with

pytestmark = pytest.mark.django_db
LATER = WEDNESDAY + timedelta(hours=1)
TOMORROW = date(2026, 11, 19)


def attempt(referral: Referral, channel: Channel, outcome: Outcome, by: User, **more: object) -> ContactAttempt:
    given = {
        "note": "A note.",
        "answered": "A man",
        "how_known": "Knew it all.",
        "seen_version": referral.version,
        "now": LATER,
        **more,
    }
    return record_attempt(referral=referral, channel=channel, outcome=outcome, by=by, **given)  # type: ignore[arg-type]


def test_a_try_is_written_down_and_the_next_one_is_kept(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    row = attempt(referral, Channel.TEXT, Outcome.TEXT_SENT, navigator.user, next_try_on=TOMORROW)
    assert (referral.next_try_on, row.was_override, str(row)) == (TOMORROW, False, "text: text_sent")
    assert referral.first_contact_at is None
    attempt(referral, Channel.TEXT, Outcome.TEXT_SENT, navigator.user)
    assert referral.next_try_on == TOMORROW
    event = AuditEvent.objects.about(referral).filter(action="selfreferral.record_attempt").first()
    assert event is not None
    assert event.detail == {"override": False}


def an_open_door(by: User) -> Referral:
    referral = talked_with(by=by)
    given = {"state": State.DOOR_OPEN, "next_try_on": TOMORROW}
    Referral.objects.filter(pk=referral.pk).update(**given)
    referral.refresh_from_db()
    return referral


def test_a_talk_at_an_open_door_keeps_the_day_to_try_again(navigator: Person) -> None:
    referral = an_open_door(navigator.user)
    attempt(referral, Channel.TEXT, Outcome.SPOKE_TO_THE_PERSON, navigator.user)
    assert referral.next_try_on == TOMORROW
    come(referral, navigator.user)
    assert referral.next_try_on == TOMORROW
    come(referral, navigator.user, next_try_on=date(2026, 12, 1))
    assert referral.next_try_on == date(2026, 12, 1)


def test_a_talk_ends_the_wait_elsewhere(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    attempt(referral, Channel.TEXT, Outcome.TEXT_SENT, navigator.user, next_try_on=TOMORROW)
    come(referral, navigator.user)
    assert referral.next_try_on is None


def come(referral: Referral, by: User, **more: object) -> ContactAttempt:
    given = {"note": "Came in.", "how_known": "We met.", "seen_version": referral.version, "now": LATER, **more}
    return record_coming(referral=referral, by=by, **given)  # type: ignore[arg-type]


def test_whoever_comes_by_themselves_has_talked_with_us_whatever_the_card_says(navigator: Person) -> None:
    referral = claimed(by=navigator.user, safe_text="no", safe_visit="yes", place="The food table")
    row = come(referral, navigator.user)
    assert (row.get_channel_display(), row.was_override) == ("They came to us, or rang", False)
    assert referral.first_contact_at == LATER
    entry = next(one for one in read(referral, by=navigator.user, now=LATER).history if one.at == LATER)
    assert "Came in." in entry.words


def test_coming_is_no_try_of_ours(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    come(referral, navigator.user)
    assert list(referral.attempts.by_us()) == []


def test_only_whoever_holds_it_writes_that_they_came_and_says_how_they_knew_them(
    navigator: Person, other_navigator: Person
) -> None:
    referral = being_contacted(by=navigator.user)
    with pytest.raises(NotYours):
        come(referral, other_navigator.user)
    with pytest.raises(SomethingMissing, match="how you knew"):
        come(referral, navigator.user, how_known=" ")
    with pytest.raises(SomethingMissing, match="today or later"):
        come(referral, navigator.user, next_try_on=date(2026, 11, 1))
    with pytest.raises(ChangedMeanwhile):
        come(referral, navigator.user, seen_version=99)
    withdraw(referral, navigator.user)
    with pytest.raises(NotYours, match="finished"):
        come(referral, navigator.user)
    assert not referral.attempts.exists()


def withdraw(referral: Referral, by: User) -> None:
    move(referral=referral, to=State.WITHDRAWN, reason="No.", seen_version=referral.version, by=by, now=LATER)


def test_only_a_real_talk_stops_the_clock(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    overdue = referral.due_at + timedelta(hours=1)
    attempt(referral, Channel.TEXT, Outcome.TEXT_SENT, navigator.user, next_try_on=TOMORROW)
    assert referral.is_overdue(overdue)
    attempt(referral, Channel.TEXT, Outcome.SPOKE_TO_THE_PERSON, navigator.user)
    assert referral.first_contact_at == LATER
    assert referral.next_try_on is None
    assert not referral.is_overdue(overdue)
    assert not Referral.objects.overdue(now=overdue).exists()
    attempt(referral, Channel.TEXT, Outcome.SPOKE_TO_THE_PERSON, navigator.user, now=LATER + timedelta(hours=1))
    assert referral.first_contact_at == LATER


@pytest.mark.parametrize("channel", sorted(set(Channel) - {Channel.TEXT}))
def test_the_server_refuses_every_way_that_is_not_a_yes(navigator: Person, lead: Person, channel: Channel) -> None:
    referral = being_contacted(by=navigator.user)
    for user in (navigator.user, lead.user):
        with pytest.raises(ChannelNotSafe):
            attempt(referral, channel, Outcome.NO_ANSWER, user)
    assert not ContactAttempt.objects.exists()


def test_through_the_person_who_told_us_when_that_is_the_safe_way(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, **FOR_MY_SISTER)
    attempt(referral, Channel.REFERRER, Outcome.SPOKE_TO_THE_REFERRER, navigator.user)
    assert referral.first_contact_at is None


def test_an_override_needs_a_reason_and_lasts_an_hour_for_one_worker(navigator: Person, lead: Person) -> None:
    referral = being_contacted(by=navigator.user)
    with pytest.raises(SomethingMissing):
        override_channel(referral=referral, channel=Channel.RING, reason=" ", by=navigator.user, now=LATER)
    row = override_channel(
        referral=referral, channel=Channel.RING, reason="A life is in danger.", by=navigator.user, now=LATER
    )
    assert str(row) == "ring"
    with pytest.raises(ChannelNotSafe):
        attempt(referral, Channel.RING, Outcome.NO_ANSWER, lead.user)
    with pytest.raises(ChannelNotSafe):
        attempt(referral, Channel.EMAIL, Outcome.EMAIL_SENT, navigator.user)
    with pytest.raises(ChannelNotSafe):
        attempt(referral, Channel.RING, Outcome.NO_ANSWER, navigator.user, now=LATER + timedelta(hours=1))
    assert attempt(referral, Channel.RING, Outcome.NO_ANSWER, navigator.user).was_override


def test_an_override_is_for_what_the_card_bars_and_we_have(navigator: Person, other_navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    for channel, why in ((Channel.TEXT, "allows this way already"), (Channel.POST, "given nothing")):
        with pytest.raises(SomethingMissing, match=why):
            override_channel(referral=referral, channel=channel, reason="Danger.", by=navigator.user, now=LATER)
    with pytest.raises(NotYours):
        override_channel(referral=referral, channel=Channel.RING, reason="Danger.", by=other_navigator.user, now=LATER)
    assert not ChannelOverride.objects.exists()


def test_nobody_reaches_out_before_it_is_read_or_after_stop(navigator: Person) -> None:
    for referral in (claimed(by=navigator.user), being_contacted(by=navigator.user)):
        if referral.state == State.CONTACTING:
            Referral.objects.filter(pk=referral.pk).update(state=State.WITHDRAWN)
            referral.refresh_from_db()
        with pytest.raises(NotYours, match="not the time"):
            attempt(referral, Channel.TEXT, Outcome.TEXT_SENT, navigator.user)
        with pytest.raises(NotYours):
            signpost(referral=referral, service=None, words="Somewhere", by=navigator.user, now=LATER)


def test_only_the_holder_or_the_lead_reaches_out(navigator: Person, other_navigator: Person, lead: Person) -> None:
    referral = being_contacted(by=navigator.user)
    with pytest.raises(NotYours, match="Pick this up first"):
        attempt(referral, Channel.TEXT, Outcome.TEXT_SENT, other_navigator.user)
    attempt(referral, Channel.TEXT, Outcome.TEXT_SENT, lead.user)


def test_what_cannot_be_is_refused(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    with pytest.raises(SomethingMissing, match="cannot come of this way"):
        attempt(referral, Channel.TEXT, Outcome.LETTER_SENT, navigator.user)
    with pytest.raises(SomethingMissing, match="today or later"):
        attempt(referral, Channel.TEXT, Outcome.TEXT_SENT, navigator.user, next_try_on=date(2026, 11, 17))
    with pytest.raises(ChangedMeanwhile):
        attempt(referral, Channel.TEXT, Outcome.TEXT_SENT, navigator.user, seen_version=0)
    assert not ContactAttempt.objects.exists()


def test_who_answered_is_written_down_when_it_was_somebody_else(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, safe_ring="yes")
    with pytest.raises(SomethingMissing, match="who answered"):
        attempt(referral, Channel.RING, Outcome.SOMEONE_ELSE_ANSWERED, navigator.user, answered=" ")
    row = attempt(referral, Channel.RING, Outcome.SOMEONE_ELSE_ANSWERED, navigator.user, answered="KESTREL")
    assert b"KESTREL" not in bytes(row.sealed_answered)
    assert "KESTREL" in read(referral, by=navigator.user, now=LATER).history[0].words


def test_a_talk_says_how_we_knew_that_it_was_them(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    with pytest.raises(SomethingMissing, match="how you knew"):
        attempt(referral, Channel.TEXT, Outcome.SPOKE_TO_THE_PERSON, navigator.user, how_known="")
    assert referral.first_contact_at is None
    attempt(referral, Channel.TEXT, Outcome.SPOKE_TO_THE_PERSON, navigator.user, how_known="By the dog's name.")
    assert "By the dog's name." in read(referral, by=navigator.user, now=LATER).history[0].words


def test_signposting_takes_a_service_and_a_day_that_is_not_past(navigator: Person) -> None:
    referral = talked_with(by=navigator.user)
    with pytest.raises(SomethingMissing, match="Choose where in the directory"):
        signpost(referral=referral, service=None, words="By bus.", by=navigator.user, now=LATER)
    yesterday = date(2026, 11, 17)
    with pytest.raises(SomethingMissing, match="today or later"):
        signpost(
            referral=referral,
            service=a_service(),
            words="By bus.",
            follow_up_on=yesterday,
            by=navigator.user,
            now=LATER,
        )
    assert not Signpost.objects.exists()


@pytest.mark.parametrize("lacking", ["referral", "council", "sharing"])
def test_the_council_is_told_only_with_all_three_consents(navigator: Person, lacking: str) -> None:
    worker = {**FOR_MY_SISTER, "for_whom": "worker", "person_knows": "agreed"}
    given = [consent for consent in ("referral", "council", "sharing") if consent != lacking]
    for consents in ([], given):
        referral = talked_with(by=navigator.user, **worker, duty_consents=consents)
        with pytest.raises(SomethingMissing, match="all three"):
            signpost(
                referral=referral,
                service=None,
                words="Sent the form.",
                is_duty_to_refer=True,
                by=navigator.user,
                now=LATER,
            )
    referral = talked_with(by=navigator.user, **worker, duty_consents=[*given, lacking])
    row = signpost(
        referral=referral, service=None, words="Sent the form.", is_duty_to_refer=True, by=navigator.user, now=LATER
    )
    assert row.is_duty_to_refer
    # To tell the council is no service of the directory: the move to "signposted" takes one.
    assert not Signpost.objects.to_a_service(episode=1).exists()


def test_somewhere_to_go_is_written_in_words(navigator: Person) -> None:
    referral = talked_with(by=navigator.user)
    service = a_service("KESTREL-HALL")
    with pytest.raises(SomethingMissing, match="how you helped"):
        signpost(referral=referral, service=service, words="", by=navigator.user, now=LATER)
    row = signpost(referral=referral, service=service, words="KESTREL-CANARY", by=navigator.user, now=LATER)
    assert b"KESTREL" not in bytes(Signpost.objects.get().sealed_words)
    assert str(row) == str(referral.pk)


def test_nobody_is_put_off_for_more_than_a_year(navigator: Person) -> None:
    far = {"next_try_on": date(2099, 1, 1)}
    referral = being_contacted(by=navigator.user)
    with pytest.raises(SomethingMissing, match="within a year"):
        attempt(referral, Channel.TEXT, Outcome.TEXT_SENT, navigator.user, **far)
    with pytest.raises(SomethingMissing, match="within a year"):
        come(referral, navigator.user, **far)
    assert not ContactAttempt.objects.exists()
