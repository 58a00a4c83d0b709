"""Somebody stops and comes back with six words, before and after it was sent."""

from datetime import timedelta

import pytest

from portal.audit.models import AuditEvent
from selfreferral import vault
from selfreferral.actions.allocation import allocate
from selfreferral.actions.drafts import leave, opened
from selfreferral.actions.looking import look
from selfreferral.actions.referrals import send_referral
from selfreferral.actions.returning import (
    ask_again,
    come_back,
    end_visit,
    keep_words,
    say,
    stop,
    visited,
    words_kept,
)
from selfreferral.models import DraftReferral, PersonsWords, Referral, ReturnDoor, ReturnVisit
from selfreferral.refusals import NoDraft, NotYours, SomethingMissing
from selfreferral.workflow import State
from tests.conftest import Person
from tests.factories.purging import purged
from tests.factories.selfreferral import FOR_MY_SISTER, WEDNESDAY, a_draft, talked_with

pytestmark = pytest.mark.django_db
LATER = WEDNESDAY + timedelta(days=3)


def sent_with_words(**changes: object) -> tuple[Referral, str]:
    """A request that was sent after its person took six words."""
    key = a_draft(**({"answers": changes["answers"]} if changes else {}))  # type: ignore[arg-type]
    words = keep_words(key=key, now=WEDNESDAY)
    return send_referral(key=key, now=WEDNESDAY), words


def back(words: str) -> str:
    key, is_draft = come_back(typed=words, now=LATER)
    assert not is_draft
    return key


def test_the_words_open_the_draft_on_another_phone_days_later() -> None:
    key = a_draft()
    words = keep_words(key=key, now=WEDNESDAY)
    there, is_draft = come_back(typed=words.upper(), now=LATER)
    assert (there, is_draft) == (key, True)
    assert opened(key=there, now=LATER)[1].answers["name"] == "Example Jo"


def test_asking_twice_gives_the_same_words() -> None:
    key = a_draft()
    words = keep_words(key=key, now=WEDNESDAY)
    assert keep_words(key=key, now=WEDNESDAY) == words == words_kept(key=key, now=WEDNESDAY)
    assert ReturnDoor.objects.count() == 1


def test_a_draft_without_words_is_gone_after_an_hour_and_one_with_words_after_seven_days() -> None:
    without, kept = a_draft(), a_draft()
    words = keep_words(key=kept, now=WEDNESDAY)
    assert purged(WEDNESDAY + timedelta(hours=2), "selfreferral.drafts") == 1
    with pytest.raises(NoDraft):
        opened(key=without, now=WEDNESDAY + timedelta(hours=2))
    come_back(typed=words, now=WEDNESDAY + timedelta(days=6, hours=23))
    with pytest.raises(NoDraft):
        come_back(typed=words, now=WEDNESDAY + timedelta(days=7, minutes=1))
    purged(WEDNESDAY + timedelta(days=7, minutes=1), "selfreferral.drafts_with_words")
    assert (DraftReferral.objects.count(), ReturnDoor.objects.count()) == (0, 0)


def test_leaving_keeps_the_draft_only_where_there_is_a_way_back() -> None:
    without, kept = a_draft(), a_draft()
    words = keep_words(key=kept, now=WEDNESDAY)
    leave(key=without)
    leave(key=kept)
    assert DraftReferral.objects.count() == 1
    assert come_back(typed=words, now=LATER)[1]


@pytest.mark.parametrize("typed", ["", "apple river", "apple river candle boat seven moss", "x" * 10_000])
def test_words_that_open_nothing_get_one_answer(typed: str) -> None:
    keep_words(key=a_draft(), now=WEDNESDAY)
    with pytest.raises(NoDraft):
        come_back(typed=typed, now=WEDNESDAY)


def test_nothing_in_the_database_opens_the_draft() -> None:
    key = a_draft()
    words = keep_words(key=key, now=WEDNESDAY)
    door = ReturnDoor.objects.get()
    kept = f"{door.finder}{bytes(door.sealed_key)!r}{bytes(door.sealed_words)!r}"
    assert key not in kept
    assert not any(f" {word} " in kept for word in words.split())


def test_after_sending_the_same_words_show_how_far_it_is() -> None:
    referral, words = sent_with_words()
    assert visited(key=back(words), now=LATER) == referral
    assert referral.public_label == "We have it"


def test_words_can_be_taken_after_sending_for_an_hour() -> None:
    key = a_draft()
    referral = send_referral(key=key, now=WEDNESDAY)
    words = keep_words(key=key, now=WEDNESDAY + timedelta(minutes=50))
    assert visited(key=back(words), now=LATER) == referral
    with pytest.raises(NoDraft):
        keep_words(key=key, now=WEDNESDAY + timedelta(hours=2))


def test_a_visit_ends_by_itself_and_when_they_leave() -> None:
    _, words = sent_with_words()
    key = back(words)
    with pytest.raises(NoDraft):
        visited(key=key, now=LATER + timedelta(minutes=31))
    end_visit(key=key)
    with pytest.raises(NoDraft):
        visited(key=key, now=LATER)
    back(words)
    back(words)
    come_back(typed=words, now=LATER + timedelta(hours=1))
    assert ReturnVisit.objects.count() == 1


def test_what_they_add_is_sealed_told_and_read(navigator: Person) -> None:
    referral, words = sent_with_words()
    say(key=back(words), kind=PersonsWords.Kind.WRONG, words="Ring 07700 900999 instead.", now=LATER)
    row = PersonsWords.objects.get()
    assert b"07700" not in bytes(row.sealed_words)
    referral.refresh_from_db()
    assert referral.wrote_at == LATER
    opened_up = look(referral=referral, by=navigator.user, now=LATER)
    assert any("07700 900999" in entry.words and entry.who == "The person" for entry in opened_up.history)
    referral.refresh_from_db()
    assert referral.wrote_at is None


def test_a_look_by_somebody_else_does_not_take_the_mark_away(navigator: Person, lead: Person) -> None:
    referral, words = sent_with_words()
    allocate(
        referral=referral,
        navigator=navigator.user,
        meeting="Monday, all of us.",
        reason="Near.",
        seen_version=referral.version,
        by=lead.user,
        now=LATER,
    )
    say(key=back(words), kind=PersonsWords.Kind.MORE, words="More.", now=LATER)
    referral.refresh_from_db()
    look(referral=referral, by=lead.user, now=LATER)
    referral.refresh_from_db()
    assert referral.wrote_at == LATER


def test_nothing_said_is_refused() -> None:
    _, words = sent_with_words()
    with pytest.raises(SomethingMissing, match="Write something"):
        say(key=back(words), kind=PersonsWords.Kind.MORE, words=" \u200b ", now=LATER)


def test_they_can_stop_us_and_come_again() -> None:
    referral, words = sent_with_words()
    key = back(words)
    stop(key=key, now=LATER)
    stop(key=key, now=LATER)
    referral.refresh_from_db()
    assert referral.where is State.WITHDRAWN
    ask_again(key=key, now=LATER)
    referral.refresh_from_db()
    assert (referral.where, referral.episode, referral.first_contact_at) == (State.NEW, 2, None)
    assert referral.due_at > LATER
    assert sorted(PersonsWords.objects.values_list("kind", flat=True)) == ["again", "stop"]
    assert AuditEvent.objects.about(referral).filter(action="selfreferral.person_stop").count() == 1


def test_they_can_stop_us_while_somebody_works_with_them(navigator: Person) -> None:
    referral = talked_with(by=navigator.user)
    door = ReturnDoor(finder="f", referral=referral, made_at=WEDNESDAY)
    door.seal_key("k", opener_key="k")
    door.seal_words("w", key="k")
    door.save(force_insert=True)
    ReturnVisit(finder=vault.draft_finder("v"), door=door, begun_at=WEDNESDAY).save()
    stop(key="v", now=WEDNESDAY)
    referral.refresh_from_db()
    assert referral.where is State.WITHDRAWN
    ask_again(key="v", now=WEDNESDAY + timedelta(minutes=9))
    referral.refresh_from_db()
    last = referral.allocations.last()
    assert last is not None
    assert (referral.owner, last.navigator, last.allocated_by) == (None, None, None)


def test_asking_again_while_it_is_open_is_refused() -> None:
    _, words = sent_with_words()
    key = back(words)
    assert ask_again(key=key, now=LATER).where is State.NEW
    Referral.objects.update(state=State.CONTACTING)
    with pytest.raises(NotYours, match="Ring us"):
        ask_again(key=key, now=LATER)


def test_somebody_who_asked_for_another_may_add_and_not_stop() -> None:
    _, words = sent_with_words(answers=FOR_MY_SISTER)
    key = back(words)
    say(key=key, kind=PersonsWords.Kind.MORE, words="She has moved.", now=LATER)
    with pytest.raises(NotYours):
        stop(key=key, now=LATER)
