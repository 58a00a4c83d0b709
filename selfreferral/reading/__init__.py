"""Opens what is sealed in a referral and lays it out for whoever works with it; nothing here is kept or logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from portal.accounts.models import User
from selfreferral.contact.card import Channel, SafeContactCard, card_from
from selfreferral.models import Answer, Referral
from selfreferral.people import ALLOCATE
from selfreferral.questions.shapes import Part, Value
from selfreferral.reading.answers import Answered, Line, last_of, opened_answers, sheets
from selfreferral.reading.assessments import HowTheyAre, how_they_are
from selfreferral.reading.card import WHY_NO_WAY, Way, do_not_use, ways
from selfreferral.reading.changes import put_right, written
from selfreferral.reading.history import Entry, history
from selfreferral.reading.opening import Opener
from selfreferral.reading.record import Record, record
from selfreferral.reading.same import SamePerson, same_people
from selfreferral.reading.together import done_together
from selfreferral.seeing.sight import Sight
from selfreferral.workflow import CONTACT

__all__ = ["Entry", "Line", "Merged", "OpenReferral", "Way", "card_of", "read"]


@dataclass(frozen=True)
class Merged:
    """Another request of the same person, which became a link to the one on the page."""

    referral: Referral
    story: tuple[Line, ...]
    referrer: tuple[Line, ...]


@dataclass(frozen=True)
class OpenReferral:
    """A referral with its words open."""

    name: str
    card: SafeContactCard
    ways: tuple[Way, ...]
    why_no_way: str
    story: tuple[Line, ...]
    referrer: tuple[Line, ...]
    history: tuple[Entry, ...]
    answers: dict[str, Value]
    do_not_use: tuple[str, ...]
    record: Record
    how_they_are: HowTheyAre
    merged: tuple[Merged, ...]
    same: tuple[SamePerson, ...]
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


def read(referral: Referral, *, by: User, now: datetime, merged: Sequence[Referral] | None = None) -> OpenReferral:
    """Open a referral for one worker, with those that were `merged` into it: all of them, where none are given.

    Raises vault.CannotOpen where something was tampered with.
    """
    opener = Opener([referral, *(referral.all_merged if merged is None else merged)])
    given, *others = (_answered(opener, one) for one in opener.referrals)
    overrides = {Channel(row.channel) for row in referral.overrides.in_force(user=by, now=now)}
    card = card_from(given.answers)
    return OpenReferral(
        name=str(given.answers.get("name", "")),
        card=card,
        ways=tuple(ways(card, overrides=overrides, where=referral.where, is_near=_is_near(referral, by))),
        why_no_way=WHY_NO_WAY.get(referral.where, ""),
        story=given.lines(Part.STORY),
        referrer=given.lines(Part.REFERRER, but={"referrer_contact"}),
        history=_all_that_was_done(opener),
        answers=given.answers,
        do_not_use=do_not_use(opener, card) if referral.where in CONTACT else (),
        record=record(opener, today=timezone.localdate(now)),
        how_they_are=how_they_are(opener),
        merged=tuple(
            Merged(one, answers.lines(Part.STORY), answers.lines(Part.REFERRER, but={"referrer_contact"}))
            for one, answers in zip(opener.referrals[1:], others, strict=True)
        ),
        same=same_people(referral, by=by),
    )


def _is_near(referral: Referral, by: User) -> bool:
    """Whether they hold it, or lead; who knows the person does not come here."""
    return referral.owner_id == by.pk or by.has_perm(ALLOCATE)


def _answered(opener: Opener, referral: Referral) -> Answered:
    rows = opener.rows(Answer, "question_set", "given_by")
    return last_of(sheets((row for row in rows if row.referral_id == referral.pk), opener.box))


def _all_that_was_done(opener: Opener) -> tuple[Entry, ...]:
    """The newest first."""
    entries = [*history(opener), *written(opener), *put_right(opener)]
    for one in opener.referrals:
        entries += done_together(one, one.strongbox())
    return tuple(sorted(entries, key=lambda entry: entry.at, reverse=True))


def card_of(referral: Referral) -> SafeContactCard:
    """The safe-contact card alone; the story stays shut."""
    return card_from(opened_answers(referral, referral.strongbox(), (Part.CONTACT, Part.REFERRER)))
