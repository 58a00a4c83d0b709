"""How far a sending is, for the screen that follows it: sums of the ledger, never a reader."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from newsletter.desk.estimating import WINDOW, Speed, say_left, time_left
from newsletter.models import Campaign
from newsletter.workflow import IN_WORDS, CampaignState, DeliveryState

_TO_GO = (DeliveryState.QUEUED, DeliveryState.SENDING)
_LEFT_OUT = (DeliveryState.EXCLUDED, DeliveryState.SUPPRESSED)
_WENT = (DeliveryState.SUBMITTED, DeliveryState.DELIVERED, DeliveryState.BOUNCED, DeliveryState.COMPLAINED)
# Nothing of these is passed over in silence; the others are shown where there are any.
_ALWAYS = (
    DeliveryState.QUEUED,
    DeliveryState.SUBMITTED,
    DeliveryState.FAILED,
    DeliveryState.UNCERTAIN,
    DeliveryState.EXCLUDED,
)
_MOVING = {CampaignState.PLANNED, CampaignState.WAITING, CampaignState.SENDING}


@dataclass(frozen=True)
class StateLine:
    """One state of the ledger with its number."""

    label: str
    how_many: int
    state: str


@dataclass(frozen=True)
class Progress:
    """The sums of one sending at one moment."""

    counts: Counter[str]
    speed: Speed
    state: str

    @property
    def to_go(self) -> int:
        return sum(self.counts[state] for state in _TO_GO)

    @property
    def total(self) -> int:
        """Copies that were to go."""
        return sum(self.counts.values()) - sum(self.counts[state] for state in _LEFT_OUT)

    @property
    def done(self) -> int:
        return self.total - self.to_go

    @property
    def went(self) -> int:
        return sum(self.counts[state] for state in _WENT)

    @property
    def uncertain(self) -> int:
        return self.counts[DeliveryState.UNCERTAIN]

    @property
    def percent(self) -> int:
        """Whole percents done, rounded down, so that a hundred means all."""
        return self.done * 100 // self.total if self.total else 0

    @property
    def is_moving(self) -> bool:
        """Whether it is worth looking again in some seconds."""
        return self.state in _MOVING

    @property
    def left_in_words(self) -> str:
        """How long it will still take; empty while it cannot be told."""
        left = time_left(self.to_go, self.speed) if self.state == CampaignState.SENDING else None
        return say_left(left) if left else ""

    @property
    def lines(self) -> list[StateLine]:
        shown = [state for state in DeliveryState if state in _ALWAYS or self.counts[state]]
        return [StateLine(_label(state), self.counts[state], state) for state in shown]


def progress_of(campaign: Campaign, *, now: datetime) -> Progress:
    """How far a sending is now."""
    since = now - WINDOW
    span = min(WINDOW, max(now - campaign.starts_at, now - now))
    gone = campaign.deliveries.gone_since(since).count() if campaign.state == CampaignState.SENDING else 0
    return Progress(counts=campaign.deliveries.counts(), speed=Speed(gone, span), state=campaign.state)


def went(counts: Counter[str]) -> int:
    """Copies that the mail server took, whatever became of them."""
    return sum(counts[state] for state in _WENT)


def _label(state: DeliveryState) -> str:
    return "Going over now" if state == DeliveryState.SENDING else IN_WORDS[state]
