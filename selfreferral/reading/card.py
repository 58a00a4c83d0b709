"""The safe-contact card as a worker sees it: without leave to use a way there is neither a number nor a button."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from selfreferral.contact.card import CHANNEL_LABELS, DETAIL_OF, SAFE_LABELS, Channel, Safe, SafeContactCard, card_from
from selfreferral.contact.narrowing import plain_detail
from selfreferral.models import Answer
from selfreferral.questions.shapes import Part
from selfreferral.reading.answers import sheet_of
from selfreferral.reading.opening import Opener
from selfreferral.workflow import CONTACT, State

_LINKS = {Channel.RING: "tel:", Channel.VOICEMAIL: "tel:", Channel.TEXT: "sms:", Channel.EMAIL: "mailto:"}

WHY_NO_WAY: Mapping[State, str] = {
    State.NEW: "Pick it up, read it, and start to reach them: then the ways show here.",
    State.SCREENING: "Start to reach them first: then the ways show here.",
    State.CLOSED: "This is finished. Open it again to reach them.",
    State.WITHDRAWN: "They asked us to stop. Do not reach out to them.",
    State.MERGED: "Go on at the other one, and reach them from there.",
}
DETAILS = tuple(dict.fromkeys(DETAIL_OF.values()))


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

    @property
    def without_detail(self) -> "Way":
        """What was said of it, and nothing to reach anybody on."""
        return replace(self, is_override=False, detail="", url="")

    @property
    def without_link(self) -> "Way":
        """To be read, and not to be used by a slip of the finger."""
        return replace(self, url="")


def way(card: SafeContactCard, channel: Channel, *, is_override: bool) -> Way:
    """One way of the card, for a worker who has an override for it or not."""
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


def ways(card: SafeContactCard, *, overrides: Collection[Channel], where: State, is_near: bool) -> Iterator[Way]:
    """Every way. Nobody is reached before it was read or after they said stop, and by those alone who work with them."""
    for channel in Channel:
        one = way(card, channel, is_override=channel in overrides)
        if where not in CONTACT:
            one = one.without_detail
        yield one if is_near else one.without_link


def do_not_use(opener: Opener, card: SafeContactCard) -> tuple[str, ...]:
    """Numbers and addresses that were given before and are so no more, or that another request of theirs calls unsafe."""
    standing = {(key, plain_detail(key, value)) for key, value in card.details.items()}
    barred: dict[tuple[str, str], str] = {}
    for key, value in _given_before(opener):
        if (key, plain_detail(key, value)) not in standing:
            barred.setdefault((key, plain_detail(key, value)), value)
    return tuple(barred.values())


def _given_before(opener: Opener) -> Iterator[tuple[str, str]]:
    """(key, value) of what was put right, and of what another request of theirs holds and does not call safe."""
    latest: dict[tuple[object, str], Mapping[str, object]] = {}
    for row in sorted(opener.rows(Answer, "question_set", "given_by"), key=lambda row: row.revision):
        if row.part == Part.STORY:
            continue
        before, now = latest.get((row.referral_id, row.part), {}), sheet_of(row, opener.box(row)).answers
        yield from ((key, str(before[key])) for key in DETAILS if before.get(key) and before[key] != now.get(key))
        latest[row.referral_id, row.part] = now
    for merged in opener.referrals[1:]:
        card = card_from({**latest.get((merged.pk, Part.CONTACT), {}), **latest.get((merged.pk, Part.REFERRER), {})})
        open_there = {DETAIL_OF[channel] for channel in card.allowed}
        yield from ((key, value) for key, value in card.details.items() if value and key not in open_there)
