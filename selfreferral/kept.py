"""How long requests for help are kept after they ended, by how they ended; and what is kept for minutes and hours."""

from collections.abc import Callable
from datetime import datetime

from django.db import models

from portal.privacy.periods import Destroyed, Period, Rows, register_period
from portal.references import normalise_reference
from selfreferral.actions.erasing import erase_in_time
from selfreferral.models import DraftReferral, Referral, ReturnVisit
from selfreferral.models.drafts import LONGEST_LIFE, LONGEST_REST
from selfreferral.models.returning import LONGEST_VISIT
from selfreferral.workflow import State

# What was put together with a request goes with it, and so holds it.
HELD = {"pk": "selfreferral.Referral", "merged": "selfreferral.Referral", "merged__merged": "selfreferral.Referral"}
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
]


def register() -> None:
    for period in PERIODS:
        register_period(period)
