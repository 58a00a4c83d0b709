"""Visitors by the thousand read every kind of answer to its end, count what went wrong, and stop when they should."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from benchmarks.load import Answers, get, header, load, post

pytestmark = pytest.mark.enable_socket
ANSWERS = {
    b"/whole": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: W/x\r\n\r\nhello",
    b"/pieces": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    b"/known": b"HTTP/1.1 304 Not Modified\r\nETag: W/x\r\n\r\n",
    b"/wrong": b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n",
    b"/cut": b"",
}


def answer(line: socket.socket) -> None:
    with line, suppress(OSError):
        while asked := line.recv(65536):
            said = ANSWERS[asked.split(b" ")[1]]
            if not said:
                return
            half = len(said) // 2  # answers come in any pieces
            line.sendall(said[:half])
            line.sendall(said[half:])


@pytest.fixture
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as door:

        def open_to_all() -> None:
            with suppress(OSError):
                while True:
                    threading.Thread(target=answer, args=(door.accept()[0],), daemon=True).start()

        threading.Thread(target=open_to_all, daemon=True).start()
        yield door.getsockname()[1]


@pytest.mark.parametrize(("path", "status"), [("/whole", 200), ("/pieces", 200), ("/known", 304), ("/wrong", 500)])
def test_each_kind_of_answer_is_read_to_its_end(port: int, path: str, status: int) -> None:
    answers = load(port, [get(path)], lines=2, count=10)
    assert answers.statuses == {status: 10}
    assert len(answers.took) == 10
    assert answers.broken == 0


def test_a_list_is_begun_again_and_an_iterator_ends(port: int) -> None:
    assert load(port, [get("/whole"), get("/wrong")], lines=1, count=6).statuses == {200: 3, 500: 3}
    assert load(port, iter([get("/whole"), get("/wrong")]), lines=2).statuses == {200: 1, 500: 1}


def test_it_ends_when_its_time_is_over(port: int) -> None:
    assert load(port, [get("/whole")], lines=2, seconds=0).statuses == {200: 2}


def test_a_line_that_is_cut_counts_as_broken_and_is_opened_again(port: int) -> None:
    answers = load(port, [get("/cut"), get("/whole")], lines=1, count=4)
    assert (answers.broken, answers.statuses) == (2, {200: 2})
    assert answers.others_than(200) == 2


def test_what_an_answer_says_is_read() -> None:
    assert header(ANSWERS[b"/whole"], "etag") == "W/x"
    assert header(ANSWERS[b"/whole"], "Location") == ""


def test_what_is_typed_is_sent_as_a_browser_does() -> None:
    sent = post("/x", {"words": "a b"}, cookie="seen=1")
    assert sent.startswith(b"POST /x HTTP/1.1\r\nHost: localhost\r\n")
    assert b"Content-Length: 9\r\n" in sent
    assert b"Cookie: seen=1\r\n" in sent
    assert sent.endswith(b"\r\n\r\nwords=a+b")


def test_nothing_asked_is_nothing_a_second() -> None:
    assert Answers().per_second == Answers().own_share == 0
