"""A cold resident finds a warm space that is open now and near, and learns what the first visit is like."""

from datetime import datetime

import pytest

from portal.clock import LONDON
from portal.geo.models import Postcode
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue


@pytest.mark.django_db
def test_resident_finds_a_warm_space(resident: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime(2026, 11, 25, 12, 0, tzinfo=LONDON)
    monkeypatch.setattr("portal.clock.now", lambda: noon)
    Postcode.objects.create(code="SR8 4LX", latitude=54.763, longitude=-1.315)
    near = make_venue("Lantern Hall", latitude=54.764, longitude=-1.316, free_entry="yes", phone="01632 960000")
    make_venue("Kettle Corner", latitude=54.80, longitude=-1.40, free_entry="yes")
    make_venue(
        "Anchor Room", latitude=54.763, longitude=-1.315, free_entry="yes", opening_hours="Tu 10:00-12:00; PH off"
    )
    make_activity(venue=near, what_to_expect="Somebody says hello at the door.")

    mistyped = resident.get("/warm-spaces/", {"near": "SR8 9L", "when": "now", "only": ["free"]}).content.decode()
    assert "Enter a postcode like SR8 4LX" in mistyped
    assert "2 warm spaces" in mistyped

    page = resident.get("/warm-spaces/", {"near": "sr8 4lx", "when": "now", "only": ["free"]}).content.decode()
    assert page.index("Lantern Hall") < page.index("Kettle Corner")
    assert "2 minutes’ walk, 0.1 miles" in page
    assert "Anchor Room" not in page

    venue = resident.get("/venues/lantern-hall/").content.decode()
    assert "Open until 1:30pm" in venue
    assert "tel:01632960000" in venue
    assert "Wifi</th><td>Not known" in venue

    activity = resident.get("/activities/soup-and-a-chat/").content.decode()
    assert "Today, Wednesday 25 November, 11:30am to 1:30pm" in activity
    assert "Somebody says hello at the door." in activity
