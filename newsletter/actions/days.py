"""Holding, carrying on and ending the weekly mail of a whole day: every version of it in one press, each by its own action."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

from django.db import transaction

from newsletter.actions import campaigns
from newsletter.actions.freezing import CannotSend
from newsletter.models import Campaign
from newsletter.workflow import CampaignState
from portal.accounts.models import User

_ON_THE_WAY = {CampaignState.WAITING, CampaignState.SENDING}


@transaction.atomic
def hold_day(*, day: date, because: str, by: User) -> list[Campaign]:
    """No further mail of this day goes until somebody says so; those held."""
    return _each(day, _ON_THE_WAY, lambda one: campaigns.hold(campaign=one, because=because, by=by))


@transaction.atomic
def go_on_day(*, day: date, by: User) -> list[Campaign]:
    """Every version that was held goes on from where it stands; those that do."""
    return _each(day, {CampaignState.HELD}, lambda one: campaigns.go_on(campaign=one, by=by))


@transaction.atomic
def end_day(*, day: date, by: User, now: datetime) -> list[Campaign]:
    """Nothing more of this day goes, for good: what has not begun is taken back, the rest is cancelled; those ended."""

    def end(one: Campaign) -> None:
        if one.state == CampaignState.SENDING or one.deliveries.begun().exists():
            campaigns.cancel(campaign=one, by=by, now=now)
        else:
            campaigns.stop(campaign=one, by=by)

    return _each(day, {*_ON_THE_WAY, CampaignState.HELD}, end)


def _each(day: date, states: set[CampaignState], do: Callable[[Campaign], object]) -> list[Campaign]:
    """Do it to the versions of a day in these states; one that has gone on by itself meanwhile is let be."""
    found = list(Campaign.objects.of_day(day).without_words().select_for_update().order_by("pk"))
    done = []
    for campaign in found:
        if campaign.state in states:
            with suppress(CannotSend):
                do(campaign)
                done.append(campaign)
    if not done:
        raise CannotSend("Nothing of this day's mail is under way any more. Look again.")
    return done
