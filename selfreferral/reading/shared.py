"""Opens for a partner what was shared with them, and not a part more."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from selfreferral.contact.card import Channel, SafeContactCard, card_from
from selfreferral.models import Referral, SharedView
from selfreferral.models.record import review_due
from selfreferral.models.sealing import place
from selfreferral.questions.shapes import Part
from selfreferral.reading.answers import Line, answered
from selfreferral.reading.card import Way, way
from selfreferral.sharing import parts as sharing
from selfreferral.vault import Strongbox

# The one through whoever told us is nobody else's to use or to know of.
SHOWN_WAYS = tuple(channel for channel in Channel if channel is not Channel.REFERRER)


@dataclass(frozen=True)
class SharedWords:
    """The parts that were chosen, with their words open; what was not chosen is empty."""

    name: str = ""
    card: SafeContactCard | None = None
    ways: tuple[Way, ...] = ()
    story: tuple[Line, ...] = ()
    risks: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_shared(view: SharedView) -> SharedWords:
    """Open what this view shows. Raises vault.CannotOpen where something was tampered with."""
    referral, parts = view.referral, set(view.parts)
    box = referral.strongbox()
    card = _card(referral, box) if sharing.WAYS in parts else None
    return SharedWords(
        name=_name(referral, box) if sharing.NAME in parts else "",
        card=card,
        ways=tuple(way(card, channel, is_override=False) for channel in SHOWN_WAYS) if card else (),
        story=_lines(referral, box, parts),
        risks=tuple(_risks(referral, box)) if sharing.RISKS in parts else (),
        places=tuple(_places(referral, box)) if sharing.PLACES in parts else (),
        notes=tuple(_notes(referral, box, sharing.noted(parts))),
    )


def _name(referral: Referral, box: Strongbox) -> str:
    return str(answered(referral, box, (Part.CONTACT,)).answers.get("name", ""))


def _card(referral: Referral, box: Strongbox) -> SafeContactCard:
    return card_from(answered(referral, box, (Part.CONTACT,)).answers)


def _lines(referral: Referral, box: Strongbox, parts: Collection[str]) -> tuple[Line, ...]:
    """In the words in which one is asked about oneself: those for somebody else would say that another told us."""
    asked = {key: question for key, question in sharing.questions().items() if key in parts}
    wanted = {question.part for question in asked.values()}
    if not wanted:
        return ()
    found: list[Line] = []
    for sheet in answered(referral, box, wanted).sheets.values():
        chosen = {key: value for key, value in sheet.answers.items() if key in asked}
        found += replace(sheet, answers=chosen).lines(whole=chosen)
    return tuple(found)


def _risks(referral: Referral, box: Strongbox) -> list[str]:
    return [
        str(box.open(flag.sealed_words, place=place(flag, "words")))
        for flag in referral.flags.prefetch_related("reviews")
        if review_due(flag) is not None
    ]


def _places(referral: Referral, box: Strongbox) -> list[str]:
    return [
        str(box.open(post.sealed_service, place=place(post, "service"))["name"])
        for post in referral.signposts.all()
        if post.sealed_service
    ]


def _notes(referral: Referral, box: Strongbox, wanted: Collection[str]) -> list[str]:
    return [
        str(box.open(note.sealed_words, place=place(note, "words")))
        for note in (sharing.standing_notes(referral) if wanted else ())
        if str(note.pk) in wanted
    ]
