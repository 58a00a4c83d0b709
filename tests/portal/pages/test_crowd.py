"""When very many ask at once a few are answered, some wait and the rest hear when to come back; who needs us waits for none."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.functional import SimpleLazyObject

from portal import clock
from portal.accounts.models import User
from portal.operations.health import visiting
from portal.pages import crowd
from portal.pages.crowd import LANES, Lane
from portal.serving import FLAGS
from portal.slow_visitors import HELD_BACK, MOST_READING, MOST_SENDING
from tests.conftest import Person

ASK = "/have-your-say/?q=swing"


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lane]:
    """Somebody who asks with a query is being answered, and nobody may wait."""
    lane = Lane("with a query", at_once=1, waiting=0, seconds=0)
    monkeypatch.setattr(crowd, "ASKED_WITH_WORDS", lane)
    monkeypatch.setattr(visiting, "LANES", [lane])
    with lane.through():
        yield lane


def test_with_nobody_before_they_all_come_through() -> None:
    lane = Lane("pages", at_once=1, waiting=0, seconds=0)
    for _ in range(3):
        with lane.through() as may_go_on:
            assert may_go_on
    assert (lane.in_line, lane.turned_away) == (0, 0)


def test_a_page_that_breaks_frees_its_place() -> None:
    lane = Lane("pages", at_once=1, waiting=0, seconds=0)
    with suppress(ValueError), lane.through():
        raise ValueError
    with lane.through() as may_go_on:
        assert may_go_on


def test_who_waits_comes_next_and_who_finds_the_line_full_is_turned_away() -> None:
    lane = Lane("pages", at_once=1, waiting=1, seconds=60)
    waits = Event()
    enter = lane._free.acquire

    def acquire(blocking: bool = True, timeout: float | None = None) -> bool:
        if timeout:
            waits.set()
        return enter(blocking, timeout)

    lane._free.acquire = acquire  # type: ignore[method-assign]

    def ask() -> bool:
        with lane.through() as may_go_on:
            return may_go_on

    with ThreadPoolExecutor(1) as other:
        with lane.through():
            second = other.submit(ask)
            assert waits.wait(60)
            assert (ask(), lane.in_line) == (False, 1)
        assert second.result(60)
    assert (lane.in_line, lane.turned_away) == (0, 1)


def test_nobody_waits_for_ever() -> None:
    lane = Lane("pages", at_once=1, waiting=1, seconds=0.001)
    with lane.through(), lane.through() as may_go_on:
        assert not may_go_on
    assert (lane.in_line, lane.turned_away) == (0, 1)


@pytest.mark.django_db
def test_who_is_turned_away_is_told_kindly_and_nothing_is_looked_up(full: Lane, resident: Person) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = resident.get(f"{ASK}<b>")
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "no-store")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "Very many people are here just now" in page
    assert 'href="/have-your-say/?q=swing%3Cb%3E"' in page
    assert not queries.captured_queries
    assert resident.head(ASK).status_code == 503
    full._free.release()
    assert resident.get(ASK).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/have-your-say/", "/get-help/?from=poster", "/healthz?x=1", "/here/leave/?x=1"])
def test_others_do_not_wait_for_them(path: str, full: Lane, resident: Person) -> None:
    assert resident.get(path).status_code in {200, 302, 303}


def test_a_form_that_is_sent_does_not_wait_for_them(full: Lane, db: None, resident: Person) -> None:
    assert resident.post("/have-your-say/add/?from=map", {"words": "hello"}).status_code == 200


def test_staff_do_not_wait_for_them(full: Lane, coordinator: Person) -> None:
    assert coordinator.get("/staff/comments/?q=swing").status_code == 200
    assert coordinator.get(ASK).status_code == 200


@pytest.mark.django_db
def test_a_cookie_of_ones_own_making_is_no_staff(full: Lane, resident: Person, settings: Any) -> None:
    resident.cookies[settings.SESSION_COOKIE_NAME] = "made-up"
    assert resident.get(ASK).status_code == 503


@pytest.mark.django_db
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_who_waits_holds_no_connection_to_the_database(rf: RequestFactory, settings: Any) -> None:
    def looked_up() -> AnonymousUser:
        assert not User.objects.filter(email="nobody@example.org").exists()
        return AnonymousUser()

    request: Any = rf.get(ASK)
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "made-up"
    request.user = SimpleLazyObject(looked_up)
    assert crowd.lane_of(request) is crowd.ASKED_WITH_WORDS
    assert connection.connection is None


def test_the_log_tells_it_once_a_minute_and_health_and_figures_tell_it_too(
    full: Lane, resident: Person, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert visiting.crowd(clock.now()).is_well
    watch: Any = SimpleNamespace(now=0.0, monotonic=lambda: watch.now)
    monkeypatch.setattr(crowd, "time", watch)
    monkeypatch.setattr(visiting, "time", watch)
    with caplog.at_level(logging.WARNING):
        for watch.now in (1000.0, 1001.0, 1059.0, 1060.0):
            resident.get(ASK)
    told = [record.getMessage() for record in caplog.records]
    assert told == [
        "Very many ask for pages at once (with a query): 1 were asked to come back.",
        "Very many ask for pages at once (with a query): 4 were asked to come back.",
    ]
    figure = visiting.crowd(clock.now())
    assert (figure.is_well, figure.says) == (
        False,
        "4 asked to come back since the last start, the last just now.",
    )
    assert figure.numbers["visitors_asked_to_come_back_with_a_query"] == 4
    watch.now = 1060.0 + visiting.LATELY_SECONDS
    assert visiting.crowd(clock.now()).is_well


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("why", "status", "words"),
    [
        ("busy", 503, "was not saved"),
        ("too_large", 413, "larger than 25 MB"),
        ("broken_off", 400, "We could not read that"),
    ],
)
def test_what_did_not_come_in_whole_reaches_no_form(why: str, status: int, words: str, resident: Person) -> None:
    sent: Any = {HELD_BACK: why}
    answer = resident.post("/have-your-say/add/", {"words": "hello"}, **sent)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_there_are_more_threads_than_can_ever_wait() -> None:
    threads = int(FLAGS[FLAGS.index("--blocking-threads") + 1])
    waiting = sum(lane.at_once + lane.waiting for lane in LANES)
    assert threads > MOST_SENDING + MOST_READING + waiting
