"""What the page of one session shows, to staff and to those who keep its place."""

from datetime import date
from typing import Any

from engagement.directory.models import Schedule, Venue
from engagement.directory.sessions_desk import rows
from engagement.directory.sessions_desk.forms import CancelForm, MoveForm, NoteForm
from portal import clock


def session_page(schedule: Schedule, on: str | date | None, **typed: Any) -> dict[str, Any] | None:
    """One session with a form for each deed; None where there is none on that day.

    `typed` are the forms that were sent and not taken, with their words.
    """
    day = _day(on)
    found = rows.one_date(schedule, day, clock.now().date()) if day else None
    if found is None:
        return None
    its_day = {"on": day}
    return {
        "one": found,
        "cancel": CancelForm(initial=its_day, auto_id="cancel-%s"),
        "move": MoveForm(venues=places(), session=found.session, auto_id="move-%s"),
        "note": NoteForm(initial=its_day, auto_id="note-%s"),
        **typed,
    }


def places() -> Any:
    """Where a session may be moved to."""
    return Venue.objects.listed().by_name()


def _day(on: str | date | None) -> date | None:
    if not isinstance(on, str):
        return on
    try:
        return date.fromisoformat(on)
    except ValueError:
        return None
