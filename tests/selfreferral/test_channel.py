"""The team's channel hears how many, and where to look; never who, and never through an open wire."""

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from selfreferral import channel
from selfreferral.actions.referrals import send_referral
from selfreferral.tasks import alert_channel
from tests.conftest import Person
from tests.factories.selfreferral import a_draft, a_referral

pytestmark = pytest.mark.django_db


class Team:
    """A channel on this machine, and what came in."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.status = 200
        team = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                team.paths.append(self.path)
                team.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(team.status)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *words: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook/THE-SECRET"


@pytest.fixture
def team(settings: Any) -> Iterator[Team]:
    team = Team()
    thread = threading.Thread(target=team.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    settings.TEAMS_WEBHOOK_URL = team.url
    yield team
    team.server.shutdown()
    team.server.server_close()
    thread.join()


def test_the_channel_hears_numbers_and_a_link(navigator: Person, team: Team, run_worker: Any) -> None:
    now = timezone.now()
    referral = send_referral(key=a_draft(now=now), now=now)
    run_worker()
    (heard,) = team.heard
    assert heard["text"] == "People who asked: 1 new, 0 overdue. http://localhost:8000/staff/referrals/"
    card = heard["attachments"][0]["content"]
    assert card["body"][0]["text"] == "People who asked: 1 new, 0 overdue."
    assert card["actions"][0]["url"] == "http://localhost:8000/staff/referrals/"
    for secret in (referral.reference, referral.nickname, "Example", "energy", "07700"):
        assert secret not in json.dumps(heard)


def test_without_an_address_nobody_is_told_there(navigator: Person, run_worker: Any) -> None:
    now = timezone.now()
    send_referral(key=a_draft(now=now), now=now)
    run_worker()
    assert not DBTaskResult.objects.filter(task_path__endswith="alert_channel").exists()


@pytest.mark.parametrize("status", [500, 404, 302, 307])
def test_a_channel_that_does_not_answer_is_tried_again_and_its_address_stays_out_of_the_log(
    team: Team, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    team.status = status
    with caplog.at_level(logging.DEBUG):
        alert_channel.call()
    assert team.paths == ["/hook/THE-SECRET"]
    again = DBTaskResult.objects.get()
    assert again.args_kwargs == {"args": [], "kwargs": {"tries": 1}}
    assert again.run_after is not None
    assert "THE-SECRET" not in caplog.text
    assert "The notice to the team's channel did not go" in caplog.text


def test_after_the_last_try_it_is_left(team: Team) -> None:
    team.status = 500
    alert_channel.call(tries=9)
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://teams.example/hook/THE-SECRET",
        "ftp://127.0.0.1/THE-SECRET",
        "file:///etc/passwd",
        "teams.example/THE-SECRET",
        "https://",
        "http://[/THE-SECRET",
        "https://x y/THE-SECRET",
    ],
)
def test_an_open_wire_is_not_used(settings: Any, url: str, caplog: pytest.LogCaptureFixture) -> None:
    settings.TEAMS_WEBHOOK_URL = url
    alert_channel.call()
    assert "THE-SECRET" not in caplog.text
    assert "passwd" not in caplog.text
    assert not DBTaskResult.objects.exists()


def test_only_https_and_this_machine_are_allowed() -> None:
    assert channel.is_allowed("https://teams.example/hook")
    assert channel.is_allowed("http://localhost:9/hook")
    assert not channel.is_allowed("http://localhost.example/hook")


def test_the_numbers_are_those_of_the_queue(team: Team) -> None:
    a_referral(now=timezone.now())
    a_referral()
    alert_channel.call()
    assert team.heard[0]["text"].startswith("People who asked: 2 new, ")
