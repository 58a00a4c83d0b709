"""Keeps visitors who send or read slowly from holding up the others: what they send is taken in whole before any work."""

import io
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from typing import Any, BinaryIO

from portal.slow_visitors.stuck import Watch

Start = Callable[..., Any]
Served = Callable[[dict[str, Any], Start], Iterable[bytes]]

# Of the threads in portal/serving.py so many may wait for bytes to come or to go; the others are for everybody else.
MOST_SENDING = 32
MOST_READING = 16
# More than any form of ours takes: photos and documents end at 10 MB, and so do pictures of staff's.
MOST_BYTES = 25_000_000
IN_MEMORY = 256 * 1024
# A smaller file is handed over whole, and the server's own loop waits for its reader.
HANDED_OVER_WHOLE = 256 * 1024
# Written beside a request that gets no further than the page that says so (portal/pages/crowd.py); no header is called this.
HELD_BACK = "together.held_back"


class Waiting:
    """How many wait for bytes just now, and since when the one that has waited longest."""

    def __init__(self, most: int) -> None:
        self._most, self._since, self._lock = most, dict[object, float](), threading.Lock()

    def enter(self) -> object | None:
        """A ticket; None where as many wait as may."""
        with self._lock:
            if len(self._since) >= self._most:
                return None
            ticket = object()
            self._since[ticket] = time.monotonic()
            return ticket

    def leave(self, ticket: object) -> None:
        with self._lock:
            self._since.pop(ticket, None)

    def longest(self) -> float:
        """Seconds."""
        with self._lock:
            return time.monotonic() - min(self._since.values()) if self._since else 0.0

    def __len__(self) -> int:
        return len(self._since)


SENDING, READING = Waiting(MOST_SENDING), Waiting(MOST_READING)


class Patient:
    """Stands between the server's threads and Django."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._watch = Watch(lambda: max(SENDING.longest(), READING.longest()))

    def __call__(self, asked: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        length = length_of(asked)
        if length > MOST_BYTES:
            return self._held_back(asked, start_response, "too_large")
        if not length:
            return self._handed_over(self._served(asked, start_response), start_response)
        self._watch.begin()
        with self._taken_in(asked, length) as why_not:
            if why_not:
                return self._held_back(asked, start_response, why_not)
            return self._handed_over(self._served(asked, start_response), start_response)

    @contextmanager
    def _taken_in(self, asked: dict[str, Any], length: int) -> Iterator[str]:
        """Everything that was sent lies in a file of ours meanwhile; why not, where that could not be."""
        ticket = SENDING.enter()
        if ticket is None:
            yield "busy"
            return
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
            try:
                came = _copy(asked["wsgi.input"], file, length)
            finally:
                SENDING.leave(ticket)
            file.seek(0)
            asked["wsgi.input"] = file
            # Half a form is no form, though it may look like one.
            yield "" if came == length else "broken_off"

    def _held_back(self, asked: dict[str, Any], start_response: Start, why: str) -> Iterable[bytes]:
        """Nothing of what was sent is read any more."""
        empty = {**asked, HELD_BACK: why, "CONTENT_LENGTH": "0", "wsgi.input": io.BytesIO()}
        return self._handed_over(self._served(empty, start_response), start_response)

    def _handed_over(self, answer: Any, start_response: Start) -> Iterable[bytes]:
        """A page or a small file as a list, for which no thread waits; of what is longer, only so many at once."""
        if not getattr(answer, "streaming", False) or _length_of(answer) <= HANDED_OVER_WHOLE:
            with closing(answer) if hasattr(answer, "close") else nullcontext():
                return [b"".join(answer)]
        ticket = READING.enter()
        if ticket is None:
            answer.close()
            start_response("503 Service Unavailable", [("Retry-After", "30"), ("Cache-Control", "no-store")])
            return [b""]
        self._watch.begin()
        return Slowly(answer, lambda: READING.leave(ticket))


class Slowly:
    """An answer piece by piece, as fast as its reader takes them."""

    def __init__(self, answer: Any, done: Callable[[], None]) -> None:
        self._answer, self._done = answer, done

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._answer)

    def close(self) -> None:
        self._done()
        self._answer.close()


def length_of(asked: dict[str, Any]) -> int:
    """Bytes that are announced; Django reads no body without a length, and neither do we."""
    said = str(asked.get("CONTENT_LENGTH", ""))
    return int(said) if said.isascii() and said.isdigit() else 0


def _length_of(answer: Any) -> float:
    said = answer.headers.get("Content-Length", "")
    return int(said) if said.isdigit() else float("inf")


def _copy(source: Any, target: BinaryIO | Any, length: int) -> int:
    """How many bytes came, of those that were announced."""
    came = 0
    while came < length and (piece := source.read(min(65536, length - came))):
        target.write(piece)
        came += len(piece)
    return came
