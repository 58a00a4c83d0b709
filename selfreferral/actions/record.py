"""What staff write beside a referral: notes, risks and safeguarding; each is added, and none is edited."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.record import record
from selfreferral.actions.changes import need_words, sealed
from selfreferral.models import FlagReview, Note, Referral, RiskFlag, SafeguardingDecision
from selfreferral.models.record import review_due
from selfreferral.people import standing
from selfreferral.refusals import Hidden, NotYours, SomethingMissing
from selfreferral.seeing.eyes import sight
from selfreferral.workflow import ASIDE, State, Who

# A risk that nobody looks at for longer is no longer known.
LONGEST_REVIEW = timedelta(days=366)


@transaction.atomic
def write_note(
    *,
    referral: Referral,
    words: str,
    by: User,
    now: datetime,
    corrects: Note | None = None,
    is_about_others: bool = False,
) -> Note:
    """Add a note, or one that puts an earlier one right; the earlier one stays readable."""
    may_write(referral=referral, by=by, now=now)
    need_words(words, "Write something first.")
    if corrects is not None:
        if corrects.referral_id != referral.pk:
            raise SomethingMissing("That note is not about this person.")
        if corrects.corrections.exists():
            raise SomethingMissing("That note was put right already. Put right the newest one.")
    note = Note(referral=referral, corrects=corrects, is_about_others=is_about_others, written_at=now, written_by=by)
    note.sealed_words = sealed(referral=referral, row=note, part="words", words=words)
    note.save(force_insert=True)
    record(action="selfreferral.write_note", by=by, subject=referral, corrects=corrects is not None)
    return note


@transaction.atomic
def raise_flag(
    *, referral: Referral, words: str, source: RiskFlag.Source, review_on: date, by: User, now: datetime
) -> RiskFlag:
    """Warn everybody who goes near, from whom we know it, and say when somebody looks at it again."""
    may_write(referral=referral, by=by, now=now)
    need_words(words, "Say what to know.")
    _need_review_day(review_on, now)
    flag = RiskFlag(referral=referral, source=source, review_on=review_on, raised_at=now, raised_by=by)
    flag.sealed_words = sealed(referral=referral, row=flag, part="words", words=words)
    flag.save(force_insert=True)
    record(action="selfreferral.raise_flag", by=by, subject=referral)
    return flag


@transaction.atomic
def review_flag(
    *,
    referral: Referral,
    flag: RiskFlag,
    is_over: bool,
    why: str,
    by: User,
    now: datetime,
    review_on: date | None = None,
) -> FlagReview:
    """Look at a risk again: it stays, with a new day to look, or it is over."""
    may_write(referral=referral, by=by, now=now)
    if flag.referral_id != referral.pk:
        raise SomethingMissing("That risk is not about this person.")
    if review_due(flag) is None:
        raise SomethingMissing("That risk is over. Write down a new one.")
    need_words(why)
    if not is_over:
        _need_review_day(review_on, now)
    review = FlagReview(
        referral=referral,
        flag=flag,
        is_over=is_over,
        review_on=None if is_over else review_on,
        reviewed_at=now,
        reviewed_by=by,
    )
    review.sealed_why = sealed(referral=referral, row=review, part="why", words=why)
    review.save(force_insert=True)
    record(action="selfreferral.review_flag", by=by, subject=referral, over=is_over)
    return review


@transaction.atomic
def decide_safeguarding(
    *,
    referral: Referral,
    outcome: SafeguardingDecision.Outcome,
    about: SafeguardingDecision.About,
    why: str,
    by: User,
    now: datetime,
    consent: str = "",
    sent_at: datetime | None = None,
) -> SafeguardingDecision:
    """Write down that somebody thought about safeguarding: what was decided, and why, also where nothing was sent."""
    may_write(referral=referral, by=by, now=now)
    need_words(why)
    is_sent = outcome == SafeguardingDecision.Outcome.SENT
    if is_sent and not consent:
        raise SomethingMissing("Say whether they said yes; sent without a yes, say why below.")
    if is_sent and sent_at is None:
        raise SomethingMissing("Give the day and the time at which it was sent.")
    if sent_at is not None and sent_at > now:
        raise SomethingMissing("That time is still to come. Write it down once it is sent.")
    decision = SafeguardingDecision(
        referral=referral,
        outcome=outcome,
        about=about,
        consent=consent if is_sent else "",
        sent_at=sent_at if is_sent else None,
        decided_at=now,
        decided_by=by,
    )
    decision.sealed_why = sealed(referral=referral, row=decision, part="why", words=why)
    decision.save(force_insert=True)
    record(action="selfreferral.decide_safeguarding", by=by, subject=referral)
    return decision


def may_write(*, referral: Referral, by: User, now: datetime) -> None:
    """Whoever may read it may add to it: the colleague who covers hears things too. Raises Hidden or NotYours."""
    if standing(referral, by).isdisjoint({Who.NAVIGATOR, Who.LEAD}):
        raise NotYours("This is not yours to write in.")
    seen = sight(referral, by=by, now=now)
    if not seen.shows_words:
        raise Hidden(seen)
    if referral.where is State.ERASED:
        raise NotYours("It was erased. Nothing is kept here any more.")
    if referral.where in ASIDE:
        raise NotYours("This stands for another one. Write it down there.")


def _need_review_day(day: date | None, now: datetime) -> None:
    today = timezone.localdate(now)
    if day is None or not today < day <= today + LONGEST_REVIEW:
        raise SomethingMissing("Give a day on which somebody looks at it again, within a year.")
