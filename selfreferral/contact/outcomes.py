"""What can come of a try to reach somebody, and which of it stops the clock."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selfreferral.contact.card import Channel


class Outcome(StrEnum):
    """What came of one try."""

    NO_ANSWER = "no_answer"
    MESSAGE_LEFT = "message_left"
    SOMEONE_ELSE_ANSWERED = "someone_else_answered"
    TEXT_SENT = "text_sent"
    EMAIL_SENT = "email_sent"
    LETTER_SENT = "letter_sent"
    SPOKE_TO_THE_REFERRER = "spoke_to_the_referrer"
    SPOKE_TO_THE_PERSON = "spoke_to_the_person"


OUTCOME_LABELS: Mapping[Outcome, str] = {
    Outcome.NO_ANSWER: "Nobody answered",
    Outcome.MESSAGE_LEFT: "Left a message",
    Outcome.SOMEONE_ELSE_ANSWERED: "Somebody else answered",
    Outcome.TEXT_SENT: "Sent a text",
    Outcome.EMAIL_SENT: "Sent an e-mail",
    Outcome.LETTER_SENT: "Sent a letter",
    Outcome.SPOKE_TO_THE_REFERRER: "Spoke to the person who told us",
    Outcome.SPOKE_TO_THE_PERSON: "Spoke with the person, both ways",
}

# No way of reaching out: the person came or rang by themselves.
CAME = "came"
CAME_LABEL = "They came to us, or rang"

_TALK = Outcome.SPOKE_TO_THE_PERSON
OUTCOMES_OF: Mapping[Channel, frozenset[Outcome]] = {
    Channel.RING: frozenset({Outcome.NO_ANSWER, Outcome.SOMEONE_ELSE_ANSWERED, _TALK}),
    Channel.VOICEMAIL: frozenset({Outcome.MESSAGE_LEFT}),
    Channel.TEXT: frozenset({Outcome.TEXT_SENT, _TALK}),
    Channel.EMAIL: frozenset({Outcome.EMAIL_SENT, _TALK}),
    Channel.POST: frozenset({Outcome.LETTER_SENT}),
    Channel.VISIT: frozenset({Outcome.NO_ANSWER, Outcome.SOMEONE_ELSE_ANSWERED, _TALK}),
    Channel.REFERRER: frozenset({Outcome.NO_ANSWER, Outcome.MESSAGE_LEFT, Outcome.SPOKE_TO_THE_REFERRER, _TALK}),
}


def fits(channel: Channel, outcome: Outcome) -> bool:
    """A letter cannot ring out, and a voicemail is no talk."""
    return outcome in OUTCOMES_OF[channel]


def answered_by_another(outcome: Outcome) -> bool:
    """Whether somebody was spoken to who is neither the person nor whoever told us."""
    return outcome is Outcome.SOMEONE_ELSE_ANSWERED


def is_a_talk(outcome: Outcome) -> bool:
    """Only a real talk with the person, both ways, stops the first-contact clock."""
    return outcome is _TALK


@dataclass(frozen=True)
class Try:
    """How and on which day somebody was tried."""

    channel: Channel
    on: date


# A voicemail is left by ringing, so the two are one way.
_SAME_WAY: Mapping[Channel, Channel] = {Channel.VOICEMAIL: Channel.RING}
WAYS_TO_TRY = 2


def enough_tries(tries: Collection[Try], *, safe: Collection[Channel], at_least: int, over: int) -> bool:
    """Whether the door may be left open: so many tries, over so many days, in two ways where two are safe.

    Where no way is safe any more nobody can be asked to try again.
    """
    if not safe:
        return True
    if len(tries) < max(1, at_least):
        return False
    days = sorted(one.on for one in tries)
    safe_ways = _ways(safe)
    tried_ways = _ways(one.channel for one in tries) & safe_ways
    return (days[-1] - days[0]).days >= over and len(tried_ways) >= min(WAYS_TO_TRY, len(safe_ways))


def _ways(channels: Iterable[Channel]) -> set[Channel]:
    return {_SAME_WAY.get(channel, channel) for channel in channels}
