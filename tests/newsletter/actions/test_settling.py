"""A person settles uncertain copies: it went, or it did not and is sent; and stops mail to an address."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from newsletter.actions import settling
from newsletter.models import Campaign, Delivery
from newsletter.workflow import CampaignState, DeliveryState, Reason, SubscriberState
from portal.audit.models import AuditEvent
from portal.emails.models import Suppression
from portal.emails.suppression import is_suppressed
from tests.conftest import Person
from tests.factories.newsletter import a_reader, work_waiting

pytestmark = pytest.mark.django_db
S, C = DeliveryState, CampaignState


@pytest.fixture
def sending() -> Callable[..., Campaign]:
    """A sending with uncertain copies and one that went."""

    def made(state: CampaignState = C.SENT, *, uncertain: int = 2) -> Campaign:
        now = timezone.now()
        campaign = Campaign.objects.create(
            state=state, subject="Winter", candidates=uncertain + 1, starts_at=now, finished_at=now, troubles=2
        )
        for number in range(uncertain + 1):
            Delivery.objects.create(
                campaign=campaign,
                subscriber=a_reader(f"reader{number}@example.org"),
                message_id=f"<m{number}@localhost>",
                state=S.UNCERTAIN if number < uncertain else S.SUBMITTED,
                reason=Reason.LOST if number < uncertain else "",
                attempts=2,
                claimed_by="a worker",
                claimed_until=now,
            )
        return campaign

    return made


def numbers(campaign: Campaign) -> list[int]:
    return list(campaign.deliveries.order_by("pk").values_list("pk", flat=True))


def states(campaign: Campaign) -> list[str]:
    return list(campaign.deliveries.order_by("pk").values_list("state", flat=True))


def test_what_went_counts_as_handed_over_and_says_who_decided(sending: Callable[..., Campaign], editor: Person) -> None:
    campaign = sending()
    first = numbers(campaign)[0]
    settled = settling.settle_gone(campaign=campaign, numbers=[first], by=editor.user, now=timezone.now())
    assert (settled.how_many, settled.too_late, settled.goes_on) == (1, 0, False)
    assert states(campaign) == [S.SUBMITTED, S.UNCERTAIN, S.SUBMITTED]
    copy = Delivery.objects.get(pk=first)
    assert copy.settled_by == editor.user
    assert copy.settled_at is not None
    assert copy.reason == Reason.SETTLED
    assert AuditEvent.objects.get(action="newsletter.settle_gone").detail == {"copies": [first]}
    campaign.refresh_from_db()
    assert campaign.state == C.SENT


def test_what_did_not_go_is_sent_and_a_finished_sending_is_taken_up_again(
    sending: Callable[..., Campaign], editor: Person
) -> None:
    campaign = sending()
    settled = settling.settle_not_gone(
        campaign=campaign, numbers=numbers(campaign)[:1], by=editor.user, now=timezone.now()
    )
    assert (settled.how_many, settled.goes_on) == (1, True)
    assert states(campaign) == [S.QUEUED, S.UNCERTAIN, S.SUBMITTED]
    assert campaign.deliveries.claimable(now=timezone.now()).count() == 1
    copy = campaign.deliveries.oldest_first()[0]
    assert (copy.attempts, copy.reason, copy.settled_by) == (0, "", editor.user)
    campaign.refresh_from_db()
    assert (campaign.state, campaign.finished_at, campaign.troubles) == (C.SENDING, None, 0)
    assert len(work_waiting("deliver_campaign")) == 1
    assert AuditEvent.objects.filter(action="newsletter.reopen").count() == 1


@pytest.mark.parametrize(("state", "work"), [(C.SENDING, 1), (C.HELD, 0)])
def test_a_sending_under_way_or_on_hold_keeps_its_state(
    state: CampaignState, work: int, sending: Callable[..., Campaign], editor: Person
) -> None:
    campaign = sending(state)
    settled = settling.settle_not_gone(campaign=campaign, numbers=numbers(campaign), by=editor.user, now=timezone.now())
    assert settled.goes_on is (state == C.SENDING)
    campaign.refresh_from_db()
    assert campaign.state == state
    assert len(work_waiting("deliver_campaign")) == work
    assert not AuditEvent.objects.filter(action="newsletter.reopen").exists()


def test_of_a_cancelled_sending_nothing_is_sent_any_more(sending: Callable[..., Campaign], editor: Person) -> None:
    campaign = sending(C.CANCELLED)
    settled = settling.settle_not_gone(campaign=campaign, numbers=numbers(campaign), by=editor.user, now=timezone.now())
    assert (settled.how_many, settled.goes_on) == (2, False)
    assert states(campaign) == [S.EXCLUDED, S.EXCLUDED, S.SUBMITTED]
    campaign.refresh_from_db()
    assert campaign.state == C.CANCELLED
    assert not work_waiting("deliver_campaign")


@pytest.mark.parametrize("act", [settling.settle_gone, settling.settle_not_gone], ids=["went", "not_gone"])
def test_what_somebody_else_settled_meanwhile_stays(
    act: Callable[..., settling.Settled], sending: Callable[..., Campaign], editor: Person
) -> None:
    campaign = sending()
    first, second, third = numbers(campaign)
    settling.tell(delivery=Delivery.objects.get(pk=first), change="bounce", now=timezone.now())
    settled = act(campaign=campaign, numbers=[first, third], by=editor.user, now=timezone.now())
    assert (settled.how_many, settled.too_late) == (0, 2)
    assert states(campaign) == [S.BOUNCED, S.UNCERTAIN, S.SUBMITTED]
    assert not AuditEvent.objects.exists()
    campaign.refresh_from_db()
    assert campaign.state == C.SENT
    assert second in numbers(campaign)


def test_copies_of_another_sending_are_not_touched(sending: Callable[..., Campaign], editor: Person) -> None:
    campaign = sending()
    other = Campaign.objects.create(state=C.SENT, subject="Other", starts_at=timezone.now())
    settled = settling.settle_not_gone(campaign=other, numbers=numbers(campaign), by=editor.user, now=timezone.now())
    assert (settled.how_many, settled.too_late) == (0, 0)
    assert states(campaign) == [S.UNCERTAIN, S.UNCERTAIN, S.SUBMITTED]


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (Suppression.Reason.ASKED, SubscriberState.LEFT),
        (Suppression.Reason.COMPLAINED, SubscriberState.LEFT),
        (Suppression.Reason.BOUNCED, SubscriberState.ACTIVE),
    ],
)
def test_an_address_is_stopped_by_hand(reason: Suppression.Reason, state: SubscriberState, coordinator: Person) -> None:
    reader = a_reader("ann@example.org")
    settling.stop_address(address="ANN@example.org", reason=reason, by=coordinator.user)
    settling.stop_address(address="nobody@example.org", reason=reason, by=coordinator.user)
    assert is_suppressed("ann@example.org")
    assert is_suppressed("nobody@example.org")
    reader.refresh_from_db()
    assert reader.state == state
    told = list(AuditEvent.objects.filter(action="newsletter.leave").values_list("detail__because", flat=True))
    assert told == {"asked": ["asked us to stop"], "complained": ["complaint"]}.get(reason, [])
    assert "example" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))
