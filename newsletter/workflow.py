"""What may follow what: the states of a reader, a sending and one reader's copy, as tables, with the rules of time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
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

    PLANNED = "planned"
    WAITING = "waiting"
    SENDING = "sending"
    HELD = "held"
    SENT = "sent"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


class DeliveryState(StrEnum):
    """What became of one reader's copy."""

    QUEUED = "queued"
    SENDING = "sending"
    SUBMITTED = "submitted"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    SUPPRESSED = "suppressed"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    EXCLUDED = "excluded"


class Reason(StrEnum):
    """Why a copy was not sent, failed, or cannot be vouched for."""

    PAUSED = "paused"
    BY_POST = "by_post"
    WEEKLY = "weekly"
    OTHER_TOPIC = "other_topic"
    OTHER_PLACE = "other_place"
    SUPPRESSED = "suppressed"
    LEFT = "left"
    STOPPED = "stopped"
    REFUSED = "refused"
    TOO_MANY_TRIES = "too_many_tries"
    CUT_OFF = "cut_off"
    LOST = "lost"
    SETTLED = "settled"


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
    # Planned afresh, from a plan or from a sending that was held before anything was fixed.
    "plan": Change(before=(_C.PLANNED, _C.HELD), after=_C.PLANNED, by="editor"),
    "freeze": Change(before=(_C.PLANNED, _C.HELD), after=_C.WAITING, by="editor or worker"),
    "start": Change(before=(_C.WAITING,), after=_C.SENDING, by="worker"),
    # From "held" only while no mail has gone.
    "stop": Change(before=(_C.PLANNED, _C.WAITING, _C.HELD), after=_C.STOPPED, by="editor"),
    "cancel": Change(before=(_C.SENDING, _C.HELD), after=_C.CANCELLED, by="editor"),
    "hold": Change(before=(_C.PLANNED, _C.WAITING, _C.SENDING), after=_C.HELD, by="editor or worker"),
    "go_on": Change(before=(_C.HELD,), after=_C.SENDING, by="editor"),
    "finish": Change(before=(_C.SENDING,), after=_C.SENT, by="worker"),
    # A person looked into an uncertain copy and it had not gone: what was finished goes on for that copy.
    "reopen": Change(before=(_C.SENT,), after=_C.SENDING, by="editor"),
}
DELIVERY_CHANGES: dict[str, Change] = {
    "begin": Change(before=(_D.QUEUED,), after=_D.SENDING, by="worker"),
    # A worker that was slow, not dead, may still say what became of a copy that was given up as uncertain.
    "submit": Change(before=(_D.SENDING, _D.UNCERTAIN), after=_D.SUBMITTED, by="worker"),
    "fail": Change(before=(_D.SENDING, _D.UNCERTAIN), after=_D.FAILED, by="worker"),
    "try_again": Change(before=(_D.SENDING,), after=_D.QUEUED, by="worker"),
    "doubt": Change(before=(_D.SENDING,), after=_D.UNCERTAIN, by="worker"),
    "exclude": Change(before=(_D.QUEUED, _D.SENDING), after=_D.EXCLUDED, by="worker"),
    # What a provider tells may come twice, late and in any order: what is worse stands, and a milder word changes nothing.
    # Each of these may find a copy in the queue again, after somebody said that it had not gone: then it is not sent twice.
    "deliver": Change(before=(_D.QUEUED, _D.SENDING, _D.SUBMITTED, _D.UNCERTAIN), after=_D.DELIVERED, by="provider"),
    "suppress": Change(
        before=(_D.QUEUED, _D.SENDING, _D.SUBMITTED, _D.UNCERTAIN, _D.DELIVERED),
        after=_D.SUPPRESSED,
        by="worker or provider",
    ),
    "bounce": Change(
        before=(_D.QUEUED, _D.SENDING, _D.SUBMITTED, _D.UNCERTAIN, _D.DELIVERED, _D.SUPPRESSED),
        after=_D.BOUNCED,
        by="provider",
    ),
    "complain": Change(
        before=(_D.QUEUED, _D.SENDING, _D.SUBMITTED, _D.UNCERTAIN, _D.DELIVERED, _D.SUPPRESSED, _D.BOUNCED),
        after=_D.COMPLAINED,
        by="provider",
    ),
    "settle_gone": Change(before=(_D.UNCERTAIN,), after=_D.SUBMITTED, by="editor or provider"),
    "settle_not_gone": Change(before=(_D.UNCERTAIN,), after=_D.QUEUED, by="editor"),
    # The same where the sending was cancelled: it had not gone, and it does not go.
    "settle_left_out": Change(before=(_D.UNCERTAIN,), after=_D.EXCLUDED, by="editor"),
}

IN_WORDS: dict[str, str] = {
    _C.PLANNED: "Planned",
    _C.WAITING: "Starts in a moment",
    _C.SENDING: "Sending",
    _C.HELD: "On hold",
    _C.SENT: "Sent",
    _C.STOPPED: "Stopped before it began",
    _C.CANCELLED: "Cancelled on the way",
    _D.QUEUED: "Still to go",
    _D.SUBMITTED: "Handed to the mail server",
    _D.DELIVERED: "Arrived",
    _D.BOUNCED: "Came back",
    _D.COMPLAINED: "Called spam",
    _D.SUPPRESSED: "Not to be written to",
    _D.FAILED: "Failed",
    _D.UNCERTAIN: "Uncertain",
    _D.EXCLUDED: "Left out",
}
REASONS_IN_WORDS: dict[str, str] = {
    Reason.PAUSED: "asked for a pause",
    Reason.BY_POST: "has it posted",
    Reason.WEEKLY: "gets one mail a week",
    Reason.OTHER_TOPIC: "chose other topics",
    Reason.OTHER_PLACE: "lives somewhere else",
    Reason.SUPPRESSED: "no mail may go to this address",
    Reason.LEFT: "left before their copy went",
    Reason.STOPPED: "this sending was stopped",
    Reason.REFUSED: "the mail server refused the address",
    Reason.TOO_MANY_TRIES: "the mail server kept saying “not now”",
    Reason.CUT_OFF: "the line was cut while the copy went over",
    Reason.LOST: "the worker stopped while the copy went over",
    Reason.SETTLED: "somebody looked into it and said so",
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


def end_of_winter(today: date) -> date:
    """The next first of March: the day on which a pause for the winter ends."""
    this_year = date(today.year, 3, 1)
    return this_year if today < this_year else date(today.year + 1, 3, 1)
