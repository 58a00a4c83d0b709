"""The worker waits for a database that is locked or away and goes on; a stop ends it at once."""

import logging
import signal
from collections.abc import Callable
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from django_tasks_db.management.commands import db_worker

from portal.operations.management.commands import worker
from portal.operations.management.commands.worker import ASK_AGAIN_AFTER_SECONDS, PatientWorker

Worker = PatientWorker.__base__


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long it waited, without waiting; the connections of the test stay open."""
    waited: list[float] = []
    monkeypatch.setattr(worker.time, "sleep", waited.append)
    monkeypatch.setattr(worker.connections, "close_all", lambda: None)
    return waited


def made(*, batch: bool = False) -> PatientWorker:
    return PatientWorker(
        queue_names=["default"], interval=0, batch=batch, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id="of the test", excluded_queue_names=[],
    )  # fmt: skip


def goes_wrong(monkeypatch: pytest.MonkeyPatch, *troubles: Exception, then: Callable[[Any], object] = id) -> list[int]:
    """Let the queue's own loop raise these, one at each call, and work after that; counts the calls."""
    left, calls = list(troubles), []

    def run(self: Any) -> None:
        calls.append(1)
        then(self)
        if left:
            raise left.pop(0)

    monkeypatch.setattr(Worker, "run", run)
    return calls


def test_a_database_that_is_locked_or_away_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, pauses: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    calls = goes_wrong(monkeypatch, OperationalError("database is locked"), InterfaceError("connection closed"))
    with caplog.at_level(logging.WARNING):
        made().run()
    assert len(calls) == 3
    assert pauses == [ASK_AGAIN_AFTER_SECONDS] * 2
    assert [record.getMessage().rpartition(": ")[2] for record in caplog.records] == [
        "OperationalError",
        "InterfaceError",
    ]


def test_a_stop_in_the_pause_ends_it_at_once(monkeypatch: pytest.MonkeyPatch, pauses: list[float]) -> None:
    calls, one = goes_wrong(monkeypatch, OperationalError("database is locked")), made()
    monkeypatch.setattr(worker.time, "sleep", lambda _: one.shutdown(signal.SIGTERM, None))
    with pytest.raises(SystemExit) as stopped:
        one.run()
    assert stopped.value.code == 0
    assert len(calls) == 1


def test_asked_to_stop_while_it_works_it_does_not_begin_again(
    monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    def stopped_in_a_task(one: PatientWorker) -> None:
        one.running_task = True
        one.shutdown(signal.SIGTERM, None)

    calls = goes_wrong(monkeypatch, OperationalError("database is locked"), then=stopped_in_a_task)
    made().run()
    assert len(calls) == 1
    assert pauses == []


def test_doing_all_that_waits_once_and_other_faults_are_not_tried_again(
    monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    calls = goes_wrong(monkeypatch, OperationalError("database is locked"), ValueError("ours"))
    with pytest.raises(OperationalError):
        made(batch=True).run()
    with pytest.raises(ValueError, match="ours"):
        made().run()
    assert len(calls) == 2
    assert pauses == []


def test_the_command_starts_this_worker() -> None:
    assert db_worker.Worker is PatientWorker
