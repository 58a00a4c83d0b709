"""Two requests of one person become one to work with; nothing moves, and for a week it comes apart again."""

from datetime import timedelta
from typing import Any

import pytest

from portal.accounts.models import User
from portal.audit.models import AuditEvent
from selfreferral.actions.acquaintances import lift_acquaintance, say_i_know_them
from selfreferral.actions.merging import merge, unmerge
from selfreferral.actions.record import write_note
from selfreferral.actions.triage import move
from selfreferral.actions.urgency import mark_urgent
from selfreferral.contact.card import Channel
from selfreferral.models import Answer, BlindMark, Note, Referral, TriageDecision
from selfreferral.queue.pressing import CANNOT_WAIT
from selfreferral.reading import card_of, read
from selfreferral.refusals import ChangedMeanwhile, NotYours, SomethingMissing
from selfreferral.seeing.eyes import sight
from selfreferral.seeing.sight import Sight
from selfreferral.workflow import State
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_referral, being_contacted, claimed, talked_with

pytestmark = pytest.mark.django_db
LATER = WEDNESDAY + timedelta(hours=1)


def put_together(referral: Referral, into: Referral, by: User, **more: Any) -> TriageDecision:
    given = {"reason": "The same number.", "seen_version": referral.version, "now": LATER, **more}
    return merge(referral=referral, into=into, by=by, **given)


def take_apart(referral: Referral, by: User, **more: Any) -> TriageDecision:
    given = {"reason": "Her sister.", "seen_version": referral.version, "now": LATER, **more}
    return unmerge(referral=referral, by=by, **given)


def fresh(referral: Referral) -> Referral:
    return Referral.objects.get(pk=referral.pk)


def counts() -> list[int]:
    return [model.objects.count() for model in (Answer, BlindMark, Note, Referral)]


def test_it_becomes_a_link_and_no_row_moves(navigator: Person, lead: Person) -> None:
    one, other = claimed(by=navigator.user), being_contacted(by=navigator.user)
    write_note(referral=one, words="In the first.", by=navigator.user, now=LATER)
    before = counts()
    put_together(one, other, lead.user)
    assert (one.state, one.merged_into, one.owner) == (State.MERGED, other, None)
    assert counts() == before
    assert one.notes.count() == 1
    assert fresh(other).owner == navigator.user
    assert one.public_label == "We are trying to reach you in the way you said"
    event = AuditEvent.objects.about(one).get(action="selfreferral.merge")
    assert event.detail == {"into": other.reference}


def test_the_page_of_the_other_shows_both_histories(navigator: Person, lead: Person) -> None:
    one = claimed(by=navigator.user, what_would_help="Example: the first words.")
    other = claimed(by=navigator.user)
    write_note(referral=one, words="In the first.", by=navigator.user, now=LATER)
    put_together(one, other, lead.user)
    opened = read(fresh(other), by=navigator.user, now=LATER)
    assert [(merged.referral, merged.story[1].value) for merged in opened.merged] == [
        (one, "Example: the first words.")
    ]
    assert ("In the first.", one.reference) in {(entry.words, entry.of) for entry in opened.history}
    assert [(note.words, note.of) for note in opened.record.notes] == [("In the first.", one.reference)]
    assert opened.same == ()


def test_what_the_one_calls_unsafe_is_closed_on_the_other(navigator: Person, lead: Person) -> None:
    one, other = a_referral(safe_text="no", safe_email="yes"), being_contacted(by=navigator.user, safe_ring="yes")
    assert card_of(other).allowed == (Channel.RING, Channel.TEXT)
    put_together(one, other, lead.user)
    # Ringing is a "no" on the first too: of the same number.
    assert card_of(fresh(other)).allowed == ()
    take_apart(one, lead.user)
    assert card_of(fresh(other)).allowed == ()


def test_another_number_that_is_not_safe_is_named_and_closes_nothing(navigator: Person, lead: Person) -> None:
    one = a_referral(phone="07700 900777", safe_text="no", safe_email="yes")
    other = being_contacted(by=navigator.user)
    put_together(one, other, lead.user)
    opened = read(fresh(other), by=navigator.user, now=LATER)
    assert opened.card.allowed == (Channel.TEXT,)
    assert opened.do_not_use == ("07700 900777",)


def test_whoever_knows_the_one_knows_the_other(navigator: Person, other_navigator: Person, lead: Person) -> None:
    one, other = a_referral(), being_contacted(by=navigator.user)
    say_i_know_them(referral=one, by=navigator.user, now=LATER)
    say_i_know_them(referral=other, by=other_navigator.user, now=LATER)
    put_together(fresh(one), other, lead.user)
    for referral in (fresh(one), fresh(other)):
        for user in (navigator.user, other_navigator.user):
            assert sight(referral, by=user, now=LATER) is Sight.BLOCKED
    assert fresh(other).owner is None


def test_known_on_one_it_closes_on_what_it_was_merged_with(navigator: Person, lead: Person) -> None:
    one, other = a_referral(), a_referral()
    put_together(one, other, lead.user)
    say_i_know_them(referral=fresh(other), by=navigator.user, now=LATER)
    assert sight(fresh(one), by=navigator.user, now=LATER) is Sight.BLOCKED


def test_what_they_wrote_and_nobody_read_waits_with_the_other(navigator: Person, lead: Person) -> None:
    one, other = a_referral(), being_contacted(by=navigator.user)
    Referral.objects.filter(pk=one.pk).update(wrote_at=LATER)
    put_together(fresh(one), other, lead.user)
    assert fresh(other).wrote_at == LATER


def test_who_could_not_wait_in_the_one_cannot_wait_in_the_other(navigator: Person, lead: Person) -> None:
    one, other = a_referral(danger="yes", now=WEDNESDAY - timedelta(days=5)), being_contacted(by=navigator.user)
    mark_urgent(referral=one, is_urgent=True, reason="Cut off.", seen_version=one.version, by=lead.user, now=WEDNESDAY)
    put_together(one, other, lead.user)
    into = fresh(other)
    assert (into.says_danger, into.is_urgent, into.due_at, into.rank) == (True, True, one.due_at, CANNOT_WAIT)
    entry = next(entry for entry in read(into, by=lead.user, now=LATER).history if entry.what == "Cannot wait")
    assert entry.words == f"{one.reference}, which is the same person, cannot wait. The same number."
    take_apart(one, lead.user)
    assert (fresh(one).is_urgent, fresh(other).is_urgent) == (True, True)


def test_danger_that_is_told_anew_is_read_by_whoever_talks_with_them(navigator: Person, lead: Person) -> None:
    one, other = a_referral(danger="yes"), talked_with(by=navigator.user)
    put_together(one, other, lead.user)
    into = fresh(other)
    assert (into.says_danger, into.wrote_at) == (True, one.received_at)
    assert into.urgency_decisions.count() == 0


def test_a_clock_that_was_stopped_makes_nobody_late(navigator: Person, lead: Person) -> None:
    one, other = talked_with(by=navigator.user, now=WEDNESDAY - timedelta(days=9)), a_referral()
    due, version = other.due_at, other.version
    put_together(one, other, lead.user)
    assert (fresh(other).due_at, fresh(other).version) == (due, version)


def test_whoever_knows_one_of_a_chain_knows_all_of_it(navigator: Person, lead: Person) -> None:
    one, two, three = a_referral(), a_referral(), a_referral()
    say_i_know_them(referral=three, by=navigator.user, now=LATER)
    put_together(one, two, lead.user)
    assert sight(fresh(one), by=navigator.user, now=LATER) is Sight.OPEN
    put_together(fresh(two), three, lead.user)
    for referral in (one, two, three):
        assert sight(fresh(referral), by=navigator.user, now=LATER) is Sight.BLOCKED


def test_known_beside_another_it_closes_on_both_and_opens_on_both(navigator: Person, lead: Person) -> None:
    """Two that were put together with a third: known on one of them, or on the third, it is one person."""
    one, two, three, stranger = a_referral(), a_referral(), a_referral(), a_referral()
    put_together(one, three, lead.user)
    put_together(two, fresh(three), lead.user)
    say_i_know_them(referral=stranger, by=navigator.user, now=LATER)
    say_i_know_them(referral=fresh(one), by=navigator.user, now=LATER)
    assert all(sight(fresh(each), by=navigator.user, now=LATER) is Sight.BLOCKED for each in (one, two, three))
    lift_acquaintance(referral=fresh(two), known_by=navigator.user, reason="Another Jo.", by=lead.user, now=LATER)
    assert all(sight(fresh(each), by=navigator.user, now=LATER) is Sight.OPEN for each in (one, two, three))
    assert sight(fresh(stranger), by=navigator.user, now=LATER) is Sight.BLOCKED


def test_what_was_taken_apart_stays_closed_until_it_is_opened_itself(navigator: Person, lead: Person) -> None:
    one, two = a_referral(), a_referral()
    put_together(one, two, lead.user)
    say_i_know_them(referral=fresh(two), by=navigator.user, now=LATER)
    take_apart(fresh(one), lead.user)
    lift_acquaintance(referral=fresh(two), known_by=navigator.user, reason="Another Jo.", by=lead.user, now=LATER)
    assert sight(fresh(two), by=navigator.user, now=LATER) is Sight.OPEN
    assert sight(fresh(one), by=navigator.user, now=LATER) is Sight.BLOCKED


def test_what_is_refused(navigator: Person, lead: Person) -> None:
    one, other = a_referral(), a_referral()
    with pytest.raises(NotYours, match="Only the lead"):
        put_together(one, other, navigator.user)
    with pytest.raises(SomethingMissing, match="Say why"):
        put_together(one, other, lead.user, reason=" ")
    with pytest.raises(SomethingMissing, match="as itself"):
        put_together(one, one, lead.user)
    with pytest.raises(ChangedMeanwhile):
        put_together(one, other, lead.user, seen_version=0)
    third = a_referral()
    put_together(other, third, lead.user)
    with pytest.raises(SomethingMissing, match="stands for another"):
        put_together(one, other, lead.user)
    with pytest.raises(NotYours, match="Only the lead"):
        put_together(other, one, lead.user)
    move(
        referral=fresh(third),
        to=State.WITHDRAWN,
        reason="Asked.",
        seen_version=fresh(third).version,
        by=lead.user,
        now=LATER,
    )
    with pytest.raises(SomethingMissing, match="finished"):
        put_together(one, third, lead.user)
    assert fresh(one).state == State.NEW


def test_a_lead_puts_nothing_together_with_somebody_they_know(lead: Person) -> None:
    one, other = a_referral(), a_referral()
    say_i_know_them(referral=other, by=lead.user, now=LATER)
    with pytest.raises(NotYours, match="not open to you"):
        put_together(one, other, lead.user)


def test_it_comes_apart_within_seven_days(navigator: Person, lead: Person) -> None:
    one, other = claimed(by=navigator.user), a_referral()
    due, episode = one.due_at, one.episode
    put_together(one, other, lead.user)
    with pytest.raises(NotYours):
        take_apart(one, navigator.user)
    with pytest.raises(SomethingMissing, match="Say why"):
        take_apart(one, lead.user, reason="")
    with pytest.raises(SomethingMissing, match="more than seven days ago"):
        take_apart(one, lead.user, now=LATER + timedelta(days=7, minutes=1))
    take_apart(one, lead.user, now=LATER + timedelta(days=7))
    assert (one.state, one.merged_into, one.owner) == (State.NEW, None, None)
    assert (one.due_at, one.episode) == (due, episode)
    assert read(fresh(other), by=navigator.user, now=LATER).merged == ()
    with pytest.raises(NotYours):
        take_apart(one, lead.user)


def test_the_other_may_be_put_together_with_a_third(navigator: Person, lead: Person) -> None:
    one, other, third = a_referral(), a_referral(), being_contacted(by=navigator.user)
    put_together(one, other, lead.user)
    put_together(fresh(other), third, lead.user)
    assert fresh(one).stands_for == third
    assert fresh(one).public_label == third.public_label
    opened = read(fresh(third), by=navigator.user, now=LATER)
    assert [merged.referral for merged in opened.merged] == [other, one]
    take_apart(fresh(one), lead.user)
    assert [merged.referral for merged in read(fresh(third), by=navigator.user, now=LATER).merged] == [other]
    assert fresh(one).public_label == "We have it"


def test_somebody_like_this_asked_before(navigator: Person, lead: Person) -> None:
    first = a_referral(email="", born="1984")
    same = a_referral(phone="+44 7700 900123", name="Zoë", email="")
    by_name = a_referral(phone="07700 900444", born="1984", name="example  JO", email="")
    a_referral(phone="07700 900555", name="Example Jo", email="")
    found = read(first, by=navigator.user, now=LATER).same
    assert {one.referral: one.what for one in found} == {
        same: "the same phone number",
        by_name: "the same name and year of birth",
    }
    say_i_know_them(referral=same, by=navigator.user, now=LATER)
    assert [one.referral for one in read(first, by=navigator.user, now=LATER).same] == [by_name]
    assert len(read(first, by=lead.user, now=LATER).same) == 2


def test_of_an_erased_one_nothing_is_kept_for_those_that_led_to_it(lead: Person) -> None:
    one, other = a_referral(), a_referral()
    put_together(one, other, lead.user)
    Referral.objects.filter(pk=other.pk).update(state=State.ERASED)
    assert fresh(one).public_label == "We keep nothing about you any more"
