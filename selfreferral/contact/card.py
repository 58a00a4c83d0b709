"""The safe-contact card: which ways of reaching somebody are safe, held as a rule and not as a hint."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """A way of reaching somebody; `REFERRER` is through whoever told us about them."""

    RING = "ring"
    VOICEMAIL = "voicemail"
    TEXT = "text"
    EMAIL = "email"
    POST = "post"
    VISIT = "visit"
    REFERRER = "referrer"


class Safe(StrEnum):
    """What the person said of a way. Not answered is unknown, and unknown counts as no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


DETAIL_OF: Mapping[Channel, str] = {
    Channel.RING: "phone",
    Channel.VOICEMAIL: "phone",
    Channel.TEXT: "phone",
    Channel.EMAIL: "email",
    Channel.POST: "place",
    Channel.VISIT: "place",
    Channel.REFERRER: "referrer_contact",
}
CHANNEL_LABELS: Mapping[Channel, str] = {
    Channel.RING: "Ring",
    Channel.VOICEMAIL: "Leave a voicemail",
    Channel.TEXT: "Text",
    Channel.EMAIL: "E-mail",
    Channel.POST: "Post",
    Channel.VISIT: "Visit",
    Channel.REFERRER: "Go through the person who told us",
}
SAFE_LABELS: Mapping[Safe, str] = {
    Safe.YES: "Safe",
    Safe.NO: "Not safe",
    Safe.UNKNOWN: "Not answered: counts as no",
}


def answer_key(channel: Channel) -> str:
    """The key under which the answer "is it safe to …" is kept."""
    return f"safe_{channel}"


@dataclass(frozen=True)
class SafeContactCard:
    """What one person said about being reached.

    A way is allowed only by a spoken yes, with something to reach them on. A voicemail starts as a ring, so it needs both.
    """

    said: Mapping[Channel, Safe]
    details: Mapping[str, str]
    good_times: str = ""
    who_may_answer: str = ""
    say_we_are: str = ""

    def allows(self, channel: Channel) -> bool:
        if channel is Channel.VOICEMAIL and self.said.get(Channel.RING) is not Safe.YES:
            return False
        return self.said.get(channel) is Safe.YES and bool(self.details.get(DETAIL_OF[channel]))

    def detail(self, channel: Channel) -> str:
        """The number, address or place that the channel uses; empty when none was given."""
        return self.details.get(DETAIL_OF[channel], "")

    @property
    def allowed(self) -> tuple[Channel, ...]:
        return tuple(channel for channel in Channel if self.allows(channel))


def card_from(answers: Mapping[str, object]) -> SafeContactCard:
    """The card of these answers; whatever is missing or odd is unknown, never yes."""

    def words(key: str) -> str:
        value = answers.get(key, "")
        return value if isinstance(value, str) else ""

    said = {
        channel: Safe(value) if (value := words(answer_key(channel))) in {"yes", "no"} else Safe.UNKNOWN
        for channel in Channel
    }
    return SafeContactCard(
        said=said,
        details={key: words(key) for key in dict.fromkeys(DETAIL_OF.values())},
        good_times=words("good_times"),
        who_may_answer=words("who_may_answer"),
        say_we_are=words("say_we_are"),
    )


def no_way_in(answers: Mapping[str, object]) -> str:
    """A number, an e-mail address or a place: one is enough. Empty, or what to say where there is none."""
    if any(answers.get(key) for key in DETAIL_OF.values()):
        return ""
    return "Give us one way: a phone number, an e-mail address, or a place where we can meet"


def no_safe_way(answers: Mapping[str, object]) -> str:
    """At least one spoken yes that can be acted on. Empty, or what to say where there is none."""
    card = card_from(answers)
    if answers.get(answer_key(Channel.VOICEMAIL)) == "yes" and not card.allows(Channel.VOICEMAIL):
        return "To leave a voicemail we have to ring. Say yes to ringing too, or no to a voicemail"
    return "" if card.allowed else "Say yes to at least one way that is safe"
