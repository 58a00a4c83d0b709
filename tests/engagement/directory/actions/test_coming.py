"""What comes in the next weeks is worked out for places and times, again and again with the same rows, one writer at a time."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.directory.actions import cancel_session, change_activity
from engagement.directory.actions.coming import work_out_all, work_out_openings, work_out_sessions
from engagement.directory.models import Activity, ComingSession, Opening, Venue
from engagement.directory.tasks import work_out_the_coming_weeks
from tests.factories.directory import make_activity, make_venue, the_schedule

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(wednesday_noon: datetime) -> Venue:
    return make_venue()


@pytest.fixture
def soup(hall: Venue) -> Activity:
    return make_activity(venue=hall)


def openings() -> list[tuple[int, datetime, datetime, bool]]:
    return list(
        Opening.objects.order_by("venue", "opens_at").values_list("venue", "opens_at", "closes_at", "is_certain")
    )


def coming() -> list[tuple[int, date, bool]]:
    return list(
        ComingSession.objects.order_by("schedule", "session_on").values_list("schedule", "session_on", "is_cancelled")
    )


def tables_of(queries: CaptureQueriesContext) -> list[str]:
    """Which table each question to the database is about, in order."""
    found = [
        query["sql"].replace("DELETE ", "").split('FROM "')[1].split('"')[0]
        for query in queries
        if 'FROM "' in query["sql"]
    ]
    return [name.removeprefix("directory_") for name in found]


def test_openings_twice_give_the_same_rows(hall: Venue, wednesday_noon: datetime) -> None:
    before = openings()
    assert [opens.day for _, opens, _, _ in before] == [25, 2, 9]
    work_out_openings([hall.pk], wednesday_noon)
    assert openings() == before


def test_hours_that_cannot_be_read_and_places_that_are_gone_leave_nothing(
    hall: Venue, wednesday_noon: datetime
) -> None:
    Venue.objects.filter(pk=hall.pk).update(opening_hours="whenever we like")
    work_out_openings([hall.pk, 999_999], wednesday_noon)
    assert openings() == []


def test_the_places_are_locked_before_anything_is_read_or_put_aside(hall: Venue, wednesday_noon: datetime) -> None:
    with CaptureQueriesContext(connection) as queries:
        work_out_openings([hall.pk], wednesday_noon)
    tables = tables_of(queries)
    assert tables.index("venue") < tables.index("opening")


def test_sessions_twice_give_the_same_rows_with_what_was_said(soup: Activity, wednesday_noon: datetime) -> None:
    schedule = the_schedule(soup)
    cancel_session(schedule=schedule, on=date(2026, 12, 2), reason="boiler", by=None)
    before = coming()
    assert [(on.isoformat(), is_off) for _, on, is_off in before][:2] == [("2026-11-25", False), ("2026-12-02", True)]
    work_out_sessions([schedule.pk], wednesday_noon)
    assert coming() == before


def test_everything_twice_gives_the_same_rows_and_the_night_does_the_same(
    soup: Activity, wednesday_noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = openings(), coming()
    work_out_all(wednesday_noon)
    assert (openings(), coming()) == before
    Opening.objects.all().delete()
    ComingSession.objects.all().delete()
    work_out_the_coming_weeks.func()
    assert (openings(), coming()) == before


@pytest.mark.parametrize("words", [{"is_listed": False}, {"merged_into": "other"}])
def test_a_place_that_is_hidden_or_merged_is_worked_out_and_not_shown(
    hall: Venue, soup: Activity, wednesday_noon: datetime, words: dict[str, object]
) -> None:
    if "merged_into" in words:
        words = {"merged_into": make_venue("Other Hall", opening_hours="")}
    Venue.objects.filter(pk=hall.pk).update(**words)
    work_out_all(wednesday_noon)
    assert len(openings()) == 3
    assert not Venue.objects.listed().open_in(wednesday_noon, wednesday_noon).exists()
    assert not ComingSession.objects.listed().exists()


def test_an_activity_off_the_lists_is_worked_out_and_not_shown(soup: Activity, wednesday_noon: datetime) -> None:
    change_activity(activity=soup, by=None, is_listed=False)
    work_out_all(wednesday_noon)
    assert coming()
    assert not ComingSession.objects.listed().exists()


def test_a_place_that_is_deleted_takes_its_rows_along(hall: Venue, soup: Activity, wednesday_noon: datetime) -> None:
    hall.delete()
    work_out_all(wednesday_noon)
    assert (openings(), coming()) == ([], [])
