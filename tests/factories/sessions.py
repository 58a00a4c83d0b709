"""Face-to-face sessions for tests; made up, and about nobody."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from engagement.comments.actions.entering import Row, take_rows
from engagement.comments.actions.sessions import plan_session
from engagement.comments.map.bounds import Bounds
from engagement.comments.models import Consultation, EngagementEvent
from portal.accounts.models import User
from tests.factories.comments import MONDAY

# Four columns of about 400 metres and three rows; Third Street of the factories lies in B2.
GROUND = Bounds(-1.33, 54.757, -1.305, 54.769)


def make_session(*, by: User, **said: Any) -> EngagementEvent:
    """A lunch club on a Monday, with a map of A1 to D3 and stickers from 1 to 20."""
    usual: dict[str, Any] = {
        "name": "Lunch club",
        "place": "The Welfare",
        "consultation": Consultation.objects.standing(),
        "held_on": date(2026, 3, 2),
        "bounds": GROUND,
        "columns": 4,
        "stickers": 20,
        "now": MONDAY,
    }
    return plan_session(by=by, **{**usual, **said})


def typed_row(number: int = 1, **typed: str) -> dict[str, str]:
    """A row as somebody types it."""
    usual = {
        "number": str(number),
        "where": "b2",
        "feeling": "n",
        "words": "No bench here.",
        "agreeing": "",
        "theme": "",
    }
    return {**usual, **typed}


def enter(event: EngagementEvent, *rows: Mapping[str, str], by: User, now: datetime = MONDAY, **how: Any) -> list[Row]:
    """Rows of the grid, taken in on the day."""
    return take_rows(event=event, typed=enumerate(rows, start=1), by=by, now=now, **how)
