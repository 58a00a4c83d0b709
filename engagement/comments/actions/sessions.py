"""Plans face-to-face sessions, and keeps what was promised at them."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from engagement.comments.map.bounds import Bounds
from engagement.comments.models import Consultation, EngagementEvent, Promise
from engagement.comments.sessions.paper.grid import COLUMNS, rows_for
from portal.accounts.models import User
from portal.audit.record import record
from portal.references import new_reference
from portal.refusals import Refused
from portal.text import plain

RUN = "comments.run_engagementevent"
HIGHEST_NUMBER = 9999
MOST_STICKERS = 567
MAP_IS_IN_USE = (
    "What people put on this map is entered already, so its ground, squares and conversation stay as they are."
)


def check_may_run(may: Callable[[str], bool]) -> None:
    """Refused for somebody whose role has nothing to do with sessions."""
    if not may(RUN):
        raise Refused("Your role does not plan sessions.")


@transaction.atomic
def plan_session(
    *,
    by: User,
    name: str,
    place: str,
    consultation: Consultation,
    held_on: date,
    bounds: Bounds | None = None,
    columns: int = 8,
    first_sticker: int = 1,
    stickers: int = 60,
    group: str = "",
    starts_at: time | None = None,
    going: str = "",
    headcount: int | None = None,
    notes: str = "",
    is_example: bool = False,
    session: EngagementEvent | None = None,
    now: datetime | None = None,
) -> EngagementEvent:
    """Write down a session with the ground of its map, or change what `session` says; without bounds its map stays.

    The ground, the squares and the stickers are fixed as soon as something on them was entered: they say where it was.
    """
    check_may_run(by.has_perm)
    name, place = plain(name, limit=120), plain(place, limit=160)
    if not name or not place:
        raise Refused("A session needs a name and a place where people meet.")
    if columns not in COLUMNS:
        raise Refused("Choose how fine the squares are.")
    if not 1 <= stickers <= MOST_STICKERS or not 1 <= first_sticker <= HIGHEST_NUMBER - stickers + 1:
        raise Refused(f"There can be 1 to {MOST_STICKERS} stickers, with numbers up to {HIGHEST_NUMBER}.")
    is_new = session is None
    session = session or EngagementEvent(
        code=_unused_code(), is_example=is_example, made_at=now or timezone.now(), made_by=by
    )
    if is_new and bounds is None:
        raise Refused("Say which ground the map shows.")
    paper = {"columns": columns, "rows": rows_for(columns), "consultation": consultation}
    paper |= bounds._asdict() if bounds else {}
    if not is_new:
        _check_paper(session, paper, range(first_sticker, first_sticker + stickers))
    for field, value in paper.items():
        setattr(session, field, value)
    session.first_sticker, session.stickers = first_sticker, stickers
    session.name, session.place = name, place
    session.group, session.going = plain(group, limit=160), plain(going, limit=300)
    session.held_on, session.starts_at, session.headcount = held_on, starts_at, headcount
    session.notes = plain(notes, limit=3000)
    session.save()
    record(action="comments.plan_session" if is_new else "comments.change_session", by=by, subject=session)
    return session


@transaction.atomic
def promise(*, event: EngagementEvent, words: str, to_whom: str, by: User, due_on: date | None = None) -> Promise:
    """Write down what was promised at a session, and to whom."""
    check_may_run(by.has_perm)
    words, to_whom = plain(words, limit=300), plain(to_whom, limit=160)
    if not words or not to_whom:
        raise Refused("Write what was promised, and to whom.")
    made = Promise.objects.create(event=event, words=words, to_whom=to_whom, due_on=due_on)
    record(action="comments.promise", by=by, subject=event, promise=made.pk)
    return made


@transaction.atomic
def keep_promise(*, promise: Promise, by: User, now: datetime | None = None) -> Promise:
    """Say that a promise was kept; doing it twice keeps the first day."""
    check_may_run(by.has_perm)
    current = Promise.objects.select_for_update().get(pk=promise.pk)
    if not current.is_kept:
        current.kept_at, current.kept_by = now or timezone.now(), by
        current.save()
        record(action="comments.keep_promise", by=by, subject=current)
    return current


@transaction.atomic
def reopen_promise(*, promise: Promise, by: User) -> Promise:
    """Say that a promise is still to keep after all."""
    check_may_run(by.has_perm)
    current = Promise.objects.select_for_update().get(pk=promise.pk)
    if current.is_kept:
        current.kept_at = current.kept_by = None
        current.save()
        record(action="comments.reopen_promise", by=by, subject=current)
    return current


@transaction.atomic
def drop_promise(*, promise: Promise, by: User) -> None:
    """Take a promise off the list that was written down by mistake; one that was kept stays on it."""
    check_may_run(by.has_perm)
    current = Promise.objects.select_for_update().get(pk=promise.pk)
    if current.is_kept:
        raise Refused("This promise was kept, so it stays on the list.")
    record(action="comments.drop_promise", by=by, subject=current)
    current.delete()


def _check_paper(session: EngagementEvent, paper: dict[str, Any], numbers: range) -> None:
    """Refused where what was entered would no longer lie in its square, or have a number of this session."""
    entered = [int(number) for number in session.comments.values_list("sticker", flat=True)]
    if entered and any(getattr(session, field) != value for field, value in paper.items()):
        raise Refused(MAP_IS_IN_USE)
    if any(number not in numbers for number in entered):
        raise Refused(
            f"Numbers from {min(entered)} to {max(entered)} are entered already: the stickers must have them."
        )


def _unused_code() -> str:
    """A code that no session has; it is printed on paper and read out."""
    while EngagementEvent.objects.filter(code=(code := new_reference())).exists():
        continue
    return code
