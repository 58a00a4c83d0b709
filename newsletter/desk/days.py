"""What an editor can do about the weekly mail of a whole day, and the doing of it."""

from collections.abc import Callable
from datetime import date, datetime

from newsletter.actions import days
from newsletter.actions.weekly import send_held_week
from newsletter.desk.deeds import Deed
from newsletter.desk.lines import DayLine
from newsletter.models import Campaign
from newsletter.workflow import CampaignState
from portal.accounts.models import User

_SEND = Deed(word="go-on", label="Send it now", means="With the news and readers as they are now.", is_first=True)
_HOLD = Deed(word="hold", label="Put all of it on hold", means="No further mail of this day goes until you say so.")
_GO_ON = Deed(word="go-on", label="Go on with all of it", means="From where it stands: nobody gets it twice.")
_STOP = Deed(word="end", label="Take all of it back", means="Nobody gets anything of it.")
_CANCEL = Deed(
    word="end",
    label="Cancel the rest of it",
    means="What has gone has gone. Nobody else gets this day's mail.",
    is_final=True,
)


def possible(line: DayLine) -> list[Deed]:
    """The buttons for a day as it stands; none where all of it has come to its end."""
    states = {campaign.state for campaign in line.campaigns}
    end = _CANCEL if line.has_begun else _STOP
    if any(campaign.is_unfrozen for campaign in line.campaigns):
        return [_SEND, end]
    shown = [_HOLD] if states & {CampaignState.WAITING, CampaignState.SENDING} else []
    shown += [_GO_ON] if CampaignState.HELD in states else []
    return [*shown, end] if shown else []


def do(word: str, *, day: date, by: User, now: datetime) -> str:
    """Do it to every version of the day, and what to say about it."""
    return DEEDS[word](day, by, now)


def _hold(day: date, by: User, now: datetime) -> str:
    days.hold_day(day=day, because="Somebody put this day's weekly mail on hold.", by=by)
    return "On hold, all of it. No further mail of this day goes until you say so."


def _go_on(day: date, by: User, now: datetime) -> str:
    unfrozen = Campaign.objects.of_day(day).unfrozen().first()
    if unfrozen is not None:
        send_held_week(campaign=unfrozen, by=by, now=now)
        return "It starts in half a minute. Until then you can take it back."
    days.go_on_day(day=day, by=by)
    return "All of it goes on from where it stood."


def _end(day: date, by: User, now: datetime) -> str:
    days.end_day(day=day, by=by, now=now)
    return "Nothing more of this day goes. What has gone has gone."


DEEDS: dict[str, Callable[[date, User, datetime], str]] = {"hold": _hold, "go-on": _go_on, "end": _end}
