"""A volunteer at a hall calls one Wednesday off from the bus, wishes for another number, and hears what became of it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from portal.clock import LONDON
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue, the_schedule

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=LONDON)


@pytest.mark.django_db
def test_keeper_puts_a_place_right(
    coordinator: Person, resident: Person, run_worker: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.clock.now", lambda: MONDAY)
    monkeypatch.setattr("engagement.directory.actions.proposals.TOLD_AFTER", timedelta(days=-10))
    hall = make_venue(phone="01632 960000")
    soup = make_activity(venue=hall)

    coordinator.post(f"/staff/directory/keepers/{hall.pk}/", {"name": "Kay", "email": "kay@hall.example"})
    run_worker()
    found = re.search(r"/keeping/\S+", str(mail.outbox[0].body))
    assert found
    page = found[0]
    kay = Person()
    assert "Not this Wednesday" in kay.get(page).content.decode()

    off = f"{page}sessions/{the_schedule(soup).pk}/off/"
    kay.post(off, {"on": "2026-11-25", "reason": "boiler broken"})
    for path in ("/whats-on/", soup.get_absolute_url(), hall.get_absolute_url()):
        assert "Not this Wednesday: boiler broken" in resident.get(path).content.decode()

    form: Any = kay.get(f"{page}change/").context["form"]
    said = {name: str(bound.value() or "") for bound in form for name in (bound.html_name, bound.html_initial_name)}
    answer = kay.post(f"{page}change/", said | {"phone": "01632 960999"}, follow=True)
    assert "Waits for our team" in answer.content.decode()
    assert "01632 960999" not in resident.get(hall.get_absolute_url()).content.decode()

    entry = coordinator.get("/staff/directory/changes/").content.decode()
    assert "Lantern Hall" in entry
    row = coordinator.get(f"/staff/directory/changes/venue/{hall.pk}/").context["rows"][0]
    coordinator.post(f"/staff/directory/changes/{row.wish.pk}/decide/", {"answer": "take", "seen": row.seen})
    assert "01632 960999" in resident.get(hall.get_absolute_url()).content.decode()

    mail.outbox.clear()
    run_worker()
    letter = next(one for one in mail.outbox if "what became" in one.subject)
    assert letter.to == ["kay@hall.example"]
    assert "01632 960999" in letter.body

    kay.post(f"{page}right/")
    assert "Checked by the venue on 23 November 2026" in resident.get(hall.get_absolute_url()).content.decode()
