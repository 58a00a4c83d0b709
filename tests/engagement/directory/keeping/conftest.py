"""A hall with soup every Wednesday, and somebody who keeps it."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail

from engagement.directory.actions.keepers import add_keeper
from engagement.directory.keeping.links import keep_path
from engagement.directory.models import Activity, Keeper, Venue
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue

KEEPER = "kay@hall.example"


@pytest.fixture
def hall(wednesday_noon: datetime) -> Venue:
    return make_venue(phone="01632 960000", hours_text="Wednesdays over dinner time", postcode="SR8 4LX")


@pytest.fixture
def soup(hall: Venue) -> Activity:
    return make_activity(venue=hall)


@pytest.fixture
def keeper(hall: Venue, soup: Activity, coordinator: Person) -> Keeper:
    return add_keeper(venue=hall, email=KEEPER, name="Kay", by=coordinator.user)


@pytest.fixture
def page_of_kay(keeper: Keeper) -> str:
    """The address that Kay's link leads to."""
    return keep_path(keeper)


@pytest.fixture
def letters(run_worker: Callable[[], None]) -> Callable[[], list[str]]:
    """Lets the worker send what waits, and returns each mail as its address, subject and words."""

    def sent() -> list[str]:
        run_worker()
        found = [f"{one.to[0]}: {one.subject}\n{one.body}" for one in mail.outbox]
        mail.outbox.clear()
        return found

    return sent


def link_in(letter: str) -> str:
    """The path of the first link to a page of the keepers."""
    found = re.search(r"https?://[^/\s]+(/keeping/\S+)", letter)
    assert found, letter
    return found[1]
