"""Whoever says that something is wrong, and the team, read who was really told."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.directory.actions.corrections import send_correction
from engagement.directory.actions.keepers import ask_for_link, end_keeper
from engagement.directory.models import Activity, Keeper, Venue
from portal.audit.models import AuditEvent
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue

pytestmark = pytest.mark.django_db
WRONG, KEEPERS = "/staff/directory/wrong/", "/staff/directory/keepers/"


@pytest.fixture
def tell(resident: Person, as_a_person: None) -> Callable[[Venue | Activity], str]:
    """Say that an entry is wrong; the page before, and the page after."""

    def told(entry: Venue | Activity) -> str:
        path = f"{entry.get_absolute_url()}wrong/"
        before = resident.get(path)
        said = {"words": "Shut on Fridays", "shown": before.context["form"]["shown"].value()}
        return before.content.decode() + resident.post(path, said, follow=True).content.decode()

    return told


def test_the_place_is_told_where_it_has_a_keeper(
    hall: Venue, soup: Activity, keeper: Keeper, coordinator: Person, tell: Callable[[Venue | Activity], str]
) -> None:
    for entry in (hall, soup):
        page = tell(entry)
        assert "We tell the place and our team" in page
        assert "We have told the place and our team" in page
    assert coordinator.get(WRONG).content.decode().count("Told: our team, Lantern Hall.") == 2


def test_the_place_is_told_where_it_has_an_address(
    hall: Venue, coordinator: Person, tell: Callable[[Venue | Activity], str]
) -> None:
    Venue.objects.update(email="hall@hall.example")
    assert "We have told the place and our team" in tell(hall)


def test_our_team_alone_is_told_where_nobody_can_be_written_to(
    hall: Venue, soup: Activity, keeper: Keeper, coordinator: Person, tell: Callable[[Venue | Activity], str]
) -> None:
    end_keeper(keeper=keeper, by=coordinator.user)
    for entry in (hall, soup):
        page = tell(entry)
        assert "told the place" not in page
        assert "tell the place" not in page
        assert "We have told our team" in page
    assert coordinator.get(WRONG).content.decode().count("Told: our team.") == 2


def test_who_was_told_costs_the_same_however_many_wait(hall: Venue, coordinator: Person) -> None:
    send_correction(entry=hall, words="Shut")
    send_correction(entry=make_activity(venue=hall), words="Shut")
    coordinator.get(WRONG)
    with CaptureQueriesContext(connection) as few:
        coordinator.get(WRONG)
    for number in range(4):
        send_correction(entry=make_venue(f"Hall {number}", email="hall@hall.example"), words="Shut")
        send_correction(entry=make_activity(f"Tea {number}", venue=hall), words="Shut")
    with CaptureQueriesContext(connection) as more:
        coordinator.get(WRONG)
    assert len(more) == len(few)


def test_history_names_who_sent_a_new_link(keeper: Keeper, coordinator: Person) -> None:
    coordinator.post(f"{KEEPERS}{keeper.pk}/link/")
    Keeper.objects.update(link_sent_at=None)
    ask_for_link(address=keeper.email)
    events = AuditEvent.objects.filter(action="directory.ask_for_link").order_by("pk")
    assert [one.done_by for one in events] == [str(coordinator.user.pk), ""]
