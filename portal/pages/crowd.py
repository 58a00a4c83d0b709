"""How many pages are drawn at the same time when very many are asked for, who waits, and who is asked to come back.

Pages that are kept never come this far. Forms that are sent, staff, and whoever asks for help wait for none of the others.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from portal.pages import errors
from portal.slow_visitors import HELD_BACK

log = logging.getLogger(__name__)
TOLD_EVERY_SECONDS = 60.0
# Where somebody may be in need, and where machines look whether all is well.
NEVER_WAITS = ("/staff/", "/accounts/", "/get-help/", "/here/", "/healthz", "/readyz", "/metrics", "/webhooks/")


@dataclass
class Lane:
    """`at_once` are worked on, `waiting` more wait up to `seconds`; whoever comes then is asked to come back."""

    name: str
    at_once: int
    waiting: int
    seconds: float

    def __post_init__(self) -> None:
        self._free = threading.Semaphore(self.at_once)
        self._lock = threading.Lock()
        self.in_line = self.turned_away = 0
        self.last_turned_away: float | None = None
        self._told: float | None = None

    @contextmanager
    def through(self) -> Iterator[bool]:
        """Whether somebody may go on; what is inside is worked on."""
        if not (self._free.acquire(blocking=False) or self._waits()):
            yield False
            return
        try:
            yield True
        finally:
            self._free.release()

    def _waits(self) -> bool:
        with self._lock:
            if self.in_line >= self.waiting:
                return self._is_turned_away()
            self.in_line += 1
        is_free = self._free.acquire(timeout=self.seconds)
        with self._lock:
            self.in_line -= 1
            return is_free or self._is_turned_away()

    def _is_turned_away(self) -> bool:
        now = time.monotonic()
        self.turned_away += 1
        if self._told is None or now - self._told >= TOLD_EVERY_SECONDS:
            self._told = now
            log.warning(
                "Very many ask for pages at once (%s): %s were asked to come back.", self.name, self.turned_away
            )
        self.last_turned_away = now
        return False


# One processor's worth of Python is shared by all: a few at a time are answered as soon as many are, and leave room.
ASKED_WITH_WORDS = Lane("with a query", at_once=2, waiting=12, seconds=3.0)
PAGES = Lane("pages", at_once=4, waiting=12, seconds=20.0)
FIRST = Lane("forms and staff", at_once=6, waiting=40, seconds=60.0)
LANES = (ASKED_WITH_WORDS, PAGES, FIRST)


class Crowd:
    """Middleware, behind the pages that are kept and behind who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if why := request.META.get(HELD_BACK):
            return held_back(request, why)
        with lane_of(request).through() as may_go_on:
            return self.get_response(request) if may_go_on else errors.crowded(request)


def lane_of(request: HttpRequest) -> Lane:
    if request.method not in {"GET", "HEAD"} or request.path.startswith(NEVER_WAITS) or _is_staff(request):
        return FIRST
    return ASKED_WITH_WORDS if request.META.get("QUERY_STRING") else PAGES


def _is_staff(request: HttpRequest) -> bool:
    """Looked up only for a cookie of that name; anybody can send one."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    is_known = request.user.is_authenticated
    # Whoever waits in line now holds no connection to the database meanwhile.
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    return is_known


def held_back(request: HttpRequest, why: str) -> HttpResponse:
    """What was sent did not come in whole."""
    if why == "busy":
        return errors.unavailable(request)
    return errors.too_large(request) if why == "too_large" else errors.unreadable(request)
