"""Where a comment starts: by who reads first, by risk, and by whether somebody is there."""

from datetime import datetime, time
from typing import Any

import pytest

from engagement.comments.leaving.arrival import Arrival, status_on_arrival
from engagement.comments.workflow import Status
from portal.clock import LONDON

SHOWN_AT_ONCE = Arrival(Status.PUBLISHED, is_unread=True)


def arrives(at: str = "2026-03-02 10:00", **said: Any) -> Arrival:
    """A harmless comment on a Monday morning, where comments are read afterwards."""
    usual: dict[str, Any] = {
        "is_read_first": False,
        "risk": 0,
        "staffed_from": time(9),
        "staffed_until": time(17),
        "now": datetime.fromisoformat(at).replace(tzinfo=LONDON),
    }
    return status_on_arrival(**{**usual, **said})


def test_where_somebody_reads_first_a_comment_waits() -> None:
    assert arrives(is_read_first=True) == Arrival(Status.WAITING)


def test_where_comments_are_read_afterwards_one_is_shown_at_once_and_still_to_be_read() -> None:
    assert arrives() == SHOWN_AT_ONCE


@pytest.mark.parametrize("risk", [1, 2, 3])
@pytest.mark.parametrize("is_read_first", [True, False])
def test_what_the_rules_doubt_is_always_held(risk: int, is_read_first: bool) -> None:
    assert arrives(risk=risk, is_read_first=is_read_first) == Arrival(Status.HELD)


@pytest.mark.parametrize(
    ("at", "is_shown"),
    [
        ("2026-03-02 08:59", False),
        ("2026-03-02 09:00", True),
        ("2026-03-02 16:59", True),
        ("2026-03-02 17:00", False),
        ("2026-03-07 10:00", False),  # a Saturday
        ("2026-04-03 10:00", False),  # Good Friday
        ("2026-03-30 09:00", True),  # summer time: eight o'clock in UTC
    ],
)
def test_out_of_hours_a_comment_waits(at: str, is_shown: bool) -> None:
    assert (arrives(at) == SHOWN_AT_ONCE) is is_shown
    assert is_shown or arrives(at) == Arrival(Status.WAITING)
