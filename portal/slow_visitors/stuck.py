"""Shuts connections over which hardly anything has moved for a minute while somebody's thread waits for them.

The server knows a limit for headers, but none for what is sent after them or for who does not read: granian leaves that to
a proxy. Linux counts the bytes of each connection, so a look at those of this process is enough; elsewhere nothing is shut.
"""

import os
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass

LONGEST_SECONDS = 60.0
LOOK_EVERY_SECONDS = 10.0
# A phone at the edge of its network moves some thousands.
LEAST_BYTES_A_SECOND = 250
_TCP_INFO_BYTES = 136
_ACKED_AND_RECEIVED = struct.Struct("=QQ")
_AT = 120


@dataclass(frozen=True)
class Moved:
    """Bytes of a connection up to a moment, in and out."""

    at: float
    received: int
    acknowledged: int


def is_stuck(before: Moved, now: Moved) -> bool:
    """Whether next to nothing moved in a minute. Whoever asks and is answered again and again moves something both ways."""
    seconds = now.at - before.at
    came, went = now.received - before.received, now.acknowledged - before.acknowledged
    return seconds >= LONGEST_SECONDS and min(came, went) == 0 and max(came, went) < LEAST_BYTES_A_SECOND * seconds


class Watch:
    """Looks every ten seconds as long as this process lives; `waited` tells how long the slowest has been waited for."""

    def __init__(self, waited: Callable[[], float]) -> None:
        self._waited, self._begun, self._lock = waited, False, threading.Lock()
        self._seen: dict[int, Moved] = {}

    def begin(self) -> None:
        """With the first who could be slow; once."""
        if self._begun or sys.platform != "linux":
            return
        with self._lock:
            if not self._begun:
                self._begun = True
                threading.Thread(target=self._look_on, name="stuck connections", daemon=True).start()

    def _look_on(self) -> None:
        while True:
            time.sleep(LOOK_EVERY_SECONDS)
            with suppress(OSError):
                self.look(time.monotonic())

    def look(self, now: float) -> int:
        """Shut what is stuck; how many those were."""
        seen, shut = dict[int, Moved](), 0
        for number, connection in connections_of_visitors():
            moved = Moved(now, *_bytes_of(connection))
            before = self._seen.get(number, moved)
            stuck = is_stuck(before, moved)
            if stuck and self._waited() >= LONGEST_SECONDS:
                _shut(connection)
                shut += 1
            # What moved enough begins its minute anew.
            seen[number] = before if stuck or now - before.at < LONGEST_SECONDS else moved
        self._seen = seen
        return shut


def connections_of_visitors() -> Iterator[tuple[int, socket.socket]]:
    """Each connection to a port on which this process listens, under the number by which Linux knows it."""
    doors = set[int]()
    # Listening sockets first: what was said to them alone is a visitor's.
    for is_door in (True, False):
        for handle in os.listdir("/proc/self/fd"):
            with suppress(OSError), _opened(int(handle)) as found:
                if found is None:
                    continue
                number, connection = found
                listens = bool(connection.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
                port = connection.getsockname()[1]
                if is_door and listens:
                    doors.add(port)
                elif not is_door and not listens and port in doors:
                    yield number, connection


@contextmanager
def _opened(handle: int) -> Iterator[tuple[int, socket.socket] | None]:
    """A second handle of a TCP connection, so that the server may close its own meanwhile."""
    try:
        if not os.readlink(f"/proc/self/fd/{handle}").startswith("socket:"):
            yield None
            return
        copied = socket.socket(fileno=os.dup(handle))
    except OSError:
        yield None
        return
    with closing(copied):
        is_tcp = copied.family in {socket.AF_INET, socket.AF_INET6} and copied.type == socket.SOCK_STREAM
        yield (os.fstat(copied.fileno()).st_ino, copied) if is_tcp else None


def _bytes_of(connection: socket.socket) -> tuple[int, int]:
    """Received and acknowledged, as Linux has counted them since the connection began."""
    told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TCP_INFO_BYTES)
    acknowledged, received = _ACKED_AND_RECEIVED.unpack_from(told, _AT)
    return received, acknowledged


def _shut(connection: socket.socket) -> None:
    with suppress(OSError):  # it has ended by itself
        connection.shutdown(socket.SHUT_RDWR)
