"""Ways to reach somebody may be closed by anybody, at any time; they open only because the person said so."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from selfreferral import vault
from selfreferral.contact.card import (
    CHANNEL_LABELS,
    DETAIL_OF,
    Channel,
    Safe,
    SafeContactCard,
    answer_key,
    card_from,
)
from selfreferral.questions import flow
from selfreferral.questions.pages import PAGES
from selfreferral.questions.shapes import Answers, Part, Value


class SaidBy(StrEnum):
    """From whom we know that an answer must be put right."""

    IN_A_TALK = "in_a_talk"
    IN_WRITING = "in_writing"
    SOMEBODY_ELSE = "somebody_else"
    OUR_SLIP = "our_slip"

    @property
    def is_the_person(self) -> bool:
        return self in {SaidBy.IN_A_TALK, SaidBy.IN_WRITING}


SAID_BY_LABELS: Mapping[SaidBy, str] = {
    SaidBy.IN_A_TALK: "The person, in a talk",
    SaidBy.IN_WRITING: "The person, in writing",
    SaidBy.SOMEBODY_ELSE: "Somebody else",
    SaidBy.OUR_SLIP: "Nobody: we wrote it down wrongly",
}
# Who may pick up the phone is a way in too.
ONLY_THE_PERSON_SAYS = frozenset({"who_may_answer"})
# Who the request is for decides who may do what with it; wrong there, it is a new request.
CANNOT_BE_CORRECTED = frozenset({"for_whom"})
_QUESTIONS = {question.key: question for page in PAGES for question in page.questions}


@dataclass(frozen=True)
class Given:
    """All answers of a referral as they stand, part by part."""

    parts: Mapping[Part, Mapping[str, Value]]

    @property
    def whole(self) -> dict[str, Value]:
        return {key: value for given in self.parts.values() for key, value in given.items()}

    @property
    def card(self) -> SafeContactCard:
        return card_from(self.whole)

    def narrowed(self, channels: Iterable[Channel]) -> "Given":
        return Given({**self.parts, Part.CONTACT: narrowed(self.parts.get(Part.CONTACT, {}), channels)})

    def put_right(self, changes: Mapping[str, Value], said_by: SaidBy) -> "Given":
        """These answers with the changes. What was said to be safe was said of the old number or address: on a new one a way
        is safe only where the person says so with it, and on one that somebody else gave, none is.
        """
        after = self._with({key: value for key, value in changes.items() if key not in CANNOT_BE_CORRECTED})
        said = changes.keys() if said_by.is_the_person else ()
        return after._without(
            {answer_key(channel) for channel in on_new_details(self.card, after.card)}.difference(said)
        )

    def _with(self, changes: Mapping[str, Value]) -> "Given":
        """What follows from an answer that is gone, such as whether a number is safe, goes too.

        Answers to questions that are no longer asked stay as they are.
        """
        path = flow.walk({**self.whole, **changes})
        on_path = {key for step in path.steps for key in step.keys}
        parts = {part: dict(given) for part, given in self.parts.items()}
        for key in changes:
            if key in _QUESTIONS:
                parts.setdefault(_QUESTIONS[key].part, {})[key] = path.answers.get(key, "")
        return Given(
            {
                part: {
                    key: value for key, value in given.items() if value and (key in on_path or key not in _QUESTIONS)
                }
                for part, given in parts.items()
            }
        )

    def _without(self, keys: Collection[str]) -> "Given":
        return Given(
            {part: {key: value for key, value in row.items() if key not in keys} for part, row in self.parts.items()}
        )


def opens_wrongly(before: Given, after: Given, said_by: SaidBy) -> str:
    """Why these answers may not take the place of those; empty where they may."""
    if said_by.is_the_person:
        return ""
    opened = widened(before.card, after.card)
    if opened:
        ways = ", ".join(CHANNEL_LABELS[channel].lower() for channel in opened)
        return f"Only the person can say that a way is safe: {ways}."
    if any(before.whole.get(key) != after.whole.get(key) for key in ONLY_THE_PERSON_SAYS):
        return "Only the person can say who may answer."
    return ""


def widened(before: SafeContactCard, after: SafeContactCard) -> tuple[Channel, ...]:
    """Ways that would be open and were not, or that would reach them on something new."""
    return tuple(
        channel
        for channel in after.allowed
        if not before.allows(channel) or not is_same_detail(channel, before.detail(channel), after.detail(channel))
    )


def narrowed(answers: Answers, channels: Iterable[Channel]) -> dict[str, Value]:
    """The same answers, with a no to each of these ways; no other answer changes."""
    return {**answers, **{answer_key(channel): Safe.NO.value for channel in channels}}


def on_new_details(before: SafeContactCard, after: SafeContactCard) -> tuple[Channel, ...]:
    """Ways whose number, address or place is another than it was: what was said of the old one says nothing of it."""
    return tuple(
        channel
        for channel in Channel
        if after.detail(channel) and not is_same_detail(channel, before.detail(channel), after.detail(channel))
    )


def is_same_detail(channel: Channel, one: str, other: str) -> bool:
    """ "+44 7700 900123" and "07700900123" are one number; case and spaces make no new address."""
    return plain_detail(DETAIL_OF[channel], one) == plain_detail(DETAIL_OF[channel], other)


def plain_detail(key: str, value: str) -> str:
    """A number or an address as it is compared."""
    if key == "phone":
        return vault.normal_phone(value)
    return " ".join(value.casefold().split())
