"""The demo's past: two years of people who asked and whose requests are finished; made up, and about nobody."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models

from engagement.directory.models import Activity
from portal.accounts.models import User
from portal.insight.periods import Period, month_of
from portal.privacy.counting import Counted, counted, keep_counts
from portal.references import new_reference
from selfreferral import vault
from selfreferral.actions.erasing import REQUESTS, REQUESTS_BY_SERVICE, REQUESTS_BY_WHOM
from selfreferral.contact.services import Service, Sort
from selfreferral.marks import marks_of
from selfreferral.models import Answer, BlindMark, Referral, ReferralSource, Signpost, TriageDecision
from selfreferral.models.sealing import place
from selfreferral.nicknames import new_nickname
from selfreferral.promises import first_contact_due
from selfreferral.questions.shapes import Part
from selfreferral.workflow import State

TOKEN = "demo:past-"  # noqa: S105 - the beginning of a name, not a secret
# How many asked in a month, over and over.
A_MONTH = (30, 24, 33, 27, 36, 25, 31, 28, 22, 29, 34, 32)
ENDS = (State.CLOSED,) * 6 + (State.SIGNPOSTED,) * 3 + (State.WITHDRAWN,)
BY_WHOM = (Referral.Source.SELF,) * 3 + (Referral.Source.FAMILY_OR_FRIEND,) * 2 + (Referral.Source.WORKER,) * 7
ROUTES = (Referral.CameBy.WEB,) * 5 + (Referral.CameBy.PHONE,) * 3 + (Referral.CameBy.PAPER,) * 2
WISHES = ("to talk with somebody", "help with forms", "a warm place to go", "company in the week", "to get out more")
# Some come when a month is nearly over, so that there is somebody who waits at its end.
ON_THE_LAST_DAY = 7
HOURS_TO_A_TALK = (5, 9, 20, 22, 26, 30, 41, 47, 70, 96, 150, 220)
KINDS: Sequence[type[models.Model]] = (Referral, Answer, BlindMark, TriageDecision, Signpost)
Moves = list[tuple[State, datetime]]


@dataclass(frozen=True)
class Asked:
    """One request of the past, before it is stored: who asked, how, and what happened when."""

    number: int
    source: str
    came_from: ReferralSource | None
    came_by: str
    episode: int
    moves: Moves

    @property
    def received_at(self) -> datetime:
        return self.moves[0][1]

    @property
    def talked_at(self) -> datetime | None:
        return next((at for state, at in self.moves if state is State.TALKING), None)

    @property
    def end(self) -> State:
        return self.moves[-1][0]

    @property
    def ended_at(self) -> datetime:
        return self.moves[-1][1]

    @property
    def phone(self) -> str:
        """A number kept for plays; every fourteenth has the one of somebody before, as two of one household do."""
        return f"07700 900{(self.number - 13 if self.number % 14 == 13 else self.number) % 1000:03}"


def load_past_requests(*, people: dict[str, User], since: Period, now: datetime) -> None:
    """Once: everybody who asked from the first day of this time until last month. Who would be erased by now is."""
    if Referral.objects.filter(submission_token__startswith=TOKEN).exists():
        return
    counts: Counter[Counted] = Counter()
    rows: dict[type[models.Model], list[Any]] = {kind: [] for kind in KINDS}
    services = [Service(Sort.ACTIVITY, one.pk, one.name) for one in Activity.objects.order_by("pk")]
    for asked in _everybody(since, now):
        if _is_over(asked, now):
            counts.update(_what_stays(asked))
            made = _tombstone(asked, now)
        else:
            made = _whole(asked, services, people["navigator"])
        for row in made:
            rows[type(row)].append(row)
    for kind, some in rows.items():
        kind._default_manager.bulk_create(some, batch_size=500)
    keep_counts(counts)


def _everybody(since: Period, now: datetime) -> Iterator[Asked]:
    draw = random.Random(2023)  # noqa: S311 - made-up rows, not a secret
    kinds = list(ReferralSource.objects.offered())
    month, number = month_of(since.begins_on), 0
    while month.ends_at <= now:
        for one in range(A_MONTH[month.begins_on.month - 1]):
            received_at = month.begins_at + (month.ends_at - month.begins_at) * draw.random()
            is_late = one < ON_THE_LAST_DAY
            if is_late:
                received_at = month.ends_at - timedelta(hours=3 + one)
            source = draw.choice(BY_WHOM)
            # The first kinds of the list ask most often; now and then nobody wrote down which it was.
            kind = kinds[min(draw.randrange(len(kinds)), draw.randrange(len(kinds)))] if kinds else None
            is_named = source == Referral.Source.WORKER and number % 9
            came_back = number % 23 == 7
            hours = draw.choice(HOURS_TO_A_TALK[6:] if is_late else HOURS_TO_A_TALK)
            moves = _moves(draw, received_at, timedelta(hours=hours), came_back=came_back, now=now)
            yield Asked(number, source, kind if is_named else None, draw.choice(ROUTES), 1 + came_back, moves)
            number += 1
        month = month_of(month.ends_at.date())


def _moves(draw: random.Random, received_at: datetime, talk: timedelta, *, came_back: bool, now: datetime) -> Moves:
    """What happened, in order; where there was less time until now it went quicker."""
    end = draw.choice(ENDS)
    steps = [(State.NEW, timedelta()), (State.SCREENING, talk / 3), (State.CONTACTING, talk / 2)]
    last = talk
    if end is not State.WITHDRAWN:
        steps.append((State.TALKING, talk))
    if end is State.CLOSED:
        waited = timedelta(days=draw.randrange(7, 60))
        steps += [(State.WAITING, talk + timedelta(hours=1)), (State.ACTIVE, talk + waited)]
        last = talk + waited + timedelta(days=draw.randrange(20, 90))
    steps.append((end, last + timedelta(hours=2)))
    if came_back:
        again = last + timedelta(days=30)
        later = ((State.NEW, 0), (State.SCREENING, 5), (State.CONTACTING, 6), (State.TALKING, 20), (end, 50))
        steps += [(state, again + timedelta(hours=hours)) for state, hours in later]
    share = min(1.0, (now - timedelta(hours=1) - received_at) / steps[-1][1])
    return [(state, received_at + after * share) for state, after in steps]


def _is_over(asked: Asked, now: datetime) -> bool:
    """Whether it was kept as long as requests with such an end are."""
    days = {State.SIGNPOSTED: settings.KEEP_SIGNPOSTED_DAYS, State.WITHDRAWN: settings.KEEP_WITHDRAWN_DAYS}
    return asked.ended_at < now - timedelta(days=days.get(asked.end, settings.KEEP_CLOSED_DAYS))


def _what_stays(asked: Asked) -> Iterator[Counted]:
    yield counted(asked.received_at, REQUESTS, asked.end)
    yield counted(asked.received_at, REQUESTS_BY_WHOM, asked.source)
    if asked.came_from:
        yield counted(asked.received_at, REQUESTS_BY_SERVICE, str(asked.came_from.pk))


def _referral(asked: Asked, **more: Any) -> Referral:
    return Referral(
        reference=new_reference(),
        episode=asked.episode,
        received_at=asked.received_at,
        due_at=first_contact_due(asked.received_at, is_urgent=False),
        first_contact_at=asked.talked_at,
        came_by=asked.came_by,
        is_example=True,
        **more,
    )


def _tombstone(asked: Asked, now: datetime) -> Iterator[models.Model]:
    """What is left of somebody whose time was over: reference, states and dates."""
    referral = _referral(asked, state=State.ERASED, wrapped_key=b"", erased_at=now, changed_at=now)
    referral.submission_token = f"erased:{referral.pk}"
    yield referral
    for decision in _decisions(referral, [*asked.moves, (State.ERASED, now)]):
        decision.sealed_reason = b""
        yield decision


def _whole(asked: Asked, services: Sequence[Service], navigator: User) -> Iterator[models.Model]:
    referral = _referral(
        asked,
        nickname=new_nickname(),
        state=asked.end,
        source=asked.source,
        came_from=asked.came_from,
        submission_token=f"{TOKEN}{asked.number}",
        owner=navigator,
        changed_at=asked.ended_at,
        changed_by=navigator,
    )
    referral.wrapped_key, box = vault.new_strongbox(place=place(referral))
    yield referral
    contact = {"name": f"Example {asked.number}", "phone": asked.phone, "safe_ring": "yes"}
    wish = {"what_would_help": f"Example: {WISHES[asked.number % len(WISHES)]}."}
    for part, said in ((Part.CONTACT, contact), (Part.STORY, wish)):
        answer = Answer(referral=referral, part=part, given_at=asked.received_at)
        answer.sealed_answers = box.seal(said, place=place(answer, "answers"))
        yield answer
    yield from (BlindMark(referral=referral, kind=kind, mark=mark) for kind, mark in marks_of(contact))
    for decision in _decisions(referral, asked.moves):
        decision.sealed_reason = box.seal("Example.", place=place(decision, "reason"))
        decision.decided_by = navigator if decision.from_state else None
        yield decision
    if services and (asked.end is State.SIGNPOSTED or asked.number % 5 == 0) and asked.talked_at:
        is_duty = asked.number % 7 == 0
        row = Signpost(referral=referral, signposted_at=asked.talked_at, signposted_by=navigator)
        row.is_duty_to_refer = is_duty
        row.sealed_words = box.seal("Example: we went together.", place=place(row, "words"))
        if not is_duty:
            service = services[asked.number % len(services)].to_store()
            row.sealed_service = box.seal(service, place=place(row, "service"))
        yield row


def _decisions(referral: Referral, moves: Moves) -> Iterator[TriageDecision]:
    """One for each move; from the second time that it was new it is the second episode."""
    before, episode = "", 0
    for state, at in moves:
        episode += state is State.NEW
        yield TriageDecision(referral=referral, from_state=before, to_state=state, episode=episode, decided_at=at)
        before = state
