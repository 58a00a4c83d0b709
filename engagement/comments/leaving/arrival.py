"""Where a comment stands when it comes in: shown at once, waiting to be read, or held for a second look."""

from datetime import datetime, time
from typing import NamedTuple

from engagement.comments.workflow import Status
from portal.clock import LONDON, is_working_day


class Arrival(NamedTuple):
    """The state that it starts in, and whether it is shown before anybody has read it."""

    status: Status
    is_unread: bool = False


def status_on_arrival(
    *, is_read_first: bool, risk: int, staffed_from: time, staffed_until: time, now: datetime
) -> Arrival:
    """Where a comment starts.

    Whatever the rules of the site doubt is held. Where comments are read afterwards, one is shown at once while somebody
    is there to take it off again: between two hours of London's clocks on a working day. At any other time it waits.
    """
    if risk:
        return Arrival(Status.HELD)
    if is_read_first or not _is_staffed(now, staffed_from, staffed_until):
        return Arrival(Status.WAITING)
    return Arrival(Status.PUBLISHED, is_unread=True)


def _is_staffed(now: datetime, staffed_from: time, staffed_until: time) -> bool:
    here = now.astimezone(LONDON)
    return is_working_day(here.date()) and staffed_from <= here.time() < staffed_until
