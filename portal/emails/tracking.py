"""What a mail provider tells of our mails, in the few words that matter here, and the addresses that it stops.

Opened and clicked are not listened to: we do not watch readers.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from anymail.signals import EventType, RejectReason
from django.utils import timezone

from portal.emails.models import Suppression
from portal.emails.suppression import forget_soft_bounces, note_soft_bounce, suppress

# A status code of RFC 3463, such as 5.1.1, and not a part of an IP address.
_STATUS = re.compile(r"(?<![\d.])([45])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")
_REPLY = re.compile(r"^\D{0,20}\b([45])\d\d\b")
LONGEST_NAME = 120


class Fate(StrEnum):
    """What became of one mail."""

    TAKEN = "taken"
    ARRIVED = "arrived"
    NOT_SENT = "not_sent"
    CAME_BACK = "came_back"
    CALLED_SPAM = "called_spam"


@dataclass(frozen=True, kw_only=True)
class Word:
    """What a provider said: what became of the mail, why the address is written to no more, or that it failed for now."""

    fate: Fate
    stop: Suppression.Reason | None = None
    is_soft: bool = False


_Stop = Suppression.Reason
_PLAIN: dict[str, Word] = {
    EventType.QUEUED: Word(fate=Fate.TAKEN),
    EventType.SENT: Word(fate=Fate.TAKEN),
    # It is still being tried; a word about its end follows.
    EventType.DEFERRED: Word(fate=Fate.TAKEN),
    EventType.DELIVERED: Word(fate=Fate.ARRIVED),
    EventType.COMPLAINED: Word(fate=Fate.CALLED_SPAM, stop=_Stop.COMPLAINED),
    EventType.UNSUBSCRIBED: Word(fate=Fate.ARRIVED, stop=_Stop.ASKED),
    EventType.FAILED: Word(fate=Fate.CAME_BACK),
}
# The provider did not even try: mostly it remembers what we had not heard.
_REJECTED: dict[str | None, Word] = {
    RejectReason.INVALID: Word(fate=Fate.NOT_SENT, stop=_Stop.BOUNCED),
    RejectReason.BOUNCED: Word(fate=Fate.NOT_SENT, stop=_Stop.BOUNCED),
    RejectReason.SPAM: Word(fate=Fate.NOT_SENT, stop=_Stop.COMPLAINED),
    RejectReason.UNSUBSCRIBED: Word(fate=Fate.NOT_SENT, stop=_Stop.ASKED),
}


def word_of(event: Any) -> Word | None:
    """What one event of anymail means here; None for what is of no concern."""
    if event.event_type == EventType.REJECTED:
        return _REJECTED.get(event.reject_reason, Word(fate=Fate.CAME_BACK))
    if event.event_type == EventType.BOUNCED:
        is_soft = _is_for_now(event)
        return Word(fate=Fate.CAME_BACK, stop=None if is_soft else _Stop.BOUNCED, is_soft=is_soft)
    return _PLAIN.get(event.event_type)


def address_of(event: Any) -> str:
    """The address an event is about, or nothing."""
    address = event.recipient
    return address.strip() if isinstance(address, str) and "@" in address else ""


def name_in(text: object) -> str:
    """A Message-ID or a provider's name for a mail, where it can be one; nothing for rubbish."""
    return text if isinstance(text, str) and len(text) <= LONGEST_NAME and text.isprintable() else ""


def hear(sender: Any, event: Any, **also: Any) -> None:
    """Receives anymail's `tracking`: stops the address where there is cause to. Twice, or in another order, changes nothing."""
    word, address = word_of(event), address_of(event)
    if word is None or not address:
        return
    if word.stop is not None:
        suppress(address=address, reason=word.stop)
    elif word.is_soft:
        note_soft_bounce(address=address, mail=_mail(event), at=_when(event))
    elif word.fate == Fate.ARRIVED:
        forget_soft_bounces(address=address, until=_when(event))


def _mail(event: Any) -> str:
    metadata = event.metadata if isinstance(event.metadata, dict) else {}
    return name_in(metadata.get("copy")) or name_in(event.message_id) or name_in(event.event_id)


def _when(event: Any) -> datetime:
    """When it happened, by the provider; never later than now."""
    now = timezone.now()
    return min(event.timestamp, now) if isinstance(event.timestamp, datetime) and event.timestamp.tzinfo else now


def _is_for_now(event: Any) -> bool:
    """Whether a mail came back for a reason that may pass: mailbox full, refused for its words, tried too long.

    The provider's own word counts first, then the status code of the mail server, then anymail's reading.
    """
    told = event.esp_event if isinstance(event.esp_event, dict) else {}
    if told.get("Type") == "SoftBounce" or told.get("type") == "blocked":
        return True
    if str(event.description or "").startswith(("Transient", "Undetermined")):
        return True
    answer = str(event.mta_response or "")
    status = _STATUS.search(answer)
    if status:
        return status[1] == "4" or status[2] in {"3", "7"} or (status[2], status[3]) in {("2", "2"), ("4", "7")}
    reply = _REPLY.match(answer)
    if reply and reply[1] == "4":
        return True
    return event.reject_reason not in {RejectReason.BOUNCED, RejectReason.INVALID, None}
