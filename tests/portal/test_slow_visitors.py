"""Slow visitors wait by themselves: what they send is taken in whole or not at all, and others are answered meanwhile."""

import io
import socket
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from typing import Any

import pytest

from portal.serving import command
from portal.slow_visitors import (
    HANDED_OVER_WHOLE,
    HELD_BACK,
    MOST_BYTES,
    MOST_SENDING,
    READING,
    SENDING,
    Patient,
    Waiting,
)
from portal.slow_visitors.stuck import LONGEST_SECONDS, Moved, Watch, connections_of_visitors, is_stuck
from tests.rehearsal.machines import a_free_port, running, wait_until_it_answers

Told = list[tuple[str, Any]]


class Answer:
    """What Django gives the server."""

    def __init__(self, *pieces: bytes, streaming: bool = False, length: str = "") -> None:
        self.pieces, self.streaming, self.is_closed = pieces, streaming, False
        self.headers = {"Content-Length": length} if length else {}

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.pieces)

    def close(self) -> None:
        self.is_closed = True


class Site:
    """Remembers what reached it."""

    def __init__(self, answer: Answer | None = None) -> None:
        self.answer, self.came = answer or Answer(b"yes"), list[tuple[str, bytes]]()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.came.append((environ.get(HELD_BACK, ""), environ["wsgi.input"].read()))
        start_response("200 OK", [])
        return self.answer


def asked(site: Site, sent: bytes = b"", length: str | None = None) -> tuple[Iterable[bytes], Told]:
    told: Told = []
    environ = {"CONTENT_LENGTH": str(len(sent)) if length is None else length, "wsgi.input": io.BytesIO(sent)}
    return Patient(site)(environ, lambda *said: told.append(said)), told


@pytest.mark.parametrize("sent", [b"", b"words=hello", b"x" * 700_000])
def test_what_was_sent_comes_in_whole(sent: bytes) -> None:
    site = Site()
    assert asked(site, sent)[0] == [b"yes"]
    assert (site.came, site.answer.is_closed, len(SENDING)) == ([("", sent)], True, 0)


def test_half_a_form_is_no_form() -> None:
    site = Site()
    asked(site, b"words=I do not want", length="50")
    assert site.came == [("broken_off", b"")]


@pytest.mark.parametrize("length", [str(MOST_BYTES + 1), "9" * 30])
def test_too_much_is_not_even_read(length: str) -> None:
    site = Site()
    asked(site, b"words", length=length)
    assert site.came == [("too_large", b"")]


@pytest.mark.parametrize("length", ["", "-5", "five", "٣"])
def test_a_length_that_is_none_brings_nothing(length: str) -> None:
    assert asked(Site(), b"words", length=length)[0] == [b"yes"]


def test_when_too_many_send_slowly_the_next_is_told_to_come_back() -> None:
    site, tickets = Site(), [SENDING.enter() for _ in range(MOST_SENDING)]
    try:
        asked(site, b"words")
        assert site.came == [("busy", b"")]
    finally:
        for ticket in tickets:
            SENDING.leave(ticket)
    asked(site, b"words")
    assert site.came[-1] == ("", b"words")


def test_a_sender_who_goes_away_frees_the_place() -> None:
    class Gone(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        Patient(Site())({"CONTENT_LENGTH": "5", "wsgi.input": Gone()}, lambda *said: None)
    assert len(SENDING) == 0


def test_a_small_file_is_handed_over_and_a_large_one_goes_piece_by_piece() -> None:
    small = Site(Answer(b"a", b"b", streaming=True, length="2"))
    assert asked(small)[0] == [b"ab"]
    assert small.answer.is_closed
    large = Site(Answer(b"a", b"b", streaming=True, length=str(HANDED_OVER_WHOLE + 1)))
    pieces: Any = asked(large)[0]
    assert (len(READING), large.answer.is_closed) == (1, False)
    assert list(pieces) == [b"a", b"b"]
    pieces.close()
    assert (len(READING), large.answer.is_closed) == (0, True)


def test_when_too_many_read_slowly_the_next_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.slow_visitors.READING", Waiting(0))
    site = Site(Answer(b"a", streaming=True))
    body, told = asked(site)
    assert (list(body), site.answer.is_closed) == ([b""], True)
    assert told[-1][0].startswith("503 ")


@pytest.mark.parametrize(
    ("seconds", "came", "went", "stuck"),
    [
        (60, 0, 0, True),
        (60, 60, 0, True),
        (60, 0, 60, True),
        (59, 0, 0, False),
        (60, 400, 2_000, False),
        (60, 30_000, 0, False),
        (60, 0, 30_000, False),
    ],
    ids=["silent", "sends a byte a second", "reads so", "too early", "asks and is answered", "sends", "reads"],
)
def test_whom_nobody_waits_for_any_longer(seconds: float, came: int, went: int, stuck: bool) -> None:
    assert is_stuck(Moved(5, 100, 200), Moved(5 + seconds, 100 + came, 200 + went)) is stuck


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts the bytes of a connection for us")
@pytest.mark.enable_socket
@pytest.mark.parametrize(("waited", "shut"), [(LONGEST_SECONDS, 1), (0, 0)])
def test_a_silent_connection_is_shut_when_somebody_has_waited_for_it(waited: float, shut: int) -> None:
    with ExitStack() as stack:
        door = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        visitor = stack.enter_context(socket.create_connection(door.getsockname()))
        ours = stack.enter_context(door.accept()[0])
        assert ours.fileno() not in {connection.fileno() for _, connection in connections_of_visitors()}
        watch = Watch(lambda: waited)
        assert [watch.look(now) for now in (0.0, LONGEST_SECONDS - 1, LONGEST_SECONDS)] == [0, 0, shut]
        visitor.setblocking(False)
        if shut:
            assert visitor.recv(1) == b""
        else:
            with pytest.raises(BlockingIOError):
                visitor.recv(1)


SENT = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nwords"
LINES = b"".join(b"X-%d: y\r\n" % number for number in range(10_000))
REFUSED = {
    b"GET / HTTP/1.1\r\nHost: localhost\r\n%b\r\n" % LINES: b"431",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=%b\r\n\r\n" % (b"x" * 1_000_000): b"431",
    b"GET /?%b HTTP/1.1\r\nHost: localhost\r\n\r\n" % (b"x" * 100_000): b"414",
    b"\x16\x03\x01 this is no HTTP\r\n\r\n": b"400",
}


@pytest.mark.enable_socket
def test_the_server_answers_beside_slow_ones_and_refuses_what_is_too_long() -> None:
    """The real server with our flags over a site of one page: as many as may send slowly, and two hundred who say nothing."""
    port = a_free_port()
    words = command(host="127.0.0.1", port=port, application="tests.portal.one_page:application")
    with running(words, {}) as process, ExitStack() as stack:
        wait_until_it_answers(port, process)

        def opened(said: bytes) -> socket.socket:
            visitor = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
            # Whoever is refused may find the door shut before everything is said.
            with suppress(BrokenPipeError, ConnectionResetError):
                visitor.sendall(said)
            return visitor

        def answer_to(said: bytes) -> bytes:
            return opened(said).recv(12)[9:]

        slow = [opened(SENT) for _ in range(MOST_SENDING)]
        for said in (b"", b"GET / HTTP/1.1\r\nX-Slow:"):
            for _ in range(100):
                opened(said)
        assert answer_to(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") == b"200"
        assert {answer_to(said): expected for said, expected in REFUSED.items()} == {
            code: code for code in REFUSED.values()
        }
        for visitor in slow:
            visitor.sendall(b"done")
        assert {visitor.recv(12)[9:] for visitor in slow} == {b"200"}
        assert answer_to(SENT + b"done") == b"200"
