"""Synthetic referrals by the hundred thousand, for rehearsal and benchmarks: about nobody, and marked as examples."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from django.db import models, transaction

from portal.accounts.models import User
from portal.references import new_reference
from selfreferral import vault
from selfreferral.marks import marks_of
from selfreferral.models import Answer, BlindMark, Referral, TriageDecision
from selfreferral.models.sealing import place
from selfreferral.nicknames import new_nickname
from selfreferral.people import navigators
from selfreferral.promises import first_contact_due
from selfreferral.questions.shapes import Part
from selfreferral.workflow import BEFORE_FIRST_TALK, HELD, State

_FIRST = "Ada Ben Cora Dan Edie Finn Gwen Hal Ivy Jed Kit Lena Max Nell Owen Pip Ruth Sid Tess Vic"
_LAST = "Ash Birch Cole Dale Ellis Frost Gill Heath Ingle Jarrow Kell Lowe Marsh Nash Orme Peel Reed Shaw"
FIRST_NAMES, LAST_NAMES = _FIRST.split(), _LAST.split()
WISHES = ("to talk with somebody", "help with forms", "a warm place to go", "company in the week", "to get out more")
# Of a thousand that ever came, a few are open; the others rest.
OPEN_OF_THOUSAND = 4
OPEN_STATES = (
    State.NEW,
    State.SCREENING,
    State.CONTACTING,
    State.TALKING,
    State.WAITING,
    State.ACTIVE,
    State.DOOR_OPEN,
)
DONE_STATES = (State.SIGNPOSTED, State.CLOSED, State.CLOSED, State.WITHDRAWN)
DAYS = 2000
AT_ONCE = 2000


class Made(NamedTuple):
    """A referral with the rows that belong to it, not stored yet."""

    referral: Referral
    answers: list[Answer]
    marks: list[BlindMark]
    decisions: list[TriageDecision]


@transaction.atomic
def make_referrals(count: int, *, all_open: bool, now: datetime, say: Callable[[str], object]) -> int:
    """Store so many more referrals, each sealed under a key of its own; mostly finished ones, or all of them open."""
    made = _make_all(count, all_open=all_open, now=now)
    for done in range(0, count, AT_ONCE):
        some = list(islice(made, AT_ONCE))
        _store(Referral, [one.referral for one in some])
        _store(Answer, [row for one in some for row in one.answers])
        _store(BlindMark, [row for one in some for row in one.marks])
        _store(TriageDecision, [row for one in some for row in one.decisions])
        if done and done % 20_000 == 0:
            say(f"{done:,} of {count:,} …")
    return count


def _store(model: type[models.Model], rows: list[Any]) -> None:
    model._default_manager.bulk_create(rows, batch_size=500)


def _make_all(count: int, *, all_open: bool, now: datetime) -> Iterator[Made]:
    before = Referral.objects.count()
    draw = random.Random(before)  # noqa: S311 - synthetic rows, not a secret
    taken = set(Referral.objects.values_list("reference", flat=True))
    holders = list(navigators().order_by("pk"))
    for number in range(count):
        while (reference := new_reference()) in taken:
            continue
        taken.add(reference)
        is_open = all_open or number % 1000 < OPEN_OF_THOUSAND
        state = draw.choice(OPEN_STATES if is_open else DONE_STATES)
        yield _make(reference, state, before + number, draw=draw, holders=holders, now=now)


def _make(
    reference: str, state: State, number: int, *, draw: random.Random, holders: list[User], now: datetime
) -> Made:
    received_at = now - timedelta(days=draw.random() * (30 if state in HELD else DAYS), hours=1)
    is_urgent = draw.random() < 0.03
    talked_at = None if state in BEFORE_FIRST_TALK else received_at + timedelta(hours=20)
    is_held = state is not State.NEW and bool(holders)
    referral = Referral(
        reference=reference,
        nickname=new_nickname(),
        state=state,
        source=Referral.Source.SELF,
        received_at=received_at,
        due_at=first_contact_due(received_at, is_urgent=is_urgent),
        first_contact_at=talked_at,
        next_try_on=(now + timedelta(days=draw.randrange(-2, 20))).date() if state is State.DOOR_OPEN else None,
        owner=draw.choice(holders) if is_held else None,
        lease_until=now + timedelta(minutes=20) if is_held and state is State.SCREENING else None,
        says_danger=draw.random() < 0.03,
        is_urgent=is_urgent,
        is_example=True,
        submission_token=vault.submission_token(f"volume:{reference}"),
        changed_at=received_at,
    )
    referral.wrapped_key, box = vault.new_strongbox(place=place(referral))
    said = _answers(number, draw)
    answers = [Answer(referral=referral, part=part, given_at=received_at) for part in (Part.CONTACT, Part.STORY)]
    for answer in answers:
        mine = said if answer.part == Part.CONTACT else {"what_would_help": f"Example: {draw.choice(WISHES)}."}
        answer.sealed_answers = box.seal(mine, place=place(answer, "answers"))
    marks = [BlindMark(referral=referral, kind=kind, mark=mark) for kind, mark in marks_of(said)]
    came = TriageDecision(referral=referral, from_state="", to_state=State.NEW, decided_at=received_at)
    came.sealed_reason = box.seal("It came in.", place=place(came, "reason"))
    return Made(referral, answers, marks, [came])


def _answers(number: int, draw: random.Random) -> dict[str, Any]:
    """Contact answers of somebody who does not exist; the numbers are those kept for plays."""
    return {
        "name": f"{draw.choice(FIRST_NAMES)} {draw.choice(LAST_NAMES)}",
        "born": str(1930 + number % 75),
        "phone": f"07700 9{number:06}"[:13],
        "email": f"somebody{number}@example.org",
        "safe_ring": "yes",
    }
