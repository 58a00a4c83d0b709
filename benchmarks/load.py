"""Visitors by the thousand: raw keep-alive lines to a port on loopback, bounded in count and time.

No package does this as cheaply: those with wheels (locust, molotov) spend more on a request than granian does. One process is
enough: a request costs it a tenth or so of what the barest Django costs the server, and `Answers.own_share` says so.
"""

import selectors
import socket
import time
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from statistics import median, quantiles
from urllib.parse import urlencode

HEAD_ENDS = b"\r\n\r\n"
LONGEST_SECONDS = 900.0
MOST = 1_000_000
PATIENCE_SECONDS = 60.0


def get(path: str, **headers: str) -> bytes:
    """A request as it goes over the line; `accept_encoding="br"` becomes `Accept-Encoding: br`."""
    return _encoded("GET", path, headers, b"")


def post(path: str, typed: Mapping[str, str], **headers: str) -> bytes:
    body = urlencode(typed).encode()
    kind = {"content_type": "application/x-www-form-urlencoded", "content_length": str(len(body))}
    return _encoded("POST", path, kind | headers, body)


def _encoded(method: str, path: str, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()]
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *lines, "", ""]).encode() + body


def header(answer: bytes, name: str) -> str:
    """What an answer says under this name, or nothing."""
    head = answer.partition(HEAD_ENDS)[0].decode("latin-1")
    said = (line.partition(":") for line in head.split("\r\n")[1:])
    return next((value.strip() for other, _, value in said if other.lower() == name.lower()), "")


@dataclass
class Answers:
    """What came back: how many of each status with the first of each whole, how long each took in seconds, and what it cost the
    asking side."""

    statuses: Counter[int] = field(default_factory=Counter)
    took: "array[float]" = field(default_factory=lambda: array("d"))
    broken: int = 0
    seconds: float = 0.0
    own_seconds: float = 0.0
    size: int = 0
    first: dict[int, bytes] = field(default_factory=dict)

    @property
    def per_second(self) -> float:
        return len(self.took) / self.seconds if self.seconds else 0.0

    @property
    def own_share(self) -> float:
        """How much of one core the asking side took."""
        return self.own_seconds / self.seconds if self.seconds else 0.0

    @property
    def median(self) -> float:
        return median(self.took)

    @property
    def p95(self) -> float:
        return quantiles(self.took, n=20)[-1]

    def others_than(self, *statuses: int) -> int:
        """How many answers were none of these, broken lines among them."""
        return self.broken + sum(count for status, count in self.statuses.items() if status not in statuses)


class _Line:
    """One connection, which asks again as soon as it has been answered."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connect()

    def connect(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.heard, self.whole, self.began = b"", -1, 0.0

    def ask(self, request: bytes) -> None:
        self.heard, self.whole, self.began = b"", -1, time.perf_counter()
        self.socket.sendall(request)

    def listen(self) -> bool:
        """Take in what has come; whether the answer is whole. ConnectionError where the line is cut."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise ConnectionResetError
        self.heard = self.heard + piece if self.heard else piece
        if self.whole < 0:
            ends = self.heard.find(HEAD_ENDS)
            if ends < 0:
                return False
            self.whole = _length(self.heard[:ends].lower(), ends + 4)
        if self.whole:
            return len(self.heard) >= self.whole
        return self.heard.endswith(b"0\r\n\r\n")  # in pieces, of which the last is empty


def _length(head: bytes, begins: int) -> int:
    """How long the whole answer is; 0 where it comes in pieces."""
    if head[9:12] in {b"304", b"204"}:
        return begins
    if b"transfer-encoding: chunked" in head:
        return 0
    _, _, after = head.partition(b"content-length:")
    return begins + int(after.split(b"\r\n", 1)[0])


def load(
    ports: int | Sequence[int],
    requests: Iterable[bytes],
    *,
    lines: int = 8,
    seconds: float = LONGEST_SECONDS,
    count: int = MOST,
) -> Answers:
    """Ask over so many lines at once, one request after the other on each, until one of the bounds or the last request.

    A list is begun again when it ends; an iterator is not.
    """
    asked = iter(requests) if isinstance(requests, Iterator) else cycle(requests)
    doors = [ports] if isinstance(ports, int) else list(ports)
    answers, left = Answers(), count
    with selectors.DefaultSelector() as selector:
        for number in range(lines):
            line = _Line(doors[number % len(doors)])
            selector.register(line.socket, selectors.EVENT_READ, line)
        begun, own = time.perf_counter(), time.process_time()
        ends = begun + seconds
        for key in list(selector.get_map().values()):
            left -= _next(key.data, asked, left, selector)
        while selector.get_map():
            now = time.perf_counter()
            if now > ends + PATIENCE_SECONDS:
                break
            for key, _ in selector.select(timeout=1.0):
                line = key.data
                try:
                    if not line.listen():
                        continue
                    _note(answers, line)
                except (ConnectionError, TimeoutError):
                    answers.broken += 1
                    selector.unregister(line.socket)
                    line.socket.close()
                    line.connect()
                    selector.register(line.socket, selectors.EVENT_READ, line)
                left -= _next(line, asked, left if time.perf_counter() < ends else 0, selector)
        answers.seconds, answers.own_seconds = time.perf_counter() - begun, time.process_time() - own
        answers.broken += len(selector.get_map())
    return answers


def _next(line: _Line, asked: Iterator[bytes], left: int, selector: selectors.BaseSelector) -> int:
    """Ask once more, or let the line go; how many were asked."""
    request = next(asked, None) if left > 0 else None
    if request is None:
        selector.unregister(line.socket)
        line.socket.close()
        return 0
    line.ask(request)
    return 1


def _note(answers: Answers, line: _Line) -> None:
    answers.took.append(time.perf_counter() - line.began)
    status = int(line.heard[9:12])
    answers.statuses[status] += 1
    answers.size += len(line.heard)
    answers.first.setdefault(status, line.heard)
