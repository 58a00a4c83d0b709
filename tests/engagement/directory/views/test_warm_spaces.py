"""Residents find a warm space: open ones first, near ones nearest, and not known is never shown as no."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.directory.actions import change_hours_on
from portal.geo.models import Area, NamedPlace, Postcode
from tests.conftest import Person
from tests.engagement.directory.views.rows import OPEN, SHUT, ask, titles
from tests.factories.directory import make_venue
from tests.paging import link_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]


def test_open_ones_stand_first_and_each_says_until_when(resident: Person) -> None:
    make_venue("Anchor Room", opening_hours=SHUT)
    make_venue("Lantern Hall", opening_hours=OPEN)
    make_venue("Mystery Hut", opening_hours="")
    page = ask(resident)
    assert titles(page) == ["Lantern Hall", "Anchor Room", "Mystery Hut"]
    for line in ("Open until 1:30pm", "Opens Tuesday 10am", "Hours not known: ring first", "3 warm spaces"):
        assert line in page


def test_open_now_leaves_out_the_shut_and_tells_of_those_that_did_not_say(resident: Person) -> None:
    make_venue("Anchor Room", opening_hours=SHUT)
    make_venue("Lantern Hall", opening_hours=OPEN)
    make_venue("Mystery Hut", opening_hours="")
    page = ask(resident, "?when=now")
    assert titles(page) == ["Lantern Hall"]
    assert "1 more place has not told us about this" in page
    assert titles(ask(resident, "?when=now&maybe=on")) == ["Lantern Hall", "Mystery Hut"]


def test_a_feature_leaves_out_no_and_keeps_not_known_within_reach(resident: Person) -> None:
    make_venue("Yes Hall", wifi="yes", free_entry="yes")
    make_venue("No Hall", wifi="no", free_entry="yes")
    make_venue("Perhaps Hall", free_entry="yes")
    make_venue("Perhaps Too", free_entry="yes")
    page = ask(resident, "?only=wifi&only=free")
    assert titles(page) == ["Yes Hall"]
    assert "2 more places have not told us about this" in page
    assert "only=wifi&amp;only=free&amp;maybe=on" in page
    assert '<a href="?only=free"><span class="hidden-words">Take away: </span>Wifi' in page


def test_near_a_postcode_the_nearest_is_first_with_its_walk(resident: Person, postcode: Postcode) -> None:
    make_venue("Far Hall", latitude=54.9, longitude=-1.5)
    make_venue("Near Hall", latitude=54.7648, longitude=-1.3143)
    make_venue("Nowhere Hall", latitude=None, longitude=None)
    page = ask(resident, "?near=sr84lx")
    assert titles(page) == ["Near Hall", "Far Hall", "Nowhere Hall"]
    assert "minutes’ walk, 0.1 miles" in page
    assert "From SR8 4LX, however far." in page


def test_near_a_place_by_its_name(resident: Person) -> None:
    NamedPlace.objects.create(name="Third Street", slug="third-street", kind="street", latitude=54.9, longitude=-1.5)
    NamedPlace.objects.create(
        name="Hidden Street", slug="hidden", kind="street", latitude=54.9, longitude=-1.5, is_listed=False
    )
    make_venue("Near Hall", latitude=54.9, longitude=-1.5)
    make_venue("A Far Hall", latitude=54.7, longitude=-1.3)
    assert titles(ask(resident, "?near=third+STREET")) == ["Near Hall", "A Far Hall"]
    assert "We do not know this place" in ask(resident, "?near=hidden+street")


@pytest.mark.parametrize("typed", ["our+VILLAGE", "sr8", "SR8+4", "deneside"])
def test_near_the_village_itself_a_ward_or_a_postcode_s_beginning(
    resident: Person, postcode: Postcode, typed: str
) -> None:
    Area.objects.create(code="E1", name="Deneside", outline={}, west=-1.33, south=54.75, east=-1.3, north=54.77)
    make_venue("Near Hall")
    page = ask(resident, f"?near={typed}")
    assert titles(page) == ["Near Hall"]
    assert "We do not know this place" not in page


@pytest.mark.parametrize("typed", ["zz1", "SR8 9ZZ", "x" * 61])
def test_a_place_we_do_not_know_is_said_kindly_and_the_list_still_shows(resident: Person, typed: str) -> None:
    make_venue("Lantern Hall")
    page = ask(resident, f"?near={typed}")
    assert titles(page) == ["Lantern Hall"]
    assert 'class="error-summary"' in page
    assert "<title>Error: " in page
    assert f'value="{typed}"' in page


@pytest.mark.parametrize(
    "query",
    [
        "?only=gold",
        "?page=999",
        "?page=x",
        "?near=%00",
        "?maybe=banana",
        "?when=now%00",
        "?what=gold",
        "?when=never",
        "?who=cats",
        "?miles=x",
        "?miles=-1",
        "?page=-1",
        "?page=99999999999999",
    ],
)
def test_a_question_that_makes_no_sense_still_gets_the_list(resident: Person, query: str) -> None:
    make_venue("Lantern Hall")
    assert titles(ask(resident, query)) == ["Lantern Hall"]


def test_nothing_fits_and_the_page_says_what_to_do(resident: Person) -> None:
    make_venue("Anchor Room", wifi="no")
    page = ask(resident, "?only=wifi")
    assert "Nothing fits all of that" in page
    assert 'href="/warm-spaces/"' in page


def test_no_advice_place_known_leads_to_people_who_help(resident: Person) -> None:
    page = ask(resident, "?what=advice")
    assert 'href="/get-help/"' in page.split('id="results"')[1].split('id="map"')[0]
    assert "You can ring us" in page.split('id="results"')[1].split('id="map"')[0]


def test_more_than_fifty_go_on_a_second_page(resident: Person) -> None:
    for number in range(51):
        make_venue(f"Hall {number:02}")
    first = ask(resident, "?when=now")
    second = ask(resident, link_to("next", first))
    assert (len(titles(first)), titles(second)) == (50, ["Hall 50"])
    assert "51 warm spaces" in second
    assert titles(ask(resident, link_to("prev", second))) == titles(first) == titles(ask(resident, "?when=now&page=2"))


def test_the_list_asks_the_database_as_often_for_forty_as_for_twenty(resident: Person, postcode: Postcode) -> None:
    counts = []
    for number in range(40):
        make_venue(f"Hall {number}")
        if number in {19, 39}:
            with CaptureQueriesContext(connection) as queries:
                ask(resident, "?near=SR84LX&when=now")
            counts.append(sum("directory_" in query["sql"] or "geo_" in query["sql"] for query in queries))
    assert counts == [9, 9]


@pytest.mark.parametrize("path", ["/warm-spaces/", "/warm-spaces.geojson"])
def test_nothing_is_changed_by_asking_so_nothing_may_be_sent(resident: Person, path: str) -> None:
    assert resident.post(path).status_code == 405


def test_a_venue_s_own_words_are_never_markup(resident: Person) -> None:
    make_venue("<script>alert(1)</script>", address="<b>here</b>")
    page = ask(resident)
    assert "<script>alert(1)" not in page
    assert "&lt;b&gt;here&lt;/b&gt;" in page


def test_each_kind_of_place_has_its_list_and_its_words(resident: Person) -> None:
    make_venue("Warm Hall")
    make_venue("Pantry", is_warm_space=False, is_food_place=True)
    make_venue("Soup Hall", food="yes")
    make_venue("Desk", is_warm_space=False, is_advice_place=True)
    assert titles(ask(resident)) == ["Soup Hall", "Warm Hall"]
    assert titles(ask(resident, "?what=food")) == ["Pantry", "Soup Hall"]
    assert titles(ask(resident, "?what=advice")) == ["Desk"]
    assert titles(ask(resident, "?what=any")) == ["Desk", "Pantry", "Soup Hall", "Warm Hall"]
    assert "<h1>Advice</h1>" in ask(resident, "?what=advice")
    assert "1 place with advice" in ask(resident, "?what=advice")


def test_open_today_and_this_week_are_asked_of_what_was_worked_out(resident: Person) -> None:
    make_venue("Over", opening_hours="We 08:00-09:00; PH off")
    make_venue("Tonight", opening_hours="We 18:00-20:00; PH off")
    make_venue("Tuesday", opening_hours=SHUT)
    make_venue("In spring", opening_hours="Apr We 10:00-12:00; PH off")
    assert titles(ask(resident, "?when=now")) == []
    assert titles(ask(resident, "?when=today")) == ["Tonight"]
    assert titles(ask(resident, "?when=week")) == ["Tonight", "Tuesday"]
    assert titles(ask(resident)) == ["Tonight", "Tuesday", "Over", "In spring"]


def test_a_closure_takes_a_place_off_the_open_ones_and_is_told_with_its_reason(resident: Person) -> None:
    venue = make_venue("Lantern Hall", opening_hours="We,Th 11:30-13:30; PH off")
    day = date(2026, 11, 25)
    change_hours_on(venue=venue, first_on=day, last_on=day, reason="boiler broken", by=None)
    assert titles(ask(resident, "?when=now")) == []
    assert "Closed today: boiler broken. Opens 11:30am tomorrow" in ask(resident)


def test_a_place_without_hours_that_is_shut_today_is_no_longer_not_known(resident: Person) -> None:
    venue = make_venue("Mystery Hut", opening_hours="")
    assert "1 more place has not told us about this" in ask(resident, "?when=now")
    day = date(2026, 11, 25)
    change_hours_on(venue=venue, first_on=day, last_on=day, reason="flood", by=None)
    assert "not told us" not in ask(resident, "?when=now")
    assert "not told us" in ask(resident, "?when=week")


def test_what_nobody_has_checked_is_marked_and_then_left_out(resident: Person, wednesday_noon: datetime) -> None:
    venues = [make_venue(name) for name in ("Fresh", "Stale", "Old", "Older")]
    for venue, days in zip(venues, (59, 61, 91, 400), strict=True):
        venue.added_at = wednesday_noon - timedelta(days=days)
        venue.save()
    page = ask(resident)
    assert titles(page) == ["Fresh", "Stale"]
    assert "Nobody has checked this since 25 September" in page
    assert "2 more places nobody has checked for three months" in page
    assert '<a href="?unchecked=on">' in page
    page = ask(resident, "?unchecked=on")
    assert titles(page) == ["Fresh", "Old", "Older", "Stale"]
    assert "since 21 October 2025" in page
    venues[3].checked_at = wednesday_noon
    venues[3].save()
    assert titles(ask(resident)) == ["Fresh", "Older", "Stale"]


def test_a_place_that_was_found_to_be_another_is_not_there(resident: Person) -> None:
    make_venue("Again", merged_into=make_venue("Lantern Hall"))
    assert titles(ask(resident)) == ["Lantern Hall"]


def test_near_a_place_the_list_ends_where_there_is_enough_and_leads_further(
    resident: Person, postcode: Postcode
) -> None:
    for number in range(20):
        make_venue(f"Near {number:02}", latitude=54.763 + number / 2000)
    make_venue("Further", latitude=54.763 + 0.06)
    page = ask(resident, "?near=SR84LX")
    assert titles(page) == [f"Near {number:02}" for number in range(20)]
    assert "Within 2 miles of SR8 4LX" in page
    assert "Look further: within 5 miles" in page
    assert titles(ask(resident, "?near=SR84LX&miles=5"))[-1] == "Further"
    assert len(resident.get("/warm-spaces.geojson?near=SR84LX&zoom=22").json()["features"]) == 20


def test_without_a_place_the_order_goes_on_from_page_to_page(resident: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engagement.directory.lists.places.A_PAGE", 2)
    for name, hours in (("B open", OPEN), ("A open", OPEN), ("Tuesday", SHUT), ("Unknown", ""), ("Z open", OPEN)):
        make_venue(name, opening_hours=hours)
    first = ask(resident)
    second = ask(resident, link_to("next", first))
    third = ask(resident, link_to("next", second))
    seen = [titles(page) for page in (first, second, third, ask(resident, link_to("prev", third)))]
    assert seen == [["A open", "B open"], ["Z open", "Tuesday"], ["Unknown"], ["Z open", "Tuesday"]]
    assert link_to("next", third) == ""


def test_whoever_is_nearest_comes_first_on_every_page(
    resident: Person, postcode: Postcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engagement.directory.lists.places.A_PAGE", 1)
    for name, latitude in (("Near", 54.763), ("Further", 54.7625), ("Beside", 54.763)):
        make_venue(name, latitude=latitude)
    first = ask(resident, "?near=SR84LX")
    second = ask(resident, link_to("next", first))
    third = ask(resident, link_to("next", second))
    assert titles(first) + titles(second) + titles(third) == ["Beside", "Near", "Further"]
    assert titles(ask(resident, link_to("prev", third))) == ["Near"]


def test_without_a_place_the_list_begins_around_home(resident: Person, postcode: Postcode) -> None:
    elsewhere: dict[str, Any] = {"longitude": -1.6, "opening_hours": OPEN}
    make_venue("A far", latitude=52.0, **elsewhere)
    make_venue("B nearer", latitude=54.0, **elsewhere)
    make_venue("Nowhere", latitude=None, longitude=None, opening_hours=OPEN)
    make_venue("Z here", opening_hours=OPEN)
    make_venue("Y here but shut", opening_hours=SHUT)
    assert titles(ask(resident)) == ["Z here", "Y here but shut", "B nearer", "A far", "Nowhere"]
    assert "within 10 miles of our village come first" in ask(resident)
    assert titles(ask(resident, "?when=now"))[0] == "Z here"
    assert "come first" not in ask(resident, "?near=SR84LX")


def test_more_than_anybody_counts_is_said_so(resident: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.paging.MOST_COUNTED", 2)
    for number in range(3):
        make_venue(f"Hall {number}")
    assert "More than 2 warm spaces" in ask(resident)


def test_perhaps_open_places_come_after_those_that_open(resident: Person) -> None:
    make_venue("Anchor Room", opening_hours='We 11:00-13:00 unknown "ring first"; PH off')
    make_venue("Lantern Hall", opening_hours=OPEN)
    assert titles(ask(resident, "?when=now")) == ["Lantern Hall"]
    assert titles(ask(resident, "?when=now&maybe=on")) == ["Lantern Hall", "Anchor Room"]
