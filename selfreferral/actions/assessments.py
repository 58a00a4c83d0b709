"""Keeping how people themselves say that they are: typed in by a worker, or filled in by the person with a code, once."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.record import record
from portal.clock import say_whole_date
from portal.references import new_reference, normalise_reference
from portal.tasks import enqueue_on_commit
from portal.text import plain
from selfreferral import vault
from selfreferral.actions.changes import change, sealed
from selfreferral.actions.record import may_write
from selfreferral.models import AssessmentCode, Domain, DomainScore, Referral, SelfAssessment
from selfreferral.models.assessments import HIGHEST, LOWEST
from selfreferral.refusals import NoCode, SomethingMissing
from selfreferral.tasks import alert_navigators

LONGEST_WORDS = 2000
CODE_LENGTH = 8
Way = SelfAssessment.Way


@transaction.atomic
def record_assessment(
    *,
    referral: Referral,
    stages: Mapping[Domain, int],
    way: Way,
    given_on: date,
    by: User,
    now: datetime,
    words: str = "",
    corrects: SelfAssessment | None = None,
) -> SelfAssessment:
    """Write down what somebody said on a day, or put right what was written down wrongly; the wrong one stays readable."""
    _locked(referral)
    may_write(referral=referral, by=by, now=now)
    if given_on > timezone.localdate(now):
        raise SomethingMissing("Give the day on which they said it. It cannot lie ahead.")
    if given_on < (came_on := _came_on(referral)):
        came, given = say_whole_date(came_on), say_whole_date(given_on)
        raise SomethingMissing(
            f"They first asked us for help on {came}, and {given} is before that. Look at the date again."
        )
    if corrects is not None:
        if corrects.referral_id != referral.pk:
            raise SomethingMissing("What you put right is not about this request.")
        if corrects.corrections.exists():
            raise SomethingMissing("That was put right already. Put right the newest one.")
    return _keep(referral, stages, way, given_on, words, corrects=corrects, by=by, now=now)


@transaction.atomic
def give_code(*, referral: Referral, by: User, now: datetime) -> str:
    """A code with which the person can answer by themselves, once and within a week; an earlier one opens no more."""
    may_write(referral=referral, by=by, now=now)
    AssessmentCode.objects.filter(referral=referral).delete()
    code = new_reference(CODE_LENGTH)
    AssessmentCode(finder=_finder(code), referral=referral, made_at=now, made_by=by).save(force_insert=True)
    record(action="selfreferral.give_assessment_code", by=by, subject=referral)
    return code


def check_code(*, typed: str, now: datetime) -> str:
    """The code as it is stored in a browser; NoCode for one that opens nothing, whether it never did or is over."""
    code = normalise_reference(typed[:100], CODE_LENGTH)
    if code is None or not AssessmentCode.objects.open(now=now).filter(finder=_finder(code)).exists():
        raise NoCode
    return code


@transaction.atomic
def fill_in(*, code: str, stages: Mapping[Domain, int], words: str, now: datetime) -> SelfAssessment:
    """The person's own answers. The code is used up; where they wrote words, navigators are told that somebody wrote."""
    found = AssessmentCode.objects.open(now=now).select_for_update().filter(finder=_finder(code))
    given = found.select_related("referral").first()
    if given is None:
        raise NoCode
    referral = _locked(given.referral.stands_for)
    words = plain(words, limit=LONGEST_WORDS)
    kept = _keep(referral, stages, Way.SCREEN, timezone.localdate(now), words, corrects=None, by=None, now=now)
    given.delete()
    if words.strip():
        change(referral=referral, seen_version=referral.version, by=None, now=now, wrote_at=now)
        enqueue_on_commit(alert_navigators)
    return kept


def _came_on(referral: Referral) -> date:
    """The day on which the person first came to us, with this request or one that was merged into it."""
    return timezone.localdate(min(one.received_at for one in referral.all_of_the_same))


def _locked(referral: Referral) -> Referral:
    """The same, with nobody beside us who could write down a second one for the same day."""
    return Referral.objects.select_for_update().get(pk=referral.pk)


def _keep(
    referral: Referral,
    stages: Mapping[Domain, int],
    way: Way,
    given_on: date,
    words: str,
    *,
    corrects: SelfAssessment | None,
    by: User | None,
    now: datetime,
) -> SelfAssessment:
    if not stages:
        raise SomethingMissing("Choose a number for one part at least.")
    if any(not LOWEST <= stage <= HIGHEST for stage in stages.values()):
        raise SomethingMissing(f"Each number is from {LOWEST} to {HIGHEST}.")
    same_day = SelfAssessment.objects.standing().of_all(referral.all_of_the_same).on(given_on)
    if any(one != corrects for one in same_day):
        raise SomethingMissing("There is one for this day already. Put that one right if it is wrong.")
    row = SelfAssessment(
        referral=referral, corrects=corrects, way=way, given_on=given_on, written_at=now, written_by=by
    )
    if words.strip():
        row.sealed_words = sealed(referral=referral, row=row, part="words", words=words)
    row.save(force_insert=True)
    DomainScore.objects.bulk_create(
        DomainScore(referral=referral, assessment=row, domain=domain, stage=stage) for domain, stage in stages.items()
    )
    record(action="selfreferral.self_assess", by=by, subject=referral, way=way.value, corrects=corrects is not None)
    return row


def _finder(code: str) -> str:
    return vault.blind_index("assessment", code)
