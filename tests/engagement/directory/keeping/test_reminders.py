"""Places are asked by mail whether their entry is right: one mail an address, never twice a week, nothing lost by a kill."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.directory.actions.keepers import add_keeper, end_keeper
from engagement.directory.keeping import reminders
from engagement.directory.models import Activity, Keeper, Venue
from portal.emails.models import Suppression
from portal.emails.suppression import suppress
from portal.tasks import REGULAR
from tests.conftest import Person
from tests.engagement.directory.keeping.conftest import KEEPER, link_in
from tests.factories.directory import make_activity, make_venue

pytestmark = pytest.mark.django_db


def last_checked(entry: Venue | Activity, days: float, now: datetime) -> None:
    type(entry)._default_manager.filter(pk=entry.pk).update(checked_at=now - timedelta(days=days))


@pytest.fixture
def morning(letters: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], list[str]]:
    """Hands out what is due at a moment, and returns the mails."""
    letters()

    def asked(now: datetime) -> list[str]:
        monkeypatch.setattr("portal.clock.now", lambda: now)
        reminders.hand_out(now=now)
        return letters()

    return asked


@pytest.fixture
def old(hall: Venue, soup: Activity, wednesday_noon: datetime) -> Venue:
    last_checked(hall, 30, wednesday_noon)
    last_checked(soup, 10, wednesday_noon)
    return hall


def test_a_keeper_is_asked_and_says_yes_with_one_press(
    keeper: Keeper, old: Venue, morning: Callable[[datetime], list[str]], resident: Person, wednesday_noon: datetime
) -> None:
    (letter,) = morning(wednesday_noon)
    assert letter.startswith(f"{KEEPER}: Is this still right? Lantern Hall")
    assert "Not checked for 30 days" in letter
    assert "Soup and a chat: Every Wednesday, 11:30am to 1:30pm" in letter
    page = link_in(letter)
    assert resident.get(page).status_code == 200
    old.refresh_from_db()
    assert not old.is_checked_by_venue
    resident.post(f"{page}right/")
    assert morning(wednesday_noon + timedelta(days=8)) == []


def test_nobody_is_asked_too_early_or_twice_for_one_moment(
    keeper: Keeper, old: Venue, morning: Callable[[datetime], list[str]], wednesday_noon: datetime
) -> None:
    assert len(morning(wednesday_noon)) == 1
    asked_on = [day for day in range(1, 120) if morning(wednesday_noon + timedelta(days=day))]
    assert asked_on == [15, 30, 60]


def test_an_activity_that_nobody_checked_is_asked_about_with_its_venue(
    keeper: Keeper, hall: Venue, soup: Activity, morning: Callable[[datetime], list[str]], wednesday_noon: datetime
) -> None:
    last_checked(hall, 3, wednesday_noon)
    last_checked(soup, 29, wednesday_noon)
    assert "Not checked for 29 days" in morning(wednesday_noon)[0]


def test_one_mail_for_all_the_places_of_one_address(
    keeper: Keeper, old: Venue, coordinator: Person, morning: Callable[[datetime], list[str]], wednesday_noon: datetime
) -> None:
    second = make_venue("Other Hall")
    add_keeper(venue=second, email=KEEPER.upper(), by=coordinator.user)
    last_checked(second, 29, wednesday_noon)
    letter = next(one for one in morning(wednesday_noon) if "still right" in one)
    assert "Are your 2 places still right?" in letter
    assert "LANTERN HALL" in letter
    assert "OTHER HALL" in letter


def test_an_address_rests_for_a_week_whatever_is_due(
    keeper: Keeper, old: Venue, coordinator: Person, morning: Callable[[datetime], list[str]], wednesday_noon: datetime
) -> None:
    second = make_venue("Other Hall")
    add_keeper(venue=second, email=KEEPER, by=coordinator.user)
    last_checked(second, 26, wednesday_noon)
    assert len([one for one in morning(wednesday_noon) if "still right" in one]) == 1
    assert morning(wednesday_noon + timedelta(days=3)) == []
    assert "OTHER HALL" in morning(wednesday_noon + timedelta(days=7))[0]


def test_a_place_without_a_keeper_is_asked_at_its_own_address(
    old: Venue, morning: Callable[[datetime], list[str]], resident: Person, wednesday_noon: datetime
) -> None:
    Venue.objects.filter(pk=old.pk).update(email="hall@hall.example")
    (letter,) = morning(wednesday_noon)
    assert letter.startswith("hall@hall.example")
    resident.post(link_in(letter))
    old.refresh_from_db()
    assert old.is_checked_by_venue
    assert morning(wednesday_noon + timedelta(days=8)) == []


def test_who_is_not_asked(
    keeper: Keeper, old: Venue, coordinator: Person, morning: Callable[[datetime], list[str]], wednesday_noon: datetime
) -> None:
    suppress(address=KEEPER, reason=next(iter(Suppression.Reason)))
    assert morning(wednesday_noon) == []
    Suppression.objects.all().delete()
    Venue.objects.filter(pk=old.pk).update(is_listed=False)
    assert morning(wednesday_noon) == []
    Venue.objects.filter(pk=old.pk).update(is_listed=True)
    end_keeper(keeper=keeper, by=coordinator.user)
    assert morning(wednesday_noon) == []


def test_a_worker_killed_half_way_asks_the_rest_next_morning_and_nobody_twice(
    keeper: Keeper,
    old: Venue,
    coordinator: Person,
    morning: Callable[[datetime], list[str]],
    letters: Callable[[], list[str]],
    wednesday_noon: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    second = make_venue("Other Hall")
    add_keeper(venue=second, email="zoe@other.example", by=coordinator.user)
    last_checked(second, 29, wednesday_noon)
    letters()
    real, calls = reminders.note_asked, []

    def killed(**said: object) -> bool:
        calls.append(said)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return bool(real(**said))  # type: ignore[arg-type]

    monkeypatch.setattr(reminders, "note_asked", killed)
    with pytest.raises(KeyboardInterrupt):
        reminders.hand_out(now=wednesday_noon)
    monkeypatch.setattr(reminders, "note_asked", real)
    assert [one.split(":")[0] for one in letters()] == [KEEPER]
    assert [one.split(":")[0] for one in morning(wednesday_noon + timedelta(days=1))] == ["zoe@other.example"]


def test_what_was_checked_before_the_mail_goes_is_not_asked(
    keeper: Keeper, old: Venue, letters: Callable[[], list[str]], wednesday_noon: datetime
) -> None:
    letters()
    reminders.hand_out(now=wednesday_noon)
    last_checked(old, 0, wednesday_noon)
    assert letters() == []


def test_it_is_done_every_morning_and_asks_the_same_of_the_database_whatever_there_is(
    keeper: Keeper, old: Venue, coordinator: Person, wednesday_noon: datetime
) -> None:
    assert "directory.remind_places" in REGULAR
    last_checked(old, 3, wednesday_noon)
    with CaptureQueriesContext(connection) as few:
        reminders.hand_out(now=wednesday_noon)
    for number in range(5):
        venue = make_venue(f"Hall {number}")
        add_keeper(venue=venue, email=f"k{number}@hall.example", by=coordinator.user)
        make_activity(f"Tea {number}", venue=venue)
    with CaptureQueriesContext(connection) as more:
        reminders.hand_out(now=wednesday_noon)
    assert len(more) == len(few)
