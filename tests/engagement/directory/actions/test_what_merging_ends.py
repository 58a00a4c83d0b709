"""What the entry to keep has already is over at the other one, comes back when that is taken back, and is forgotten in time."""

from datetime import datetime, timedelta

import pytest

from engagement.directory.actions.keepers import add_keeper, end_keeper
from engagement.directory.actions.merging import merge, propose_pairs, undo_decision
from engagement.directory.actions.proposals import propose
from engagement.directory.keeping.links import keep_path
from engagement.directory.models import Keeper, Likeness, ProposedChange, Venue
from tests.conftest import Person
from tests.factories.directory import make_venue
from tests.factories.purging import purged

pytestmark = pytest.mark.django_db
KAY = "kay@hall.example"


@pytest.fixture
def kept(wednesday_noon: datetime) -> Venue:
    return make_venue("Lantern Hall", postcode="SR8 4LX", phone="0191 000 0001")


@pytest.fixture
def again(wednesday_noon: datetime) -> Venue:
    return make_venue("The Lantern Hall", postcode="SR8 4LX", phone="0191 000 0000")


@pytest.fixture
def pair(kept: Venue, again: Venue, coordinator: Person) -> Likeness:
    assert propose_pairs(by=None) == 1
    for venue, number in ((kept, "1"), (again, "2")):
        keeper = add_keeper(venue=venue, email=KAY, by=coordinator.user)
        propose(entry=venue, wishes={"phone": f"0191 000 000{number * 2}"}, keeper=keeper)
    return Likeness.objects.get()


def at(venue: Venue) -> tuple[Keeper, ProposedChange]:
    return Keeper.objects.get(venue=venue), ProposedChange.objects.get(venue=venue)


def test_a_keeper_and_a_wish_that_are_there_already_are_over_and_come_back(
    pair: Likeness, kept: Venue, again: Venue, coordinator: Person
) -> None:
    merge(pair=pair, keep=kept, take=[], by=coordinator.user)
    keeper, wish = at(again)
    assert (keeper.ended_by, wish.decision) == (coordinator.user, ProposedChange.Decision.REPLACED)
    stays, waits = at(kept)
    assert (stays.ended_at, waits.decision) == (None, ProposedChange.Decision.WAITING)
    undo_decision(pair=pair, by=coordinator.user)
    keeper, wish = at(again)
    assert (keeper.ended_at, keeper.ended_by, wish.decided_at) == (None, None, None)
    assert wish.decision == ProposedChange.Decision.WAITING


def test_what_somebody_began_there_meanwhile_stays_when_it_is_taken_back(
    pair: Likeness, kept: Venue, again: Venue, coordinator: Person
) -> None:
    merge(pair=pair, keep=kept, take=[], by=coordinator.user)
    afresh = add_keeper(venue=again, email=KAY, by=coordinator.user)
    undo_decision(pair=pair, by=coordinator.user)
    assert Keeper.objects.active().get(venue=again) == afresh


def test_the_link_of_a_keeper_whose_place_was_merged_says_which_it_is_now(
    pair: Likeness, kept: Venue, again: Venue, coordinator: Person, resident: Person
) -> None:
    link = keep_path(Keeper.objects.get(venue=again))
    merge(pair=pair, keep=kept, take=[], by=coordinator.user)
    answer = resident.get(link)
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "Your place is part of Lantern Hall now" in page
    assert kept.get_absolute_url() in page
    assert resident.post(f"{link}right/").status_code == 404
    assert not Venue.objects.filter(is_checked_by_venue=True).exists()
    undo_decision(pair=pair, by=coordinator.user)
    assert resident.get(link).status_code == 200
    end_keeper(keeper=Keeper.objects.get(venue=again), by=coordinator.user)
    assert "Your place is part of" not in resident.get(link).content.decode()


def test_contacts_that_merging_replaced_are_forgotten_after_ninety_days(
    pair: Likeness, kept: Venue, coordinator: Person, wednesday_noon: datetime
) -> None:
    merge(pair=pair, keep=kept, take=["phone", "toilets"], by=coordinator.user)
    assert purged(wednesday_noon, "directory.merged_contacts") == 0
    Likeness.objects.update(decided_at=wednesday_noon - timedelta(days=91))
    assert purged(wednesday_noon, "directory.merged_contacts") == 1
    put_back = Likeness.objects.get().put_back
    assert set(put_back["before"]) == set(put_back["after"]) == {"toilets"}
    assert purged(wednesday_noon, "directory.merged_contacts") == 0
    undo_decision(pair=pair, by=coordinator.user)
    kept.refresh_from_db()
    assert kept.phone == "0191 000 0000"
