"""A request is opened, moved on from state to state, given more time, and noted."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.references import new_reference
from portal.refusals import Refused
from portal.rights.actions.steps import held_by_us, write_step
from portal.rights.deadlines import due_on
from portal.rights.models import SubjectRequest
from portal.rights.people import may_handle, rooms_asked
from portal.rights.workflow import OPEN, Change, Need, State, check
from portal.text import plain

LONGEST_LETTER = 200


@dataclass(frozen=True, kw_only=True)
class Given:
    """What somebody says with a change; each change needs some of it."""

    words: str = ""
    question: str = ""
    identity: str = ""
    ground: str = ""


NOTHING = Given()


@transaction.atomic
def open_request(
    *, kind: str, scope: str, channel: str, received_on: date, letter: str, by: User, now: datetime
) -> SubjectRequest:
    """Somebody asked: the clock runs from the day on which it came."""
    if not may_handle(scope, by):
        raise Refused("You answer only what is about comments, the newspaper and the directory. Give this to the lead.")
    if received_on > timezone.localdate(now):
        raise Refused("The day on which it came cannot be in the future.")
    request = SubjectRequest.objects.create(
        reference=_unused_reference(),
        kind=kind,
        scope=scope,
        channel=channel,
        letter=plain(letter, limit=LONGEST_LETTER),
        received_on=received_on,
        begins_on=received_on,
        due_on=due_on(received_on),
        made_at=now,
        made_by=by,
    )
    write_step(request, "Written down", action="open", by=by, now=now, kind=kind, scope=scope)
    return request


@transaction.atomic
def move(*, request: SubjectRequest, change: str, by: User, now: datetime, given: Given = NOTHING) -> SubjectRequest:
    """Make one of the changes of the table; the clock stops while we wait to hear from them, and runs on after."""
    request = held_by_us(request, by)
    step = _checked(request, change, given)
    today = timezone.localdate(now)
    if step.name == "ask":
        request.question, request.stopped_on = given.question, today
    elif request.stopped_on is not None:
        _run_on(request, today)
    if given.identity and not request.identity:
        request.identity, request.identity_checked_at, request.identity_checked_by = given.identity, now, by
    if step.ends not in OPEN:
        request.closed_at, request.ground = now, given.ground if step.ends is State.REFUSED else ""
    request.state = step.ends
    request.save()
    write_step(request, step.label, action=step.name, by=by, now=now, words=given.words)
    return request


@transaction.atomic
def extend(*, request: SubjectRequest, because: str, by: User, now: datetime) -> SubjectRequest:
    """Two months more. They must be told why within the first month, so after that it is refused; and it is done once."""
    request = held_by_us(request, by)
    if not request.is_open:
        raise Refused("This request is closed.")
    if because not in SubjectRequest.Longer.values:
        raise Refused("Say why it takes longer.")
    if request.extended_because:
        raise Refused("It was given more time already.")
    if timezone.localdate(now) > request.due_on:
        raise Refused("They had to be told within the first month, and that is over. Answer it as soon as you can.")
    request.extended_because = because
    _set_due(request)
    request.save()
    write_step(request, "Two months more; we told them why", action="extend", by=by, now=now, because=because)
    return request


@transaction.atomic
def note(*, request: SubjectRequest, words: str, by: User, now: datetime) -> None:
    """Add what should be known about it."""
    request = held_by_us(request, by)
    if not words.strip():
        raise Refused("Write something first.")
    write_step(request, "Noted", action="note", by=by, now=now, words=words)


def _checked(request: SubjectRequest, change: str, given: Given) -> Change:
    said = {
        Need.WORDS: given.words.strip(),
        Need.QUESTION: given.question in SubjectRequest.Question.values,
        Need.IDENTITY: request.identity or given.identity in SubjectRequest.Identity.values,
        Need.GROUND: given.ground,
    }
    step = check(change, state=request.where, given=said)
    if step.name == "decide":
        missing = [room.title for room in rooms_asked(request) if room.name not in request.rooms_searched]
        if missing:
            raise Refused(f"Nobody has looked here yet: {', '.join(missing)}.")
        if request.found.undecided().exists():
            raise Refused("Say of each thing that was found whether it is about them.")
    if step.name == "finish":
        _need_done(request)
    return step


def _need_done(request: SubjectRequest) -> None:
    theirs = request.found.theirs()
    if request.kind == SubjectRequest.Kind.ACCESS and theirs.exists() and not request.hand_outs.exists():
        raise Refused("Nothing was handed out yet.")
    if request.kind == SubjectRequest.Kind.ERASE and theirs.still_there().exists():
        raise Refused("Not everything is erased yet.")


def _run_on(request: SubjectRequest, today: date) -> None:
    """They answered: a question who they are sets the clock to today, one what they mean adds the days that it stood."""
    assert request.stopped_on is not None
    if request.question == SubjectRequest.Question.IDENTITY:
        request.begins_on, request.paused_days = today, 0
    else:
        request.paused_days += (today - request.stopped_on).days
    request.stopped_on, request.question = None, ""
    _set_due(request)


def _set_due(request: SubjectRequest) -> None:
    request.due_on = due_on(
        request.begins_on, is_extended=bool(request.extended_because), paused_days=request.paused_days
    )


def _unused_reference() -> str:
    while SubjectRequest.objects.called(reference := new_reference()).exists():
        continue
    return reference
