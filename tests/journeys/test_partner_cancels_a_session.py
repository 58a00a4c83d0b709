"""A partner whose boiler broke says so once, every page tells it, and puts it right when the boiler is mended."""

from datetime import datetime

import pytest

from portal.clock import LONDON
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue, the_schedule


@pytest.mark.django_db
def test_partner_cancels_a_session(partner: Person, resident: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=LONDON)
    monkeypatch.setattr("portal.clock.now", lambda: monday)
    venue = make_venue()
    schedule = the_schedule(make_activity(venue=venue)).pk

    home = partner.get("/staff/").content.decode()
    assert "sessions to run this week" in home
    assert "/staff/directory/sessions/" in home
    week = partner.get("/staff/directory/sessions/").content.decode()
    assert "Not this Wednesday" in week

    said = {"on": "2026-11-25", "reason": "boiler broken"}
    week = partner.post(f"/staff/directory/sessions/{schedule}/cancel/", said, follow=True).content.decode()
    assert "Every page now says that Soup and a chat is not on" in week
    everywhere = ("/whats-on/", "/activities/soup-and-a-chat/", venue.get_absolute_url(), "/warm-spaces/", "/")
    for path in everywhere:
        assert "Not this Wednesday: boiler broken" in resident.get(path).content.decode()

    partner.post(f"/staff/directory/sessions/{schedule}/restore/", said, follow=True)
    for path in everywhere:
        page = resident.get(path).content.decode()
        assert "boiler broken" not in page
    assert "11:30am to 1:30pm" in resident.get("/whats-on/").content.decode()
