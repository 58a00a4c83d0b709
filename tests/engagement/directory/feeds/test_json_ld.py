"""Search engines are told what is known, and nothing else."""

import json
import re
from datetime import date, time
from typing import Any

import pytest

from engagement.directory.actions import cancel_session, change_hours_on, move_session
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue, the_schedule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]


def told(person: Person, path: str) -> Any:
    page = person.get(path).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_a_venue_tells_its_hours_its_exceptions_and_what_it_is_known_to_offer(resident: Person) -> None:
    venue = make_venue(opening_hours="Mo-Fr 09:00-17:00; PH off", toilets="no", food="yes", postcode="SR8 4LX")
    day = date(2026, 12, 1)
    change_hours_on(venue=venue, first_on=day, last_on=day, reason="boiler", by=None)
    day = date(2026, 12, 2)
    change_hours_on(venue=venue, first_on=day, last_on=day, opens_at=time(10), closes_at=time(12), reason="", by=None)
    place = told(resident, "/venues/lantern-hall/")
    assert place["@type"] == ["Place", "LocalBusiness"]
    assert place["geo"]["latitude"] == 54.763
    assert place["address"]["postalCode"] == "SR8 4LX"
    assert len(place["openingHoursSpecification"]) == 5
    assert {"opens": "09:00", "closes": "17:00"}.items() <= place["openingHoursSpecification"][0].items()
    special = {one["validFrom"]: (one["opens"], one["closes"]) for one in place["specialOpeningHoursSpecification"]}
    assert special == {"2026-12-01": ("00:00", "00:00"), "2026-12-02": ("10:00", "12:00")}
    assert {one["name"]: one["value"] for one in place["amenityFeature"]} == {
        "Food or a hot drink": True,
        "Toilets": False,
    }
    assert "isAccessibleForFree" not in place


def test_a_venue_whose_hours_nobody_knows_tells_none(resident: Person) -> None:
    make_venue(opening_hours="")
    place = told(resident, "/venues/lantern-hall/")
    assert not [name for name in place if "openingHours" in name.lower()]


def test_a_venue_that_never_closes_is_open_each_day(resident: Person) -> None:
    make_venue(opening_hours="24/7")
    assert len(told(resident, "/venues/lantern-hall/")["openingHoursSpecification"]) == 7


def test_an_activity_tells_each_coming_session_and_what_happened_to_it(resident: Person) -> None:
    schedule = the_schedule(make_activity(free_entry="yes"))
    other = make_venue("Other Hall")
    cancel_session(schedule=schedule, on=date(2026, 12, 2), reason="boiler", by=None)
    move_session(
        schedule=schedule, on=date(2026, 12, 9), to_on=date(2026, 12, 10), starts_at=time(9), ends_at=time(10),
        venue=other, reason="", by=None,
    )  # fmt: skip
    series, *events = told(resident, "/activities/soup-and-a-chat/")
    assert series["@type"] == "EventSeries"
    (rule,) = series["eventSchedule"]
    assert rule["repeatFrequency"] == "P1W"
    assert rule["byDay"] == ["https://schema.org/Wednesday"]
    assert rule["exceptDate"] == ["2026-12-02", "2026-12-09"]
    by_start = {event["startDate"][:10]: event for event in events}
    assert by_start["2026-11-25"]["eventStatus"].endswith("EventScheduled")
    assert by_start["2026-11-25"]["isAccessibleForFree"] is True
    assert by_start["2026-12-02"]["eventStatus"].endswith("EventCancelled")
    moved = by_start["2026-12-10"]
    assert moved["eventStatus"].endswith("EventRescheduled")
    assert moved["previousStartDate"] == "2026-12-09T11:30:00+00:00"
    assert moved["location"]["name"] == "Other Hall"


def test_words_that_would_end_the_script_do_not(resident: Person) -> None:
    make_venue(description="</script><script>alert(1)</script> & <!-- \u2028")
    page = resident.get("/venues/lantern-hall/").content.decode()
    assert "<script>alert" not in page
    assert told(resident, "/venues/lantern-hall/")["description"].startswith("</script><script>alert(1)")
