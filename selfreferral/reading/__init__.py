"""Opens what is sealed in a referral and lays it out for whoever works with it; nothing here is kept or logged."""

from dataclasses import dataclass
from datetime import datetime

from portal.accounts.models import User
from selfreferral.asking import Part
from selfreferral.models import Referral
from selfreferral.reading.answers import Line, answered, opened_answers
from selfreferral.reading.card import Way, way
from selfreferral.reading.history import Entry, history
from selfreferral.safe_contact import Channel, SafeContactCard, card_from
from selfreferral.seeing import Sight

__all__ = ["Entry", "Line", "OpenReferral", "Way", "card_of", "read"]


@dataclass(frozen=True)
class OpenReferral:
    """A referral with its words open."""

    name: str
    card: SafeContactCard
    ways: tuple[Way, ...]
    story: tuple[Line, ...]
    referrer: tuple[Line, ...]
    history: tuple[Entry, ...]
    sight: Sight = Sight.OPEN

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
    given = answered(referral, box)
    answers = given.answers
    overrides = {Channel(row.channel) for row in referral.overrides.in_force(user=by, now=now)}
    card = card_from(answers)
    return OpenReferral(
        name=str(answers.get("name", "")),
        card=card,
        ways=tuple(way(card, channel, is_override=channel in overrides) for channel in Channel),
        story=given.lines(Part.STORY),
        referrer=given.lines(Part.REFERRER, but={"referrer_contact"}),
        history=tuple(sorted(history(referral, box), key=lambda entry: entry.at, reverse=True)),
    )


def card_of(referral: Referral) -> SafeContactCard:
    """The safe-contact card alone; the story stays shut."""
    return card_from(opened_answers(referral, referral.strongbox(), (Part.CONTACT, Part.REFERRER)))
