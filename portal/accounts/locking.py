"""When a session of staff is locked: plain rules over moments, with no clock of their own."""

from collections.abc import Mapping
from datetime import timedelta

# How often a session is written to only to say that somebody is there.
NOTED_EVERY = timedelta(minutes=1)
# Asked by the page itself, again and again, whether or not anybody sits before it.
BY_ITSELF = ("/editing-sessions/",)


def is_locked(*, begun: float, seen: float, now: float, idle: timedelta, most: timedelta) -> bool:
    """Whether nobody did anything for too long, or it is too long since they showed who they are. Seconds since 1970."""
    return now - seen > idle.total_seconds() or now - begun > most.total_seconds()


def is_by_a_person(*, method: str, path: str, headers: Mapping[str, str]) -> bool:
    """Whether a request tells that somebody is there; a page that asks in the background does not."""
    if any(part in path for part in BY_ITSELF):
        return False
    return method not in {"GET", "HEAD"} or headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
