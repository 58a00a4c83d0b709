"""Administrators are written to once when something is stuck, and once when it is well again; by one worker of many."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import OperationalError
from django.utils import timezone

from portal.emails import heard
from portal.emails.sending import send_written
from portal.operations.health import watching
from portal.operations.health.figure import Figure
from portal.operations.health.figures import Found
from portal.operations.health.watching import EVERY, NAME, Watch, watch
from portal.operations.models import RegularRun, Restoration, Sighting, Trouble
from tests.conftest import Person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def sick(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Names of what is not well; a test puts some in."""
    bad: set[str] = set()

    def found(now: datetime) -> list[Found]:
        return [
            Found(name, name.title(), Figure(is_well=name not in bad, says=f"{name} says.", todo="Restart it."))
            for name in ("backup", "queue")
        ]

    monkeypatch.setattr(watching, "all_figures", found)
    return bad


def rounds(how_many: int, begin: datetime = NOON) -> datetime:
    for number in range(how_many):
        watch(begin + number * EVERY)
    return begin + how_many * EVERY


def test_one_mail_for_one_trouble_and_one_when_it_is_well(sick: set[str], administrator: Person, lead: Person) -> None:
    sick.add("queue")
    later = rounds(5)
    [told] = mail.outbox
    assert told.to == [administrator.user.email]
    assert told.subject == "Together: 1 to see to"
    assert "Queue: queue says. Restart it." in told.body
    sick.clear()
    rounds(3, later)
    assert [one.subject for one in mail.outbox[1:]] == ["Together: well again"]
    assert "Well again: Queue." in mail.outbox[1].body
    assert not Trouble.objects.going_on().exists()


def test_what_is_well_at_the_next_look_is_not_written_about(sick: set[str], administrator: Person) -> None:
    sick.add("queue")
    later = rounds(1)
    sick.clear()
    rounds(3, later)
    assert mail.outbox == []


def test_the_same_again_later_is_a_new_trouble(sick: set[str], administrator: Person) -> None:
    for _ in range(2):
        sick.add("backup")
        begin = rounds(2, NOON + timedelta(days=len(mail.outbox)))
        sick.clear()
        rounds(1, begin)
    assert len(mail.outbox) == 4


def test_with_nobody_to_tell_it_is_told_to_whoever_comes(sick: set[str], request: pytest.FixtureRequest) -> None:
    sick.add("queue")
    later = rounds(3)
    assert mail.outbox == []
    request.getfixturevalue("administrator")
    rounds(1, later)
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_away_is_tried_at_the_next_look(
    sick: set[str], administrator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**given: Any) -> bool:
        raise ConnectionRefusedError

    sick.add("queue")
    with monkeypatch.context() as patch:
        patch.setattr(watching, "send", away)
        later = rounds(3)
    rounds(1, later)
    assert len(mail.outbox) == 1


def test_of_many_workers_one_looks_and_a_clock_set_back_stops_nobody(sick: set[str]) -> None:
    assert [watch(NOON), watch(NOON), watch(NOON + EVERY)] == [True, False, True]
    RegularRun.objects.filter(name=NAME).update(due_at=NOON + timedelta(days=400))
    assert watch(NOON + 2 * EVERY)


def test_a_copy_that_was_put_back_writes_to_nobody(sick: set[str], administrator: Person) -> None:
    Restoration.objects.create(made_at=NOON, restored_at=NOON)
    sick.add("backup")
    rounds(4)
    assert mail.outbox == []


def test_old_troubles_are_forgotten(sick: set[str]) -> None:
    long_ago = NOON - timedelta(days=91)
    Trouble.objects.create(name="queue", began_at=long_ago, ended_at=long_ago)
    rounds(1)
    assert not Trouble.objects.exists()


def test_a_database_that_is_away_does_not_end_the_watch(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(now: datetime) -> bool:
        raise OperationalError("secret words")

    monkeypatch.setattr(watching, "watch", away)
    monkeypatch.setattr(watching, "close_old_connections", lambda: None)
    Watch().look()
    assert "could not reach the database: OperationalError" in caplog.text
    assert "secret" not in caplog.text


def test_what_this_process_heard_of_its_mails_is_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    heard.take_news()
    letter: Any = {"to": "ann@example.org", "subject": "s", "text": "t", "html": "<p>t</p>"}
    send_written(**letter)

    def refused(self: Any) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refused)
    with pytest.raises(ConnectionRefusedError):
        send_written(**letter)
    watching.write_down_news()
    assert set(Sighting.objects.values_list("name", flat=True)) == {heard.WENT, heard.FAILED}
    assert heard.take_news() == {}
