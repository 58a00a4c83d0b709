"""A partner whose boiler broke says so once at their own place, every page tells it, and no other place is theirs to change."""

from datetime import datetime

import pytest

from engagement.directory.actions.keepers import add_keeper, join_account
from engagement.directory.models import SessionChange
from portal.clock import LONDON
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue, the_schedule


@pytest.mark.django_db
def test_partner_cancels_a_session(
    partner: Person, coordinator: Person, resident: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=LONDON)
    monkeypatch.setattr("portal.clock.now", lambda: monday)
    venue = make_venue()
    schedule = the_schedule(make_activity(venue=venue)).pk
    elsewhere = the_schedule(make_activity("Tea", venue=make_venue("Corner Hall"))).pk
    keeper = add_keeper(venue=venue, email=partner.user.email, by=coordinator.user)
    join_account(keeper=keeper, by=partner.user)

    # Signed in, they are led to what they keep; the sessions of the whole village are not theirs.
    home = partner.get("/staff/").content.decode()
    assert "places that you keep" in home
    assert 'href="/keeping/"' in home
    assert "/staff/directory/sessions/" not in home
    said = {"on": "2026-11-25", "reason": "boiler broken"}
    assert partner.get("/staff/directory/sessions/").status_code == 403
    assert partner.post(f"/staff/directory/sessions/{elsewhere}/cancel/", said).status_code == 403
    places = partner.get("/keeping/").content.decode()
    own = f"/keeping/{keeper.pk}/"
    assert f'href="{own}"' in places
    assert "Not this Wednesday" in partner.get(own).content.decode()

    partner.post(f"{own}sessions/{elsewhere}/off/", said)
    assert not SessionChange.objects.exists()
    page = partner.post(f"{own}sessions/{schedule}/off/", said, follow=True).content.decode()
    assert "Every page now says that Soup and a chat is not on" in page
    everywhere = ("/whats-on/", "/activities/soup-and-a-chat/", venue.get_absolute_url(), "/warm-spaces/", "/")
    for path in everywhere:
        assert "Not this Wednesday: boiler broken" in resident.get(path).content.decode()

    undo = {**said, "change": str(SessionChange.objects.get().pk)}
    partner.post(f"{own}sessions/{schedule}/on/", undo, follow=True)
    for path in everywhere:
        assert "boiler broken" not in resident.get(path).content.decode()
    assert "11:30am to 1:30pm" in resident.get("/whats-on/").content.decode()
