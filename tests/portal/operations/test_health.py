"""A machine can ask whether the portal is alive and ready."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.operations.timekeeping import beat
from portal.tasks import enqueue_on_commit, task
from tests.conftest import Person


@task()
def nothing_much() -> None:
    """Work that is quickly done."""


def test_alive_asks_no_database(resident: Person) -> None:
    assert resident.get("/healthz").content == b"alive\n"


@pytest.mark.django_db
def test_ready_when_all_is_well(resident: Person) -> None:
    beat("a worker", timezone.now())
    answer = resident.get("/readyz")
    assert answer.json() == {"database": True, "migrations": True, "keys": True, "worker": True}
    assert answer.status_code == 200


@pytest.mark.django_db
def test_not_ready_without_keys(resident: Person, settings: Any) -> None:
    settings.REFERRAL_KEYS = []
    answer = resident.get("/readyz")
    assert answer.status_code == 503
    assert not answer.json()["keys"]


@pytest.mark.django_db
def test_not_ready_when_work_waits_though_a_worker_is_awake(resident: Person) -> None:
    beat("a worker", timezone.now())
    enqueue_on_commit(nothing_much)
    assert resident.get("/readyz").status_code == 200
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=6))
    answer = resident.get("/readyz")
    assert answer.status_code == 503
    assert not answer.json()["worker"]


@pytest.mark.django_db
def test_not_ready_when_no_worker_was_awake_lately(resident: Person) -> None:
    assert not resident.get("/readyz").json()["worker"]
    beat("a worker", timezone.now() - timedelta(minutes=3))
    answer = resident.get("/readyz")
    assert (answer.status_code, answer.json()["worker"]) == (503, False)


@pytest.mark.django_db
def test_the_worker_does_what_was_handed_over(run_worker: Any) -> None:
    enqueue_on_commit(nothing_much)
    run_worker()
    assert [row.status for row in DBTaskResult.objects.all()] == ["SUCCESSFUL"]
