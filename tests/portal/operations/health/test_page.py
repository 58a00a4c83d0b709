"""The page of health says for each thing whether it is well and what to do; who may look and who may act."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from engagement.comments.models import AskedAddress
from portal.emails import heard
from portal.operations.backup.holding import ASIDE
from portal.operations.backup.making import note_run
from portal.operations.health import figures, machine, mailing, upkeep, working
from portal.operations.health.figure import ago, size
from portal.operations.health.figures import Look, all_figures
from portal.operations.models import RegularRun, Restoration, Sighting
from portal.operations.timekeeping import beat
from portal.pages.week import the_week
from portal.privacy.purging import purge
from portal.tasks import REGULAR, enqueue_on_commit, task
from tests.conftest import Person
from tests.factories.queries import queries_of_ours

pytestmark = pytest.mark.django_db
PAGE = "/staff/health/"


@task()
def something() -> None:
    """Does nothing."""


def a_restoration() -> Restoration:
    now = timezone.now()
    return Restoration.objects.create(made_at=now - timedelta(hours=8), restored_at=now)


def text_of(person: Person) -> str:
    answer = person.get(PAGE)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("who", ["coordinator", "lead", "administrator"])
def test_three_roles_see_it(who: str, request: pytest.FixtureRequest) -> None:
    assert "No worker was seen since yesterday." in text_of(request.getfixturevalue(who))


@pytest.mark.parametrize("who", ["navigator", "editor", "partner"])
def test_the_others_do_not(who: str, request: pytest.FixtureRequest) -> None:
    assert request.getfixturevalue(who).get(PAGE).status_code == 403


def test_a_stranger_is_asked_to_sign_in(stranger: Person) -> None:
    assert stranger.get(PAGE).status_code == 302


@pytest.mark.parametrize("who", ["coordinator", "lead"])
def test_only_an_administrator_says_that_work_goes_on(who: str, request: pytest.FixtureRequest) -> None:
    waiting = a_restoration()
    person = request.getfixturevalue(who)
    assert "Go on</button>" not in text_of(person)
    assert person.post(f"{PAGE}go-on/{waiting.pk}/").status_code == 403
    assert person.post(f"{PAGE}set-aside/", {"task": "x", "answer": "do"}).status_code == 403
    assert Restoration.objects.waiting() == waiting


def test_after_a_restore_work_rests_until_an_administrator_says_so(administrator: Person) -> None:
    waiting = a_restoration()
    run = RegularRun.objects.create(name="audit.seal", due_at=timezone.now() - timedelta(days=1))
    assert "Put back from a backup of" in text_of(administrator)
    assert any(line.is_urgent and line.url == PAGE for line in the_week(administrator.user))
    assert administrator.get(f"{PAGE}go-on/{waiting.pk}/").status_code == 405
    administrator.post(f"{PAGE}go-on/{waiting.pk}/")
    waiting.refresh_from_db()
    assert waiting.gone_on_by == administrator.user
    run.refresh_from_db()
    assert run.due_at > timezone.now()
    assert "Put back from a backup of" not in text_of(administrator)


@pytest.mark.parametrize(("answer", "left", "queue"), [("do", 1, "default"), ("leave_out", 0, None)])
def test_what_was_set_aside_is_done_after_all_or_left_out(
    answer: str, left: int, queue: str | None, administrator: Person
) -> None:
    enqueue_on_commit(something)
    mine = DBTaskResult.objects.filter(task_path=something.module_path)
    mine.update(queue_name=ASIDE)
    assert "Something (tests)" in text_of(administrator)
    assert administrator.post(f"{PAGE}set-aside/", {"task": something.module_path, "answer": "what"}).status_code == 404
    administrator.post(f"{PAGE}set-aside/", {"task": something.module_path, "answer": answer})
    assert list(mine.values_list("queue_name", flat=True)) == [queue] * left


def test_it_asks_no_more_the_more_there_is(administrator: Person) -> None:
    text_of(administrator)
    few = queries_of_ours(administrator, PAGE)
    for number in range(30):
        enqueue_on_commit(something)
        beat(f"worker {number}", timezone.now())
    assert queries_of_ours(administrator, PAGE) == few


def test_where_the_database_does_not_answer_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(now: Any) -> Any:
        raise OperationalError("secret words")

    monkeypatch.setattr(figures, "LOOKS", (Look("queue", "Work that waits", away),))
    [found] = all_figures(timezone.now())
    assert (found.figure.is_well, found.figure.says) == (False, "Could not be looked at: OperationalError.")


def test_a_worker_that_fell_silent() -> None:
    now = timezone.now()
    assert working.worker(now).is_well is False
    beat("a", now - timedelta(minutes=12))
    assert working.worker(now).says == "Last awake 12 minutes ago."
    beat("b", now)
    assert working.worker(now).is_well


def test_work_that_waits_too_long_and_work_that_is_for_later() -> None:
    now = timezone.now()
    enqueue_on_commit(something.using(run_after=now + timedelta(days=3)))
    assert working.queue(now).says == "Nothing waits."
    enqueue_on_commit(something)
    assert working.queue(now + timedelta(minutes=1)).is_well
    late = working.queue(now + timedelta(minutes=6))
    assert (late.is_well, late.numbers["queue_length"]) == (False, 1)
    assert "restart" in late.todo


def test_failed_work_is_told_by_name_and_number_and_no_word_more() -> None:
    now = timezone.now()
    enqueue_on_commit(something)
    DBTaskResult.objects.update(
        status=TaskResultStatus.FAILED, finished_at=now, traceback="ValueError: ann@example.org", id=uuid4()
    )
    told = working.failed(now)
    assert told.is_well is False
    assert something.module_path in told.says
    assert "ann@" not in told.says
    assert working.failed(now + timedelta(days=2)).is_well


def test_regular_work_that_is_late() -> None:
    now = timezone.now()
    name = next(iter(REGULAR))
    RegularRun.objects.create(name=name, due_at=now - timedelta(minutes=11))
    assert name in working.regular(now).says
    assert working.regular(now).is_well is False
    a_restoration()
    assert working.regular(now).is_well is None


def test_a_backup_that_is_old_or_went_wrong(settings: Any) -> None:
    now = timezone.now()
    assert upkeep.backup(now).is_well is None
    settings.IS_DEMO_ALLOWED = False
    assert upkeep.backup(now).says == "There was never one."
    note_run(began_at=now, size=3_200_000)
    assert (upkeep.backup(now).says, upkeep.backup(now).is_well) == ("Just now, 3.2 MB.", True)
    assert upkeep.backup(now + timedelta(hours=31)).is_well is False
    note_run(began_at=now + timedelta(minutes=1), trouble="The backup was not made: the disk is full.")
    assert "the disk is full" in upkeep.backup(now + timedelta(minutes=2)).says


def test_what_goes_every_hour_does_not_stand_for_the_night(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    AskedAddress.objects.create(address_hash="a", asked_on=(now - timedelta(days=9)).date())
    assert purge(now=now, only_short=True) is not None
    assert upkeep.purge(now).is_well is None
    purge(now=now, only=["comments.not_shown"])
    AskedAddress.objects.create(address_hash="a", asked_on=(now - timedelta(days=9)).date())
    later = timezone.now() + timedelta(hours=31)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert purge(now=later, only_short=True) is not None
    assert upkeep.purge(later).is_well is False
    purge(now=later, only=["comments.not_shown"])
    assert (upkeep.purge(later).says, upkeep.purge(later).is_well) == ("Just now.", True)


def test_a_disk_that_is_nearly_full(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    assert machine.disk(now).numbers["disk_free_bytes"] > 0
    monkeypatch.setattr(machine, "LEAST_BYTES", 10**18)
    assert "the help form turns people away" in machine.disk(now).todo


def test_database_tables_keys_and_clock(settings: Any) -> None:
    now = timezone.now()
    assert machine.database(now).numbers["database_bytes"] > 0
    assert machine.migrations(now).is_well
    assert machine.keys(now).is_well
    settings.REFERRAL_KEYS = []
    assert machine.keys(now).is_well is False
    assert machine.clock(now).is_well
    beat("from the future", now + timedelta(hours=1))
    assert machine.clock(now).is_well is False


def test_mail_that_goes_and_mail_that_does_not() -> None:
    now = timezone.now()
    assert mailing.mail(now).is_well is None
    Sighting.objects.create(name=heard.FAILED, seen_at=now - timedelta(minutes=5))
    assert "none has gone yet" in mailing.mail(now).says
    Sighting.objects.create(name=heard.WENT, seen_at=now)
    assert mailing.mail(now).is_well


def test_how_long_ago_and_how_large_in_words() -> None:
    spans = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=59), timedelta(hours=30), timedelta(days=4))
    told = ["just now", "1 minute ago", "59 minutes ago", "30 hours ago", "4 days ago"]
    assert [ago(span) for span in spans] == told
    assert [size(bytes_) for bytes_ in (12, 3_200_000, 14e9, 2e15)] == ["12 bytes", "3.2 MB", "14 GB", "2000 TB"]
