"""What becomes of sendings when a backup was put back: nothing goes, and nobody vouches for what was on its way."""

from django.db import transaction

from newsletter.actions import campaigns
from newsletter.models import Campaign, Delivery
from newsletter.workflow import CAMPAIGN_CHANGES, DELIVERY_CHANGES, Reason
from portal.accounts.models import User


@transaction.atomic
def hold_sendings(*, because: str, by: User | None = None) -> int:
    """Put every sending that could move on hold, and give up as uncertain the copies that were going over; how many sendings."""
    moving = list(Campaign.objects.filter(state__in=CAMPAIGN_CHANGES["hold"].before))
    for campaign in moving:
        campaigns.hold(campaign=campaign, because=because, by=by)
    change = DELIVERY_CHANGES["doubt"]
    Delivery.objects.filter(state__in=change.before).update(state=change.after, reason=Reason.LOST)
    return len(moving)
