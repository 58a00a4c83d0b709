"""How long requests for help are kept after they ended, by how they ended; and what is kept for minutes and hours."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import models

from portal.clock import LONDON
from portal.privacy.periods import Destroyed, Period, Rows, register_period
from portal.references import normalise_reference
from selfreferral.actions.erasing import erase_in_time
from selfreferral.models import (
    AssessmentCode,
    CallBack,
    DraftReferral,
    Referral,
    ReferrerFeedback,
    ReturnVisit,
    SurveyLink,
)
from selfreferral.models.assessments import CODE_LASTS
from selfreferral.models.drafts import LONGEST_LIFE, LONGEST_REST
from selfreferral.models.returning import LONGEST_VISIT
from selfreferral.workflow import State

# What was put together with a request goes with it, and so holds it.
HELD = {"pk": "selfreferral.Referral", "merged": "selfreferral.Referral", "merged__merged": "selfreferral.Referral"}
WORDS_OF_SURVEYS = timedelta(days=365)
ERASED = "its key is destroyed and every word with it; reference, states and dates stay"


def _ended(state: State) -> Callable[[datetime], models.QuerySet[Referral]]:
    """Requests that came to this state, where nothing was done since and the person has not written again."""
    return lambda cutoff: Referral.objects.filter(state=state, changed_at__lt=cutoff, wrote_at__isnull=True)


def _erased(referrals: list[Referral], now: datetime) -> Destroyed:
    return Destroyed(sum(erase_in_time(referral=referral, now=now) for referral in referrals))


def _reference(referral: Referral) -> str:
    return f"Request {referral.reference}"


def _with_reference(words: str) -> Referral | None:
    wanted = normalise_reference(words) or normalise_reference(words.split()[-1])
    return Referral.objects.filter(reference=wanted).exclude(state=State.ERASED).first()


def _words_before(cutoff: datetime) -> models.QuerySet[ReferrerFeedback]:
    written = ReferrerFeedback.objects.exclude(sealed_good=b"", sealed_better=b"")
    return written.filter(given_on__lt=cutoff.astimezone(LONDON).date())


def _blanked(answers: list[ReferrerFeedback], now: datetime) -> Destroyed:
    numbers = [answer.pk for answer in answers]
    return Destroyed(ReferrerFeedback.objects.filter(pk__in=numbers).update(sealed_good=b"", sealed_better=b""))


def _after(state: State, title: str, because: str) -> Period:
    return Period(
        name=f"selfreferral.{state}",
        title=title,
        what=ERASED,
        setting=f"KEEP_{state.upper()}_DAYS",
        because=because,
        is_warned=True,
        things=Rows(find=_ended(state), away=_erased, held=HELD, refer=_reference, by_reference=_with_reference),
    )


PERIODS = [
    _after(
        State.CLOSED,
        "Requests for help, finished",
        "somebody who comes back need not tell everything again, and a complaint can be answered",
    ),
    _after(
        State.SIGNPOSTED,
        "Requests for help, where we helped to find somewhere",
        "somebody may come back when it was not the right place",
    ),
    _after(State.WITHDRAWN, "Requests for help, where somebody asked us to stop", "they may change their mind"),
    _after(State.DOOR_OPEN, "Requests for help, where the door was left open", "the door is open as long"),
    Period(
        name="selfreferral.tombstones",
        title="References of erased requests",
        what="the row is deleted; its number in its month stays",
        setting="KEEP_TOMBSTONES_YEARS",
        because="as long as the history that names them",
        things=Rows(find=lambda cutoff: Referral.objects.filter(state=State.ERASED, erased_at__lt=cutoff)),
    ),
    Period(
        name="selfreferral.drafts",
        title="Unfinished requests for help",
        what="the row is deleted, which only the person's browser could open",
        fixed=LONGEST_REST,
        because="somebody may lay the phone down, or somebody else may pick it up",
        things=Rows(find=lambda cutoff: DraftReferral.objects.filter(saved_at__lte=cutoff, door__isnull=True)),
    ),
    Period(
        name="selfreferral.drafts_with_words",
        title="Unfinished requests for help with six words to come back",
        what="the row is deleted, with its words",
        fixed=LONGEST_LIFE,
        because="a week to find a quiet hour",
        things=Rows(find=lambda cutoff: DraftReferral.objects.filter(begun_at__lte=cutoff)),
    ),
    Period(
        name="selfreferral.visits",
        title="That somebody came back with their six words",
        what="the row is deleted",
        fixed=LONGEST_VISIT,
        because="as long as a look at how far it is",
        things=Rows(find=lambda cutoff: ReturnVisit.objects.filter(begun_at__lte=cutoff)),
    ),
    Period(
        name="selfreferral.assessment_codes",
        title="Codes with which somebody says how they are",
        what="the row is deleted",
        fixed=CODE_LASTS,
        because="a week to find five quiet minutes",
        things=Rows(find=lambda cutoff: AssessmentCode.objects.filter(made_at__lte=cutoff)),
    ),
    Period(
        name="selfreferral.survey_words",
        title="What people wrote about our help",
        what="the words are blanked; stars and day stay",
        fixed=WORDS_OF_SURVEYS,
        because="the page on which they were written says so; a year is read before a report is made of it",
        things=Rows(find=_words_before, away=_blanked),
    ),
    Period(
        name="selfreferral.survey_links",
        title="Links to say what one thinks of our help",
        what="the row is deleted; how many were made stays with the round",
        fixed=timedelta(days=1),
        because="a link works until its last day",
        things=Rows(find=lambda cutoff: SurveyLink.objects.of_over(cutoff.astimezone(LONDON).date())),
    ),
    Period(
        name="selfreferral.call_backs",
        title="Calls that somebody asked for who was not happy",
        what="the row is deleted",
        fixed=timedelta(days=90),
        because="the number is blanked ten minutes after they were rung; who was never rung by then is not rung any more",
        things=Rows(find=lambda cutoff: CallBack.objects.filter(asked_at__lt=cutoff)),
    ),
]


def register() -> None:
    for period in PERIODS:
        register_period(period)
