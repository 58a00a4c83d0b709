"""An answer is put right because somebody said so: answered again beside what it was, and never wider without the person."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.accounts.models import User
from portal.audit.record import record
from selfreferral.actions.changes import change, need_fresh, need_words
from selfreferral.actions.wording import question_set_now
from selfreferral.contact.card import Channel
from selfreferral.contact.narrowing import SAID_BY_LABELS, Given, SaidBy, opens_wrongly
from selfreferral.marks import marks_of
from selfreferral.models import Answer, BlindMark, Referral
from selfreferral.models.sealing import place
from selfreferral.people import standing
from selfreferral.questions.shapes import Value
from selfreferral.reading.answers import answered
from selfreferral.refusals import ChannelNotSafe, NotYours, SomethingMissing
from selfreferral.seeing.eyes import need_read
from selfreferral.workflow import ASIDE, State, Who


@transaction.atomic
def correct_answers(
    *,
    referral: Referral,
    changes: Mapping[str, Value],
    said_by: SaidBy,
    why: str,
    seen_version: int,
    by: User,
    now: datetime,
) -> list[Answer]:
    """Put answers right. What was said before stays as it was; the new words count from now on.

    A way to reach the person opens only where they said so themselves. On a new number or address that somebody else
    gave, nothing is safe until the person says it. Raises ChannelNotSafe, NotYours or SomethingMissing.
    """
    need_fresh(referral=referral, seen_version=seen_version)
    if standing(referral, by).isdisjoint({Who.HOLDER, Who.LEAD}):
        raise NotYours("Only the one who holds it, or the lead, can put an answer right.")
    if referral.where in ASIDE:
        raise NotYours("This stands for another one. Put it right there.")
    need_words(why, "Say how you know.")
    before = _standing_answers(referral)
    after = before.put_right(changes, said_by)
    if refusal := opens_wrongly(before, after, said_by):
        raise ChannelNotSafe(refusal)
    if not after.whole.get("name"):
        raise SomethingMissing("Give a name to use. It does not have to be the real one.")
    if after.parts == before.parts:
        raise SomethingMissing("Nothing was changed.")
    return _answer_again(
        referral,
        before,
        after,
        why=f"{SAID_BY_LABELS[said_by]}. {why}",
        by=by,
        now=now,
        **_danger(referral, before, after, said_by),
    )


@transaction.atomic
def narrow(*, referral: Referral, channels: Collection[Channel], why: str, by: User | None, now: datetime) -> Referral:
    """Close these ways, at once; nothing else changes, and no way opens.

    `by` is none where the person does it from their own page. What this one was merged into is closed too. Raises Hidden
    for whoever may not read it, and NotYours where nothing is kept any more.
    """
    if by is not None and standing(referral, by).isdisjoint({Who.NAVIGATOR, Who.LEAD}):
        raise NotYours("This is not yours to change.")
    if by is not None:
        need_read(referral, by=by, now=now)
    if referral.where is State.ERASED:
        raise NotYours("It was erased. Nothing is kept here any more.")
    need_words(why, "Say how you know.")
    if not channels:
        raise SomethingMissing("Choose a way that is not safe.")
    for one in referral.and_what_it_stands_for:
        locked = Referral.objects.select_for_update().get(pk=one.pk)
        before = _standing_answers(locked)
        after = before.narrowed(channels)
        if after.parts != before.parts:
            _answer_again(locked, before, after, why=why, by=by, now=now)
    referral.refresh_from_db()
    return referral


def _standing_answers(referral: Referral) -> Given:
    given = answered(referral, referral.strongbox())
    return Given({part: dict(sheet.answers) for part, sheet in given.sheets.items()})


def _danger(referral: Referral, before: Given, after: Given, said_by: SaidBy) -> dict[str, Any]:
    """Whether somebody is said to be in danger follows the answer; it is taken back by the person alone."""
    if before.whole.get("danger") == after.whole.get("danger"):
        return {}
    says_danger = after.whole.get("danger") == "yes"
    return {"says_danger": says_danger or (referral.says_danger and not said_by.is_the_person)}


def _answer_again(
    referral: Referral, before: Given, after: Given, *, why: str, by: User | None, now: datetime, **values: Any
) -> list[Answer]:
    change(referral=referral, seen_version=referral.version, by=by, now=now, **values)
    box, asked, revised = referral.strongbox(), question_set_now(now), []
    latest = {row.part: row.revision for row in referral.answers.order_by("revision")}
    for part, given in after.parts.items():
        if given == before.parts.get(part, {}):
            continue
        row = Answer(
            referral=referral,
            part=part,
            revision=latest.get(part, 0) + 1,
            question_set=asked,
            given_at=now,
            given_by=by,
        )
        row.sealed_answers = box.seal(dict(given), place=place(row, "answers"))
        row.sealed_why = box.seal(why, place=place(row, "why"))
        row.save(force_insert=True)
        revised.append(row)
    _mark_again(referral, after)
    record(action="selfreferral.correct_answers", by=by, subject=referral)
    return revised


def _mark_again(referral: Referral, after: Given) -> None:
    """The person is found by what is right now; a number that was never theirs leads nobody here any more."""
    wanted = marks_of(after.whole)
    for mark in referral.marks.all():
        if (mark.kind, mark.mark) not in wanted:
            mark.delete()
        wanted.discard((mark.kind, mark.mark))
    for kind, made in wanted:
        BlindMark(referral=referral, kind=kind, mark=made).save(force_insert=True)
