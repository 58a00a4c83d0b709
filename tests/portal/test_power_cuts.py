"""What somebody was told that we have is on the disk by then; what nobody was told of need not be yet."""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from engagement.comments.actions.leaving import leave_comment
from engagement.comments.models import Consultation
from newsletter.actions import deliveries
from portal.audit.record import record
from portal.emails.suppression import suppress
from tests.conftest import Person
from tests.factories.newsletter import a_campaign, readers
from tests.factories.selfreferral import a_referral

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_sqlite")]
Waits = list[str]


@pytest.fixture
def _on_sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL waits for the disk at every commit")


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> Waits:
    """The names of the files for which the disk was waited for."""
    found: Waits = []

    def wait(number: int) -> None:
        found.append(os.readlink(f"/proc/self/fd/{number}"))

    monkeypatch.setattr("portal.power_cuts.os.fdatasync", wait)
    return found


def a_comment() -> None:
    consultation = Consultation.objects.standing()
    leave_comment(consultation=consultation, words="The swing is broken.", feeling="needs_work", where_words="The park")


def a_stop() -> None:
    suppress(address="jo@example.org", reason="asked")  # type: ignore[arg-type]


@pytest.mark.parametrize("promise", [a_referral, a_comment, a_stop])
def test_what_is_confirmed_to_a_person_waits_for_the_disk_once(
    promise: Callable[[], object], waits: Waits, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        promise()
        assert waits == []
    assert waits == [f"{connection.settings_dict['NAME']}-wal"]


def test_a_batch_of_the_newspaper_waits_before_its_first_byte(
    editor: Person, waits: Waits, django_capture_on_commit_callbacks: Any
) -> None:
    readers(3)
    campaign, now = a_campaign(editor.user), timezone.now()
    copies = deliveries.claim(campaign=campaign, worker="one", now=now, size=3)
    connection.run_on_commit.clear()  # what the freezing promised
    with django_capture_on_commit_callbacks(execute=True):
        deliveries.begin(copies=copies, worker="one", now=now)
    assert len(waits) == 1


def test_what_nobody_is_told_of_does_not_wait(waits: Waits, django_capture_on_commit_callbacks: Any) -> None:
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA synchronous").fetchone() == (1,)
    with django_capture_on_commit_callbacks(execute=True):
        Session.objects.create(session_key="x", session_data="", expire_date=timezone.now() + timedelta(days=1))
    assert waits == []


def test_what_is_taken_back_does_not_wait(waits: Waits, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        record(action="test.done", by=None)
        transaction.set_rollback(True)
    assert waits == []


def test_nobody_is_told_where_the_disk_says_no(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def refuse(number: int) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr("portal.power_cuts.os.fdatasync", refuse)
    with pytest.raises(OSError, match="the disk is gone"), django_capture_on_commit_callbacks(execute=True):
        record(action="test.done", by=None)


def test_a_database_without_a_log_has_waited_by_itself(
    monkeypatch: pytest.MonkeyPatch, waits: Waits, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setitem(connection.settings_dict, "NAME", "/nowhere/together.sqlite3")
    with django_capture_on_commit_callbacks(execute=True):
        record(action="test.done", by=None)
    assert waits == []
