"""What an editor can do about a sending as it stands, and the doing of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from newsletter.actions import campaigns
from newsletter.actions.plans import in_its_way
from newsletter.actions.weekly import send_held_week
from newsletter.models import Campaign
from newsletter.workflow import CampaignState
from portal.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One button: the word in its address, its label, what it does in a sentence, and whether it is the one to press."""

    word: str
    label: str
    means: str
    is_first: bool = False
    is_final: bool = False


_STOP = Deed(word="stop", label="Take it back", means="Nobody gets anything, and the issue can be sent later.")
_STOP_WEEK = Deed(word="stop", label="Take it back", means="Nobody gets anything of it.")
_HOLD = Deed(word="hold", label="Put on hold", means="No further mail goes until you say so.", is_first=True)
_HOLD_BEFORE = Deed(word="hold", label="Put on hold", means="No mail goes until you say so. You can send it then.")
_CANCEL = Deed(
    word="cancel",
    label="Cancel the rest",
    means="What has gone has gone. Nobody else gets it, and it cannot be sent to everybody again.",
    is_final=True,
)
_GO_ON = Deed(word="go-on", label="Go on sending", means="From where it stands: nobody gets it twice.", is_first=True)
_SEND = Deed(word="go-on", label="Send it now", means="With the words and readers as they are now.", is_first=True)


def waits_because(campaign: Campaign) -> str:
    """Why an issue that is planned, or was held before it was fixed, cannot go as it is now; empty where it can."""
    if not campaign.is_unfrozen or campaign.digest_on:
        return ""
    return in_its_way(campaign=campaign, issue=campaign.issue)


def possible(campaign: Campaign, *, in_the_way: str = "") -> list[Deed]:
    """The buttons for a sending as it stands, the next thing to do first; it is not sent while something is in the way."""
    stop = _STOP_WEEK if campaign.digest_on else _STOP
    if campaign.state in {CampaignState.PLANNED, CampaignState.WAITING}:
        return [stop, _HOLD_BEFORE]
    if campaign.state == CampaignState.SENDING:
        return [_HOLD, _CANCEL]
    if campaign.state != CampaignState.HELD:
        return []
    if campaign.is_unfrozen:
        return [stop] if in_the_way else [_SEND, stop]
    has_begun = campaign.deliveries.begun().exists()
    return [_GO_ON, _CANCEL if has_begun else stop]


def do(word: str, *, campaign: Campaign, by: User, now: datetime) -> str:
    """Do it, and what to say about it."""
    return DEEDS[word](campaign, by, now)


def _stop(campaign: Campaign, by: User, now: datetime) -> str:
    campaigns.stop(campaign=campaign, by=by)
    return "Taken back. No mail has gone" + ("." if campaign.digest_on else ", and you can send the issue again.")


def _hold(campaign: Campaign, by: User, now: datetime) -> str:
    campaigns.hold(campaign=campaign, because="Somebody put it on hold.", by=by)
    return "On hold. No further mail goes until you say so."


def _cancel(campaign: Campaign, by: User, now: datetime) -> str:
    campaigns.cancel(campaign=campaign, by=by, now=now)
    return "Cancelled. What has gone has gone, and nobody else gets it."


def _go_on(campaign: Campaign, by: User, now: datetime) -> str:
    if not campaign.is_unfrozen:
        campaigns.go_on(campaign=campaign, by=by)
        return "It goes on from where it stood."
    if campaign.digest_on:
        send_held_week(campaign=campaign, by=by, now=now)
    else:
        campaigns.send_unfrozen(campaign=campaign, by=by, now=now)
    return "It starts in half a minute. Until then you can stop it."


DEEDS: dict[str, Callable[[Campaign, User, datetime], str]] = {
    "stop": _stop,
    "hold": _hold,
    "cancel": _cancel,
    "go-on": _go_on,
}
