"""The cache is away, never answers or is full: pages come, words are taken in, and only the limits are off."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import RequestFactory

from engagement.comments.models import PlaceComment
from portal import kept_paper
from portal.settings.caches import ON_DISK, PATIENCE, named
from portal.spam import within_limit
from tests.conftest import Person
from tests.factories.comments import make_place
from tests.rehearsal.machines import a_free_port
from tests.rehearsal.visitors import FORM, hidden

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket, pytest.mark.usefixtures("as_a_person")]
PAGES = ["/", "/have-your-say/", "/warm-spaces/", "/whats-on/", "/news/", "/get-help/", "/search/?query=hall"]


class Silent(socketserver.BaseRequestHandler):
    """Takes every word and answers none."""

    came = 0

    def handle(self) -> None:
        Silent.came += 1
        while self.request.recv(65536):
            pass


class Full(socketserver.BaseRequestHandler):
    """Answers whatever is asked as a Redis does that may throw nothing away."""

    def handle(self) -> None:
        while self.request.recv(65536):
            self.request.sendall(b"-OOM command not allowed when used memory > 'maxmemory'.\r\n")


@contextmanager
def listening(handler: type[socketserver.BaseRequestHandler]) -> Iterator[int]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.fixture(autouse=True, params=["nobody listens", "silent", "full"])
def gone(request: pytest.FixtureRequest, settings: Any) -> Iterator[None]:
    """What stands where Redis should be."""
    with ExitStack() as stack:
        handler = {"silent": Silent, "full": Full}.get(request.param)
        port = stack.enter_context(listening(handler)) if handler else a_free_port()
        away = named(f"redis://127.0.0.1:{port}/0")
        assert away["OPTIONS"]["SOCKET_TIMEOUT"] == PATIENCE["SOCKET_TIMEOUT"] <= 1
        away["OPTIONS"] |= {"SOCKET_TIMEOUT": 0.02, "SOCKET_CONNECT_TIMEOUT": 0.02}
        settings.CACHES = {"default": away, "paper": away}
        yield
        caches["default"].close()


def test_pages_come(resident: Person) -> None:
    assert {page: resident.get(page).status_code for page in PAGES} == dict.fromkeys(PAGES, 200)


@pytest.mark.parametrize("gone", ["silent"], indirect=True)
def test_one_that_does_not_answer_is_asked_once_and_then_left_alone(
    resident: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.redis_away.REST_SECONDS", 3600)
    caches["default"].close()
    before = Silent.came
    for page in PAGES:
        resident.get(page)
    assert Silent.came - before <= 1


def test_a_comment_is_taken_in(resident: Person) -> None:
    page = resident.get(FORM).content.decode()
    said = {**hidden(page), "website": "", "words": "The swing is broken.", "feeling": "needs_work"}
    preview = resident.post(FORM, {**said, "named_place": make_place().pk, "go": "preview"}).content.decode()
    assert resident.post(FORM, {**hidden(preview), "go": "send"}).status_code == 302
    assert PlaceComment.objects.get().words == "The swing is broken."


def test_the_newspaper_can_be_asked_for(resident: Person) -> None:
    page = resident.get("/news/subscribe/").content.decode()
    answer = resident.post(
        "/news/subscribe/", {**hidden(page), "website": "", "email": "ann@example.org", "agreed": "on"}
    )
    assert answer.status_code in {200, 302}


def test_staff_come_in_and_work(coordinator: Person) -> None:
    for page in ("/staff/", "/staff/comments/"):
        assert coordinator.get(page).status_code == 200


def test_limits_let_everybody_in(rf: RequestFactory) -> None:
    assert all(within_limit(rf.get("/"), "anything", limit=1, seconds=60) for _ in range(3))


def test_paper_is_set_by_whoever_asks() -> None:
    a_paper_is_set_and_not_kept()


@pytest.mark.parametrize("why", ["no folder can be made", "the disk is full"])
def test_on_one_machine_paper_needs_no_folder(
    why: str, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "paper" if why == "no folder can be made" else tmp_path / "paper"
    settings.CACHES = {**settings.CACHES, "paper": {**ON_DISK, "LOCATION": folder}}
    if why == "the disk is full":
        monkeypatch.setattr("django.core.cache.backends.filebased.tempfile.mkstemp", full)
    a_paper_is_set_and_not_kept()


def a_paper_is_set_and_not_kept() -> None:
    for _ in range(2):
        with kept_paper.alone("issue-7"):
            kept_paper.keep("issue-7", kept_paper.Printed(b"%PDF", 1))
        assert (kept_paper.found("issue-7"), kept_paper.facts_of("issue-7")) == (None, None)


def full(*args: Any, **kwargs: Any) -> Any:
    raise OSError(28, "No space left on device")
