"""Venues can be asked for in words, and tell what they are."""

from datetime import datetime

import pytest

from engagement.directory.actions import change_hours_on
from engagement.directory.features import BY_KEY
from engagement.directory.lists.wanted import end_of
from engagement.directory.models import Venue
from tests.factories.directory import make_venue

pytestmark = pytest.mark.django_db


def names(venues: object) -> list[str]:
    return [venue.name for venue in venues]  # type: ignore[attr-defined]


def test_an_unlisted_venue_and_one_that_is_not_warm_are_left_out() -> None:
    make_venue("Lantern Hall")
    make_venue("Hidden Hall", is_listed=False)
    make_venue("Cold Hall", is_warm_space=False)
    assert names(Venue.objects.listed().warm()) == ["Lantern Hall"]


def test_not_known_is_neither_a_yes_nor_a_no() -> None:
    make_venue("Yes Hall", wifi="yes")
    make_venue("No Hall", wifi="no")
    make_venue("Perhaps Hall")
    wifi = [BY_KEY["wifi"]]
    assert names(Venue.objects.offering(wifi)) == ["Yes Hall"]
    assert names(Venue.objects.offering(wifi, or_not_known=True)) == ["Perhaps Hall", "Yes Hall"]


def test_a_box_of_degrees_holds_what_lies_in_it() -> None:
    make_venue("Inside", latitude=54.76, longitude=-1.31)
    make_venue("Outside", latitude=54.90, longitude=-1.31)
    make_venue("Nowhere", latitude=None, longitude=None)
    assert names(Venue.objects.within(-1.4, 54.7, -1.2, 54.8)) == ["Inside"]


def test_every_word_must_be_found() -> None:
    make_venue("Lantern Hall", description="Soup on Wednesdays")
    make_venue("Kettle Corner", description="Soup")
    assert names(Venue.objects.with_words("soup lantern")) == ["Lantern Hall"]


def test_where_it_is_without_saying_its_name_twice() -> None:
    venue = make_venue(address="Lantern Hall, 1 Sea Lane", postcode="SR8 4LX")
    assert (venue.street, venue.where) == ("1 Sea Lane", "1 Sea Lane SR8 4LX")
    assert make_venue("Bare", address="").where == ""


def test_what_it_offers_and_what_is_not_known() -> None:
    venue = make_venue(food="yes", wifi="yes", toilets="no")
    assert venue.offers == ["food or a hot drink", "wifi"]
    told = dict(venue.known_features)
    assert (told["Toilets"], told["No steps to get in"]) == ("no", "not known")


def test_it_reads_its_hours_back(wednesday_noon: datetime) -> None:
    assert make_venue().hours_in_words == "Wednesdays 11:30am to 1:30pm. Bank holidays: closed."
    assert str(make_venue()) == "Lantern Hall"


def test_a_place_without_usual_hours_that_is_closed_today_is_not_one_we_do_not_know_of_today(
    wednesday_noon: datetime,
) -> None:
    today = wednesday_noon.date()
    hall = make_venue(opening_hours="")
    change_hours_on(venue=hall, first_on=today, last_on=today, reason="boiler", by=None)
    for window, is_shown in (
        ((wednesday_noon, end_of(today, days=1)), False),
        ((wednesday_noon, wednesday_noon), False),
        ((wednesday_noon, end_of(today, days=7)), True),
    ):
        assert Venue.objects.perhaps_open_in(*window).exists() is is_shown
