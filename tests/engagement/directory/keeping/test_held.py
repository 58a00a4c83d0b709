"""What we hold at an address is handed out whole, whoever it is: a keeper, somebody who listens, somebody to ask."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps

from engagement.directory.actions import cancel_session, change_hours_on
from engagement.directory.actions.listening import ask_to_hear
from engagement.directory.actions.organisations import add_or_change_organisation, keep_contact
from engagement.directory.actions.proposals import leave, propose
from engagement.directory.keeping.held import TOLD, held_at
from engagement.directory.models import Activity, Keeper, ProposedChange, Venue
from portal.privacy import PersonalData
from tests.conftest import PASSWORD, Person
from tests.engagement.directory.keeping.conftest import KEEPER
from tests.factories.directory import the_schedule
from tests.factories.purging import purged

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(coordinator: Person) -> Person:
    """What leaves the house asks again who takes it; here they have just shown it."""
    coordinator.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return coordinator


def test_every_model_that_is_handed_out_has_its_lines() -> None:
    """A new model fails here until somebody has thought about how the person reads it."""
    models: list[Any] = list(apps.get_app_config("directory").get_models())
    declared = {
        model for model in models if isinstance(model.personal_data, PersonalData) and model.personal_data.exported
    }
    assert set(TOLD) == declared


def test_a_listener_and_somebody_to_ask_get_their_lines_too(
    hall: Venue, soup: Activity, keeper: Keeper, coordinator: Person
) -> None:
    group = add_or_change_organisation(by=coordinator.user, name="Soup Friends")
    keep_contact(by=coordinator.user, organisation=group, name="Lia", email="lia@soup.example")
    ask_to_hear(activity=soup, address="lia@soup.example")
    words = "\n".join(f"{label}: {line}" for label, line in held_at(" Lia@Soup.example "))
    assert "Soup and a chat, lia@soup.example, not confirmed yet" in words
    assert "at Soup Friends: Lia, lia@soup.example, shown to our team only" in words
    assert "Kay" not in words
    path = f"/staff/directory/keepers/{hall.pk}/held-at/"
    assert "What we hold at this address" in coordinator.get(f"/staff/directory/keepers/{hall.pk}/").content.decode()
    sheet = coordinator.post(path, {"address": "lia@soup.example"})
    assert sheet.headers["Content-Disposition"].startswith("attachment")
    assert "Soup Friends" in sheet.content.decode()
    assert "Nothing is held" in coordinator.post(path, {"address": "no@body.example"}).content.decode()
    assert "Enter an e-mail address" in coordinator.post(path, {"address": "Lia"}, follow=True).content.decode()
    assert coordinator.get(path).status_code == 405


@pytest.mark.parametrize("role", ["navigator", "editor", "partner", "stranger", "resident"])
def test_nobody_else_asks_what_is_held(request: pytest.FixtureRequest, hall: Venue, keeper: Keeper, role: str) -> None:
    person: Person = request.getfixturevalue(role)
    answer = person.post(f"/staff/directory/keepers/{hall.pk}/held-at/", {"address": KEEPER})
    assert answer.status_code in {302, 403}
    assert KEEPER not in answer.content.decode()


def test_what_a_keeper_said_is_told_with_what_it_is_about(hall: Venue, soup: Activity, keeper: Keeper) -> None:
    on = date(2026, 12, 2)
    cancel_session(schedule=the_schedule(soup), on=on, reason="ill", by=None, keeper=keeper)
    change_hours_on(venue=hall, first_on=on, last_on=on, reason="ill", by=None, keeper=keeper)
    words = "\n".join(line for _, line in held_at(KEEPER))
    assert "Soup and a chat, 2026-12-02 not on" in words
    assert "Lantern Hall, 2026-12-02 to 2026-12-02" in words


def test_who_ended_a_year_ago_leaves_no_number_and_no_waiting_wish(
    hall: Venue, keeper: Keeper, coordinator: Person, wednesday_noon: datetime
) -> None:
    (told,) = propose(entry=hall, wishes={"phone": "01632 960999"}, keeper=keeper)
    leave(change=told, reason="It rings elsewhere", by=coordinator.user)
    propose(entry=hall, wishes={"email": KEEPER}, keeper=keeper)
    Keeper.objects.update(ended_at=wednesday_noon - timedelta(days=366))
    assert purged(wednesday_noon, "directory.keepers") == 1
    wish = ProposedChange.objects.get()
    assert (wish.field, wish.was, wish.wanted, wish.keeper) == ("phone", None, None, None)


def test_the_screen_says_what_stays_of_somebody_who_is_forgotten(keeper: Keeper, coordinator: Person) -> None:
    answer = coordinator.post(f"/staff/directory/keepers/{keeper.pk}/erase/", follow=True).content.decode()
    assert "stays without their name" in answer
    assert "Nothing of theirs is left" not in answer
