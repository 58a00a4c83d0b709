"""One reader's copy: claimed, handed over, answered for. Each change is one conditional UPDATE that commits by itself.

The ledger row is its own record, with its Message-ID and times, so a copy adds no audit event; its sending does.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef

from newsletter.models import Campaign, Delivery, Subscriber
from newsletter.workflow import DELIVERY_CHANGES, LEASE, CampaignState, Reason, next_try_at


def claim(*, campaign: Campaign, worker: str, now: datetime, size: int) -> list[Delivery]:
    """Take up to `size` copies that nobody holds. Two workers that reach for the same copy: one gets it."""
    within_reach = campaign.deliveries.claimable(now=now).order_by("pk").values("pk")[:size]
    numbers = [row["pk"] for row in within_reach]
    campaign.deliveries.claimable(now=now).numbered(numbers).update(claimed_by=worker, claimed_until=now + LEASE)
    return list(Delivery.objects.numbered(numbers).held_by(worker).select_related("subscriber").order_by("pk"))


def release(*, copies: Sequence[Delivery], worker: str) -> None:
    """Let go of copies that were claimed and not begun."""
    claimed = Delivery.objects.numbered([copy.pk for copy in copies]).held_by(worker)
    claimed.filter(state__in=DELIVERY_CHANGES["begin"].before).update(claimed_by="", claimed_until=None)


def begin(*, delivery: Delivery, now: datetime) -> bool:
    """Say that this copy goes over now, in the same breath checking that it is still ours, wanted, and not on hold."""
    change = DELIVERY_CHANGES["begin"]
    reader = Subscriber.objects.receiving().filter(pk=OuterRef("subscriber_id"))
    sending = Campaign.objects.filter(pk=OuterRef("campaign_id"), state=CampaignState.SENDING)
    begun = (
        Delivery.objects.held_by(delivery.claimed_by)
        .filter(Exists(reader), Exists(sending), pk=delivery.pk, state__in=change.before)
        .update(state=change.after, attempts=F("attempts") + 1, claimed_until=now + LEASE)
    )
    if begun:
        delivery.attempts += 1
    return bool(begun)


def submit(*, delivery: Delivery, now: datetime) -> bool:
    """The mail server took it."""
    return _settle(delivery, "submit", reason="", reply_code=None, submitted_at=now)


def fail(*, delivery: Delivery, reason: Reason, code: int | None = None) -> bool:
    """It will not go, and nobody else's copy is held up by that."""
    return _settle(delivery, "fail", reason=reason, reply_code=code)


def try_again(*, delivery: Delivery, now: datetime, code: int | None = None) -> bool:
    """The mail server said "not now": later again, or failed when that was the last time."""
    later = next_try_at(tries=delivery.attempts, now=now)
    if later is None:
        return fail(delivery=delivery, reason=Reason.TOO_MANY_TRIES, code=code)
    return put_back(delivery=delivery, not_before=later, code=code)


def put_back(*, delivery: Delivery, not_before: datetime, code: int | None = None) -> bool:
    """Nothing has gone: into the queue again, not before this time."""
    return _settle(delivery, "try_again", not_before=not_before, reply_code=code, claimed_until=None)


def doubt(*, delivery: Delivery, reason: Reason, code: int | None = None) -> bool:
    """Nobody knows whether it went, so it is not sent again by itself."""
    return _settle(delivery, "doubt", reason=reason, reply_code=code)


def exclude(*, delivery: Delivery, reason: Reason) -> bool:
    """Leave out a reader who was on the list when the issue was frozen."""
    return _settle(delivery, "exclude", reason=reason)


def give_up_lost(*, campaign: Campaign, now: datetime) -> int:
    """Copies that were going over when their worker fell silent become uncertain; how many."""
    change = DELIVERY_CHANGES["doubt"]
    return campaign.deliveries.lost(now=now).update(state=change.after, reason=Reason.LOST)


def _settle(delivery: Delivery, name: str, **fields: Any) -> bool:
    change = DELIVERY_CHANGES[name]
    return bool(
        Delivery.objects.held_by(delivery.claimed_by)
        .filter(pk=delivery.pk, state__in=change.before)
        .update(state=change.after, **fields)
    )
