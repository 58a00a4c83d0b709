"""Regular work is handed over when it is due, once, however long nobody was awake and however many ask."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django_tasks_db.models import DBTaskResult

from portal.operations import timekeeping
from portal.operations.models import Heartbeat, RegularRun
from portal.operations.timekeeping import Timekeeper, beat, hand_over_due, is_somebody_awake
from portal.tasks import REGULAR, RegularWork, regularly, task

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
done: list[str] = []


@task()
def sweep() -> None:
    """Notes that it was done."""
    done.append("swept")


@pytest.fixture
def only_sweeping() -> Iterator[None]:
    """No other regular work than what a test declares."""
    before = dict(REGULAR)
    REGULAR.clear()
    done.clear()
    yield
    REGULAR.clear()
    REGULAR.update(before)


def daily(hour: int) -> RegularWork:
    return RegularWork(name="sweep", work=sweep, daily_at=time(hour))


def test_daily_work_is_due_at_its_hour_by_the_village_clock() -> None:
    assert daily(6).next_after(MONDAY) == datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
    assert daily(12).next_after(MONDAY) == datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    in_summer = datetime(2026, 7, 6, 4, 30, tzinfo=UTC)
    assert daily(6).next_after(in_summer) == datetime(2026, 7, 6, 5, 0, tzinfo=UTC)


def test_the_night_the_clocks_change_has_its_work_too() -> None:
    before = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    assert daily(6).next_after(before) == datetime(2026, 3, 29, 5, 0, tzinfo=UTC)


def test_weekly_work_is_due_on_its_day_at_its_hour() -> None:
    mondays = RegularWork(name="sweep", work=sweep, daily_at=time(7), weekday=0)
    assert mondays.next_after(MONDAY) == datetime(2026, 3, 2, 7, 0, tzinfo=UTC) + (
        timedelta(days=7) if MONDAY.hour >= 7 else timedelta()
    )
    at_seven = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    assert mondays.next_after(at_seven) == at_seven + timedelta(days=7)
    assert mondays.next_after(at_seven + timedelta(days=2)) == at_seven + timedelta(days=7)
    # The clocks go forward on the Sunday between.
    assert mondays.next_after(datetime(2026, 3, 27, 12, 0, tzinfo=UTC)) == datetime(2026, 3, 30, 6, 0, tzinfo=UTC)


def test_work_must_say_when_it_comes_again() -> None:
    with pytest.raises(ValueError, match="either daily_at or every"):
        regularly(sweep, name="never")
    with pytest.raises(ValueError, match="either daily_at or every"):
        regularly(sweep, name="both", daily_at=time(6), every=timedelta(hours=1))
    assert "never" not in REGULAR
    assert "both" not in REGULAR


@pytest.mark.django_db
@pytest.mark.usefixtures("only_sweeping")
def test_work_is_handed_over_when_due_and_not_again_before_its_next_time(run_worker: Callable[[], None]) -> None:
    regularly(sweep, name="sweep", every=timedelta(hours=1))
    assert hand_over_due(MONDAY) == ["sweep"]
    assert hand_over_due(MONDAY + timedelta(minutes=59)) == []
    assert hand_over_due(MONDAY + timedelta(minutes=60)) == ["sweep"]
    run_worker()
    assert done == ["swept", "swept"]


@pytest.mark.django_db
@pytest.mark.usefixtures("only_sweeping")
def test_a_worker_that_slept_for_days_does_the_work_once() -> None:
    regularly(sweep, name="sweep", daily_at=time(6))
    assert hand_over_due(MONDAY) == []
    assert hand_over_due(MONDAY + timedelta(days=4)) == ["sweep"]
    assert hand_over_due(MONDAY + timedelta(days=4, minutes=1)) == []
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("only_sweeping")
def test_of_two_workers_that_ask_at_once_one_hands_over(monkeypatch: pytest.MonkeyPatch) -> None:
    regularly(sweep, name="sweep", every=timedelta(hours=1))
    hand_over_due(MONDAY)
    later = MONDAY + timedelta(hours=1)
    real = RegularRun.objects.get_or_create

    def as_the_other_saw_it(**what: Any) -> tuple[RegularRun, bool]:
        found = real(**what)
        RegularRun.objects.update(due_at=later + timedelta(hours=1))
        return found

    monkeypatch.setattr(RegularRun.objects, "get_or_create", as_the_other_saw_it)
    assert hand_over_due(later) == []


@pytest.mark.django_db
def test_a_worker_that_beat_lately_is_awake_and_an_old_one_is_forgotten() -> None:
    assert not is_somebody_awake(MONDAY)
    beat("one", MONDAY)
    assert is_somebody_awake(MONDAY + timedelta(seconds=90))
    assert not is_somebody_awake(MONDAY + timedelta(minutes=3))
    beat("two", MONDAY + timedelta(days=2))
    assert [heartbeat.worker for heartbeat in Heartbeat.objects.all()] == ["two"]


def test_the_timekeeper_outlives_a_database_that_is_away(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(worker: str, now: datetime) -> None:
        raise DatabaseError

    monkeypatch.setattr(timekeeping, "beat", away)
    monkeypatch.setattr(timekeeping, "close_old_connections", lambda: None)
    Timekeeper("one").look()
    assert "could not reach the database" in caplog.text
