"""Opens what is sealed in a referral and lays it out for whoever works with it; nothing here is kept or logged."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.accounts.models import User
from selfreferral import flow
from selfreferral.asking import Part, Value
from selfreferral.models import Referral
from selfreferral.models.sealing import Appended, place
from selfreferral.questions import PAGES
from selfreferral.safe_contact import (
    CHANNEL_LABELS,
    SAFE_LABELS,
    Channel,
    Safe,
    SafeContactCard,
    card_from,
)
from selfreferral.vault import Strongbox

_LINKS = {Channel.RING: "tel:", Channel.VOICEMAIL: "tel:", Channel.TEXT: "sms:", Channel.EMAIL: "mailto:"}


@dataclass(frozen=True)
class Way:
    """One line of the card as a worker sees it; without leave to use it there is neither a number nor a button."""

    channel: Channel
    label: str
    said: str
    is_allowed: bool
    is_override: bool
    detail: str
    url: str

    @property
    def may_use(self) -> bool:
        return self.is_allowed or self.is_override


@dataclass(frozen=True)
class Line:
    """A question and its answer in words."""

    label: str
    value: str


@dataclass(frozen=True)
class Entry:
    """One thing that was done."""

    at: datetime
    who: str
    what: str
    words: str


@dataclass(frozen=True)
class OpenReferral:
    """A referral with its words open."""

    name: str
    card: SafeContactCard
    ways: tuple[Way, ...]
    story: tuple[Line, ...]
    referrer: tuple[Line, ...]
    history: tuple[Entry, ...]

    @property
    def shown(self) -> tuple[Way, ...]:
        """Every way, with what was said of it; the one through somebody else only where there is somebody else."""
        return tuple(way for way in self.ways if way.channel is not Channel.REFERRER or self.card.detail(way.channel))

    @property
    def usable(self) -> tuple[Way, ...]:
        return tuple(way for way in self.ways if way.may_use)

    @property
    def barred(self) -> tuple[Way, ...]:
        """Ways that would take an override: we hold a number, and no yes."""
        return tuple(way for way in self.ways if not way.may_use and self.card.detail(way.channel))


def read(referral: Referral, *, by: User, now: datetime) -> OpenReferral:
    """Open a referral for one worker. Raises vault.CannotOpen where something was tampered with."""
    box = referral.strongbox()
    answers = _opened(referral, box, Part)
    overrides = {Channel(row.channel) for row in referral.overrides.in_force(user=by, now=now)}
    card = card_from(answers)
    return OpenReferral(
        name=str(answers.get("name", "")),
        card=card,
        ways=tuple(_way(card, channel, channel in overrides) for channel in Channel),
        story=_lines(answers, Part.STORY),
        referrer=_lines(answers, Part.REFERRER, but={"referrer_contact"}),
        history=tuple(sorted(_history(referral, box), key=lambda entry: entry.at, reverse=True)),
    )


def card_of(referral: Referral) -> SafeContactCard:
    """The safe-contact card alone; the story stays shut."""
    return card_from(_opened(referral, referral.strongbox(), (Part.CONTACT, Part.REFERRER)))


def _opened(referral: Referral, box: Strongbox, parts: Iterable[Part]) -> dict[str, Value]:
    wanted = set(parts)
    answers: dict[str, Value] = {}
    for row in referral.answers.all():
        if row.part in wanted:
            answers |= box.open(row.sealed_answers, place=place(row, "answers"))
    return answers


def _way(card: SafeContactCard, channel: Channel, is_override: bool) -> Way:
    is_allowed = card.allows(channel)
    detail = card.detail(channel) if is_allowed or is_override else ""
    said = card.said[channel]
    label = (
        "Not safe: it starts as a ring"
        if said is Safe.YES and not is_allowed and card.detail(channel)
        else SAFE_LABELS[said]
    )
    start = _LINKS.get(channel, "")
    return Way(
        channel=channel,
        label=CHANNEL_LABELS[channel],
        said=label,
        is_allowed=is_allowed,
        is_override=is_override and not is_allowed,
        detail=detail,
        url=f"{start}{detail.replace(' ', '')}" if start and detail else "",
    )


def _lines(answers: dict[str, Value], part: Part, but: Iterable[str] = ()) -> tuple[Line, ...]:
    return tuple(
        Line(question.label(answers), flow.in_words(question, answers[question.key]))
        for page in PAGES
        for question in page.questions
        if question.part is part and question.key in answers and question.key not in but
    )


def _history(referral: Referral, box: Strongbox) -> Iterable[Entry]:
    def words(row: Appended, sealed: bytes | memoryview, part: str) -> str:
        return str(box.open(sealed, place=place(row, part)))

    for decision in referral.decisions.select_related("decided_by"):
        start = f"{decision.get_from_state_display()} → " if decision.from_state else ""
        what = f"{start}{decision.get_to_state_display()}"
        yield Entry(
            decision.decided_at, _who(decision.decided_by), what, words(decision, decision.sealed_reason, "reason")
        )
    for row in referral.allocations.select_related("navigator", "allocated_by"):
        what = f"Held by {_who(row.navigator)}" if row.navigator else "Held by nobody"
        yield Entry(row.allocated_at, _who(row.allocated_by), what, words(row, row.sealed_reason, "reason"))
    for attempt in referral.attempts.select_related("attempted_by"):
        again = f". Next try on {attempt.next_try_on:%-d %B}" if attempt.next_try_on else ""
        way = f"{attempt.get_channel_display()}: {attempt.get_outcome_display()}{again}"
        what = f"{way} (not a way that the card allows)" if attempt.was_override else way
        yield Entry(attempt.attempted_at, _who(attempt.attempted_by), what, words(attempt, attempt.sealed_note, "note"))
    for post in referral.signposts.select_related("signposted_by"):
        yield Entry(post.signposted_at, _who(post.signposted_by), "Signposted", words(post, post.sealed_words, "words"))
    for said in referral.persons_words.all():
        yield Entry(said.said_at, "The person", said.get_kind_display(), words(said, said.sealed_words, "words"))
    for override in referral.overrides.select_related("overridden_by"):
        what = f"Chose to use a way that the card does not allow: {override.get_channel_display()}"
        yield Entry(
            override.overridden_at,
            _who(override.overridden_by),
            what,
            words(override, override.sealed_reason, "reason"),
        )


def _who(user: User | None) -> str:
    return user.display_name if user else "Not our staff"
