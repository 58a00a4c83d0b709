"""What a provider or a person says became of copies: each change is one of the table, and what is worse stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from newsletter.actions import subscriptions
from newsletter.models import Campaign, Delivery, Subscriber
from newsletter.tasks import deliver_campaign
from newsletter.workflow import CAMPAIGN_CHANGES, DELIVERY_CHANGES, CampaignState, Reason
from portal.accounts.models import User
from portal.audit.record import record
from portal.emails.models import Suppression
from portal.emails.suppression import suppress
from portal.tasks import enqueue_on_commit


@dataclass(frozen=True, kw_only=True)
class Settled:
    """How many copies were settled, and how many had been settled by somebody else, or by the provider, in the meantime."""

    how_many: int
    too_late: int
    goes_on: bool = False


def tell(*, delivery: Delivery, change: str, now: datetime) -> bool:
    """The provider told of one copy; False when that changes nothing.

    The row is its own record, so there is no audit event. It may well come before the worker wrote "submitted": what the
    provider says holds, and the worker's word then changes nothing.
    """
    told = DELIVERY_CHANGES[change]
    return bool(
        Delivery.objects.filter(pk=delivery.pk, state__in=told.before).update(
            state=told.after, reason="", claimed_until=None, settled_at=now
        )
    )


@transaction.atomic
def stop_address(*, address: str, reason: Suppression.Reason, by: User) -> None:
    """Somebody told us that an address is dead, or that they want no mail of ours any more; whoever said so leaves the list."""
    suppress(address=address, reason=reason, by=by)
    reader = Subscriber.objects.with_address(address).first()
    if reader is not None:
        let_go(reader=reader, reason=reason, by=by)


def let_go(*, reader: Subscriber, reason: Suppression.Reason, by: User | None = None) -> None:
    """Who complained or asked us to stop leaves the list, and the history says which; nobody leaves for a dead address."""
    if reason == Suppression.Reason.COMPLAINED:
        subscriptions.stop_for_complaint(subscriber=reader, by=by)
    elif reason == Suppression.Reason.ASKED:
        subscriptions.leave(subscriber=reader, by=by, because="asked us to stop")


@transaction.atomic
def look_at_uncertain(*, campaign: Campaign, copies: int, by: User) -> None:
    """The screen that shows addresses of readers was opened; how many it showed is written down, and not whose."""
    record(action="newsletter.look_at_uncertain", by=by, subject=campaign, copies=copies)


@transaction.atomic
def settle_gone(*, campaign: Campaign, numbers: Sequence[int], by: User, now: datetime) -> Settled:
    """Somebody looked into uncertain copies: they went."""
    return _settle(campaign, "settle_gone", numbers, by=by, now=now, reason=Reason.SETTLED)


@transaction.atomic
def settle_not_gone(*, campaign: Campaign, numbers: Sequence[int], by: User, now: datetime) -> Settled:
    """Somebody looked into uncertain copies: they did not go, so they are sent. Nothing else sends an uncertain copy again.

    A sending that was finished is taken up again for them; where it was cancelled, they are left out instead.
    """
    campaign = Campaign.objects.select_for_update().without_words().get(pk=campaign.pk)
    if campaign.state in {CampaignState.CANCELLED, CampaignState.STOPPED}:
        return _settle(campaign, "settle_left_out", numbers, by=by, now=now, reason=Reason.STOPPED)
    settled = _settle(campaign, "settle_not_gone", numbers, by=by, now=now, reason="")
    if settled.how_many:
        _take_up_again(campaign, by=by)
    return settled


def _settle(campaign: Campaign, name: str, numbers: Sequence[int], *, by: User, now: datetime, reason: str) -> Settled:
    change = DELIVERY_CHANGES[name]
    wanted = campaign.deliveries.numbered(numbers)
    still = list(wanted.uncertain().select_for_update().order_by("pk").values_list("pk", flat=True))
    found = wanted.count()
    again = {"attempts": 0, "reply_code": None, "not_before": None} if name == "settle_not_gone" else {}
    moved = campaign.deliveries.numbered(still).filter(state__in=change.before)
    how_many = moved.update(
        state=change.after,
        reason=reason,
        claimed_by="",
        claimed_until=None,
        settled_at=now,
        settled_by=by,
        **again,
    )
    if how_many:
        record(action=f"newsletter.{name}", by=by, subject=campaign, copies=still)
    goes_on = name == "settle_not_gone" and campaign.state in {CampaignState.SENDING, CampaignState.SENT}
    return Settled(how_many=how_many, too_late=found - how_many, goes_on=goes_on)


def _take_up_again(campaign: Campaign, *, by: User) -> None:
    """Let a finished sending go on for the copies that are in its queue again."""
    change = CAMPAIGN_CHANGES["reopen"]
    reopened = Campaign.objects.filter(pk=campaign.pk, state__in=change.before).update(
        state=change.after, finished_at=None, next_look_at=None, troubles=0, held_because=""
    )
    if reopened:
        record(action="newsletter.reopen", by=by, subject=campaign)
    if reopened or campaign.state == CampaignState.SENDING:
        enqueue_on_commit(deliver_campaign, campaign_id=campaign.pk)
