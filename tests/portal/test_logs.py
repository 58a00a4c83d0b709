"""The logs say what happened, by numbers: no words of anybody, no path, no address, and no line that a stranger wrote."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, OperationalError
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from portal import logs
from portal.logs import Lines, Plain
from portal.settings import environment
from portal.tasks import enqueue_on_commit, task
from selfreferral.views import apply
from tests.conftest import PASSWORD, Person
from tests.factories.asking import answer, start

CANARY = "canary-7700900123"


class Kept:
    """All that production would log."""

    def __init__(self) -> None:
        self.written = StringIO()

    @property
    def text(self) -> str:
        return self.written.getvalue()

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    kept = Kept()
    handler = logging.StreamHandler(kept.written)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.addHandler(handler)
    before = logs.requests.level
    logs.requests.setLevel(logging.INFO)
    yield kept
    root.removeHandler(handler)
    logs.requests.setLevel(before)


def record(
    message: str, *given: Any, name: str = "portal.somewhere", error: Exception | None = None
) -> logging.LogRecord:
    trace = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(name, logging.ERROR, "/x/where.py", 7, message, given, trace)


def raised(error: Exception) -> Exception:
    secret = CANARY  # a local of the frame, which no log has either
    try:
        raise error
    except type(error) as caught:
        assert secret
        return caught


@pytest.mark.django_db
def test_a_request_is_one_line_by_its_view(kept: Kept, resident: Person) -> None:
    response = resident.get(f"/search/?q={CANARY}", HTTP_USER_AGENT=CANARY, HTTP_REFERER=f"https://{CANARY}.example")
    [line] = [one for one in kept.lines() if one["from"] == "together.requests"]
    assert (line["method"], line["status"], line["request"]) == ("GET", 200, response["X-Request-ID"])
    assert "search" in line["view"]
    assert isinstance(line["ms"], int)
    assert CANARY not in kept.text
    assert "/search" not in kept.text


@pytest.mark.django_db
@pytest.mark.parametrize("failure", [ValueError, IntegrityError, OperationalError])
def test_an_error_on_the_way_of_a_referral_puts_no_word_of_it_anywhere(
    failure: type[Exception], kept: Kept, resident: Person, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.ADMINS = [("Ann", "ann@example.org")]
    resident.raise_request_exception = False
    start(resident)

    def breaks(**given: Any) -> None:
        words = str(given)
        raise failure(f"duplicate key DETAIL: Key (words)=({CANARY}) {words}")

    monkeypatch.setattr(apply, "save_answers", breaks)
    response = answer(resident, 1, for_whom="self", what_would_help=CANARY, name=CANARY)
    assert response.status_code in {500, 503}
    # Where the database failed, the room gives the typed words back on a page of its own.
    assert response.status_code == 503 or response["X-Request-ID"] in response.content.decode()
    assert CANARY not in kept.text
    assert "for_whom" not in kept.text
    assert mail.outbox == []
    failed = [line for line in kept.lines() if "error" in line]
    if response.status_code == 503:
        assert any(line["message"].endswith(f"could not be read or kept: {failure.__name__}.") for line in kept.lines())
        return
    assert failed
    assert all(line["request"] == response["X-Request-ID"] for line in failed)
    assert any("test_logs.py" in place for place in failed[0]["error"]["at"])


@pytest.mark.django_db
def test_work_that_fails_leaves_no_word_in_the_log_or_the_table(kept: Kept) -> None:
    enqueue_on_commit(break_down, words=CANARY)
    job = DBTaskResult.objects.get(task_path=break_down.module_path)
    one_worker().run_task(job)
    job = DBTaskResult.objects.get(pk=job.pk)
    assert job.status == "FAILED"
    assert "test_logs.py" in job.traceback
    assert CANARY not in job.traceback + job.exception_class_path + kept.text
    assert f"path={break_down.module_path}" in kept.text


@task()
def break_down(words: str) -> None:
    """Fails with what it was given."""
    raise ValueError(words)


def one_worker() -> Worker:
    return Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=1,
        worker_id="tests", excluded_queue_names=[],
    )  # fmt: skip


@pytest.mark.django_db
def test_who_signs_in_and_who_is_refused_is_logged_by_number_alone(
    kept: Kept, resident: Person, navigator: Person, coordinator: Person
) -> None:
    coordinator.get("/staff/referrals/")
    resident.post("/accounts/login/", {"login": f"{CANARY}@example.org", "password": CANARY})
    resident.post("/accounts/login/", {"login": navigator.user.email, "password": PASSWORD})
    told = [(line["message"], line.get("account")) for line in kept.lines()]
    assert ("Somebody signed in.", navigator.user.pk) in told
    assert ("A sign-in was refused.", None) in told
    assert ("request", coordinator.user.pk) in told
    assert CANARY not in kept.text
    assert navigator.user.email not in kept.text


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_not_quoted(kept: Kept, resident: Person) -> None:
    assert resident.get("/healthz", HTTP_HOST=f"{CANARY}.example").status_code in {200, 400}
    assert resident.get("/", HTTP_HOST=f"{CANARY}.example").status_code == 400
    assert CANARY not in kept.text


@pytest.mark.parametrize("words", ["one\ntwo", "one\r\n{}", 'one" , "level": "INFO', "\x1b[31mred", "\u2028line"])
def test_nobody_writes_a_line_of_their_own(words: str) -> None:
    line = Lines().format(record("Said: %s", words))
    assert len(line.splitlines()) == 1
    assert json.loads(line)["message"] == f"Said: {words}"
    assert json.loads(line)["level"] == "ERROR"
    assert len(Plain().format(record("Said: %s", words)).splitlines()) == 1


def test_of_what_libraries_say_only_the_pattern_is_kept() -> None:
    assert (
        json.loads(Lines().format(record("Not found: %s", CANARY, name="django.request")))["message"] == "Not found: %s"
    )
    assert json.loads(Lines().format(record(f"Bad {CANARY}", name="django.security")))["message"] == "said at where:7"


def test_of_an_error_the_kinds_and_the_places_are_kept_with_what_led_to_it() -> None:
    try:
        try:
            raise raised(KeyError(CANARY))
        except KeyError as first:
            raise ValueError(CANARY) from first
    except ValueError as error:
        line = Lines().format(record("It broke.", error=error))
    told = json.loads(line)["error"]
    assert told["type"] == "ValueError"
    assert "KeyError, and then" in told["at"]
    assert CANARY not in line


def test_a_made_up_method_is_not_repeated(rf: Any) -> None:
    assert logs.method_of(rf.generic(CANARY.upper(), "/").method) == "other"


def test_outside_a_request_there_is_no_number() -> None:
    assert logs.number_of_request() == ""
    assert "request" not in json.loads(Lines().format(record("Nothing.")))


@pytest.mark.parametrize("weak", ["short", "x" * 60, "django-insecure-" + "abcdefghijklmnopqrstuvwxyz" * 2])
def test_a_secret_that_can_be_guessed_is_refused(weak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", weak)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is too short or too simple"):
        environment.strong("SECRET_KEY", "Make one.")
