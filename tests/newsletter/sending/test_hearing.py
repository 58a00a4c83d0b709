"""What providers tell of the newspaper settles its copies, in whatever order and however often it is told."""

from itertools import count
from typing import Any

import pytest
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from newsletter.actions import deliveries
from newsletter.models import Campaign, Delivery, Subscriber
from newsletter.sending.hearing import CHANGES, copy_of
from newsletter.workflow import DELIVERY_CHANGES, CampaignState, DeliveryState, Reason, SubscriberState
from portal.audit.models import AuditEvent
from portal.emails.models import Suppression
from portal.emails.suppression import is_suppressed
from portal.emails.tracking import Fate
from tests.factories.newsletter import a_reader

S = DeliveryState
_numbers = count()
FULL = {"mta_response": "552 5.2.2 full", "reject_reason": RejectReason.BOUNCED}
DEAD = {"mta_response": "550 5.1.1 unknown", "reject_reason": RejectReason.BOUNCED}
REFUSED = {"reject_reason": RejectReason.BOUNCED}
# What may be told of one mail: the event, how bad that is, and whether the address is stopped by it.
TOLD: list[tuple[str, dict[str, Any], str, bool]] = [
    (EventType.OPENED, {}, "", False),
    (EventType.DEFERRED, {}, "", False),
    (EventType.SENT, {}, "", False),
    (EventType.DELIVERED, {}, S.DELIVERED, False),
    (EventType.UNSUBSCRIBED, {}, S.DELIVERED, True),
    (EventType.REJECTED, REFUSED, S.SUPPRESSED, True),
    (EventType.BOUNCED, FULL, S.BOUNCED, False),
    (EventType.BOUNCED, DEAD, S.BOUNCED, True),
    (EventType.COMPLAINED, {}, S.COMPLAINED, True),
]
WORSE = ["", S.DELIVERED, S.SUPPRESSED, S.BOUNCED, S.COMPLAINED]
GOING = [S.SENDING, S.SUBMITTED, S.UNCERTAIN]


def a_copy(state: DeliveryState = S.SUBMITTED, reader: Subscriber | None = None, **fields: Any) -> Delivery:
    number = next(_numbers)
    campaign = Campaign.objects.create(
        state=CampaignState.SENDING, subject="Winter", candidates=1, starts_at=timezone.now()
    )
    return Delivery.objects.create(
        campaign=campaign,
        subscriber=reader or a_reader(f"reader-{number}@example.org"),
        state=state,
        **{"message_id": f"<m{number}@localhost>", **fields},
    )


def told(copy: Delivery, kind: str, *, named_by: str = "metadata", **fields: Any) -> None:
    """As anymail sends it on, after its door has let it in."""
    assert copy.subscriber is not None
    names: dict[str, Any] = {"metadata": {"copy": copy.message_id.strip("<>")}, "message_id": "p1"}
    if named_by == "message_id":
        names = {"metadata": {}, "message_id": copy.message_id}
    if named_by == "provider_id":
        names = {"metadata": {}, "message_id": copy.provider_id}
    event = AnymailTrackingEvent(**{"event_type": kind, "recipient": copy.subscriber.email, **names, **fields})
    tracking.send(sender=None, event=event, esp_name="tests")


def state_of(copy: Delivery) -> str:
    copy.refresh_from_db()
    return copy.state


class InAnyOrder(TestCase):
    """Random reports, repeated and shuffled."""

    @settings(max_examples=60)
    @given(
        begins=st.sampled_from(GOING),
        story=st.lists(st.sampled_from(range(len(TOLD))), min_size=1, max_size=6),
        repeats=st.integers(1, 2),
    )
    def test_the_worst_that_was_told_stands(self, begins: DeliveryState, story: list[int], repeats: int) -> None:
        copy = a_copy(begins)
        for number in story * repeats:
            kind, fields, _, _ = TOLD[number]
            told(copy, kind, **fields)
        worst = max((TOLD[number][2] for number in story), key=WORSE.index)
        is_known = any(TOLD[number][0] != EventType.OPENED for number in story)
        taken = S.SUBMITTED if begins == S.UNCERTAIN and is_known else begins
        assert state_of(copy) == (worst or taken)
        assert copy.subscriber is not None
        assert is_suppressed(copy.subscriber.email) == any(TOLD[number][3] for number in story)
        kinds = {TOLD[number][0] for number in story}
        has_left = bool(kinds & {EventType.UNSUBSCRIBED, EventType.COMPLAINED})
        copy.subscriber.refresh_from_db()
        assert (copy.subscriber.state == SubscriberState.LEFT) == has_left


def test_every_fate_makes_a_change_of_the_table() -> None:
    assert set(CHANGES) == set(Fate)
    assert set(CHANGES.values()) <= set(DELIVERY_CHANGES)


@pytest.mark.django_db
@pytest.mark.parametrize("named_by", ["metadata", "message_id", "provider_id"])
def test_a_copy_is_found_by_any_of_its_names(named_by: str) -> None:
    copy, other = a_copy(provider_id="p7"), a_copy(provider_id="p8")
    told(copy, EventType.DELIVERED, named_by=named_by)
    assert (state_of(copy), state_of(other)) == (S.DELIVERED, S.SUBMITTED)


@pytest.mark.django_db
def test_where_a_provider_calls_many_copies_the_same_the_address_tells_them_apart() -> None:
    first, second = a_copy(provider_id="batch"), a_copy(provider_id="batch")
    told(second, EventType.BOUNCED, named_by="provider_id", **DEAD)
    assert (state_of(first), state_of(second)) == (S.SUBMITTED, S.BOUNCED)
    told(first, EventType.DELIVERED, named_by="provider_id", recipient="stranger@example.org")
    assert state_of(first) == S.SUBMITTED


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"metadata": {"copy": "unknown@localhost"}},
        {"metadata": {"copy": {"a": 1}}},
        {"metadata": {"copy": "x\x00y"}},
        {"metadata": None},
        {"metadata": {"copy": "x" * 5000}},
        {"message_id": 7},
        {"message_id": ""},
        {},
    ],
    ids=range(8),
)
def test_a_mail_that_is_no_copy_of_ours_is_none(fields: dict[str, Any]) -> None:
    a_copy()
    assert copy_of(AnymailTrackingEvent(event_type=EventType.DELIVERED, **fields)) is None


@pytest.mark.django_db
def test_a_word_that_comes_before_ours_holds_and_ours_changes_nothing_then() -> None:
    now = timezone.now()
    copy = a_copy(S.SENDING, claimed_by="w", claimed_until=now)
    held = [deliveries.Copy(copy.pk, copy.message_id, copy.subscriber_id, "", 0)]
    told(copy, EventType.DELIVERED)
    assert not deliveries.submit(copies=held, worker="w", now=now)
    assert not deliveries.doubt(copies=held, worker="w", reason=Reason.CUT_OFF)
    assert state_of(copy) == S.DELIVERED


@pytest.mark.django_db
def test_a_report_settles_an_uncertain_copy_and_says_when() -> None:
    copy = a_copy(S.UNCERTAIN, reason=Reason.LOST)
    told(copy, EventType.DEFERRED)
    assert state_of(copy) == S.SUBMITTED
    assert copy.reason == ""
    assert copy.settled_at is not None
    assert copy.settled_by is None


@pytest.mark.django_db
def test_a_copy_in_the_queue_again_that_had_gone_after_all_is_not_sent_twice() -> None:
    copy = a_copy(S.QUEUED)
    told(copy, EventType.DELIVERED)
    assert state_of(copy) == S.DELIVERED
    assert not Delivery.objects.claimable(now=timezone.now()).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("state", [S.EXCLUDED, S.FAILED])
def test_what_never_went_stays_as_it_was(state: DeliveryState) -> None:
    copy = a_copy(state)
    told(copy, EventType.DELIVERED)
    assert state_of(copy) == state


@pytest.mark.django_db
def test_a_complaint_about_any_mail_of_ours_ends_the_newspaper_too() -> None:
    reader = a_reader("ann@example.org")
    event = AnymailTrackingEvent(
        event_type=EventType.COMPLAINED, recipient="Ann@Example.org", message_id="another mail"
    )
    tracking.send(sender=None, event=event, esp_name="tests")
    reader.refresh_from_db()
    assert reader.state == SubscriberState.LEFT
    assert Suppression.objects.get().reason == "complained"


@pytest.mark.django_db
def test_a_complaint_that_does_not_say_whose_is_known_by_its_copy() -> None:
    copy = a_copy()
    told(copy, EventType.COMPLAINED, recipient=None)
    assert copy.subscriber is not None
    assert is_suppressed(copy.subscriber.email)


@pytest.mark.django_db
def test_a_dead_address_stops_mail_and_leaves_the_readers_wish_as_it_is() -> None:
    copy = a_copy()
    told(copy, EventType.BOUNCED, **DEAD)
    assert copy.subscriber is not None
    copy.subscriber.refresh_from_db()
    assert copy.subscriber.state == SubscriberState.ACTIVE
    assert is_suppressed(copy.subscriber.email)


@pytest.mark.django_db
def test_a_reader_who_was_erased_is_no_hindrance() -> None:
    copy = a_copy()
    reader = copy.subscriber
    told(copy, EventType.SENT)
    Delivery.objects.update(subscriber=None)
    assert reader is not None
    reader.delete()
    event = AnymailTrackingEvent(
        event_type=EventType.COMPLAINED, recipient="gone@example.org", metadata={"copy": copy.message_id.strip("<>")}
    )
    tracking.send(sender=None, event=event, esp_name="tests")
    assert state_of(copy) == S.COMPLAINED
    assert is_suppressed("gone@example.org")


@pytest.mark.django_db
def test_a_complaint_is_in_the_history_as_one() -> None:
    told(a_copy(), EventType.COMPLAINED)
    told(a_copy(), EventType.UNSUBSCRIBED)
    events = AuditEvent.objects.filter(action="newsletter.leave").order_by("pk")
    assert [event.detail for event in events] == [{"because": "complaint"}, {"because": "asked us to stop"}]
