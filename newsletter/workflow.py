"""What may follow what: the states of a reader, a sending and one reader's copy, as tables, with the rules of time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

UNDO_FOR = timedelta(seconds=30)
LATE = timedelta(minutes=15)
LEASE = timedelta(minutes=5)
MOST_TRIES = 3
MOST_TROUBLES = 5
MAY_COME_BACK_FOR = timedelta(days=7)
WAITS = (timedelta(minutes=10), timedelta(hours=1))


class SubscriberState(StrEnum):
    """Where a reader stands."""

    PENDING = "pending"
    ACTIVE = "active"
    LEFT = "left"


class CampaignState(StrEnum):
    """Where one sending of an issue stands."""

    WAITING = "waiting"
    SENDING = "sending"
    HELD = "held"
    SENT = "sent"
    STOPPED = "stopped"


class DeliveryState(StrEnum):
    """What became of one reader's copy."""

    QUEUED = "queued"
    SENDING = "sending"
    SUBMITTED = "submitted"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    EXCLUDED = "excluded"


class Reason(StrEnum):
    """Why a copy was not sent, failed, or cannot be vouched for."""

    PAUSED = "paused"
    SUPPRESSED = "suppressed"
    LEFT = "left"
    STOPPED = "stopped"
    REFUSED = "refused"
    TOO_MANY_TRIES = "too_many_tries"
    CUT_OFF = "cut_off"
    LOST = "lost"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One allowed change: the states it starts from, the one it ends in, and who may make it."""

    before: tuple[str, ...]
    after: str
    by: str


_C, _D, _S = CampaignState, DeliveryState, SubscriberState

SUBSCRIBER_CHANGES: dict[str, Change] = {
    "confirm": Change(before=(_S.PENDING, _S.LEFT), after=_S.ACTIVE, by="reader"),
    "come_back": Change(before=(_S.LEFT,), after=_S.ACTIVE, by="reader"),
    "leave": Change(before=(_S.PENDING, _S.ACTIVE), after=_S.LEFT, by="reader"),
}
CAMPAIGN_CHANGES: dict[str, Change] = {
    "start": Change(before=(_C.WAITING,), after=_C.SENDING, by="worker"),
    "stop": Change(before=(_C.WAITING,), after=_C.STOPPED, by="editor"),
    "hold": Change(before=(_C.WAITING, _C.SENDING), after=_C.HELD, by="editor or worker"),
    "go_on": Change(before=(_C.HELD,), after=_C.SENDING, by="editor"),
    "finish": Change(before=(_C.SENDING,), after=_C.SENT, by="worker"),
}
DELIVERY_CHANGES: dict[str, Change] = {
    "begin": Change(before=(_D.QUEUED,), after=_D.SENDING, by="worker"),
    # A worker that was slow, not dead, may still say what became of a copy that was given up as uncertain.
    "submit": Change(before=(_D.SENDING, _D.UNCERTAIN), after=_D.SUBMITTED, by="worker"),
    "fail": Change(before=(_D.SENDING, _D.UNCERTAIN), after=_D.FAILED, by="worker"),
    "try_again": Change(before=(_D.SENDING,), after=_D.QUEUED, by="worker"),
    "doubt": Change(before=(_D.SENDING,), after=_D.UNCERTAIN, by="worker"),
    "exclude": Change(before=(_D.QUEUED, _D.SENDING), after=_D.EXCLUDED, by="worker"),
}

IN_WORDS: dict[str, str] = {
    _C.WAITING: "Starts in a moment",
    _C.SENDING: "Sending",
    _C.HELD: "On hold",
    _C.SENT: "Sent",
    _C.STOPPED: "Stopped before it began",
    _D.QUEUED: "Still to go",
    _D.SUBMITTED: "Handed to the mail server",
    _D.FAILED: "Failed",
    _D.UNCERTAIN: "Uncertain",
    _D.EXCLUDED: "Left out",
}
REASONS_IN_WORDS: dict[str, str] = {
    Reason.PAUSED: "asked for a pause",
    Reason.SUPPRESSED: "no mail may go to this address",
    Reason.LEFT: "left before their copy went",
    Reason.STOPPED: "this sending was stopped",
    Reason.REFUSED: "the mail server refused the address",
    Reason.TOO_MANY_TRIES: "the mail server kept saying “not now”",
    Reason.CUT_OFF: "the line was cut while the copy went over",
    Reason.LOST: "the worker stopped while the copy went over",
}


def is_too_late(*, due_at: datetime, now: datetime) -> bool:
    """Whether work is so overdue (an outage, a restored copy) that a person should say whether it still goes."""
    return now - due_at > LATE


def next_try_at(*, tries: int, now: datetime) -> datetime | None:
    """When to try an address again after so many tries, or None when that was the last."""
    return None if tries >= MOST_TRIES else now + WAITS[min(tries, len(WAITS)) - 1]


def may_come_back(*, left_at: datetime, now: datetime) -> bool:
    """Whether a reader may undo leaving from an old mail; later they subscribe afresh, so that a forwarded mail is no key."""
    return now - left_at <= MAY_COME_BACK_FOR
