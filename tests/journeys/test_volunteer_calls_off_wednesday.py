"""A volunteer calls off Wednesday from a phone; every public place says so, a listener hears by mail, and undo tells again."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail

from engagement.directory.models import SessionChange
from portal.clock import LONDON
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue
from tests.factories.following import link_in
from tests.factories.listening import let_minutes_pass

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=LONDON)
OFF = "Not this Wednesday: boiler broken"


@pytest.mark.django_db
@pytest.mark.usefixtures("as_a_person")
def test_a_volunteer_calls_off_wednesday(
    coordinator: Person, resident: Person, run_worker: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.clock.now", lambda: MONDAY)
    monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY)
    coordinator.force_login(coordinator.user, backend="django.contrib.auth.backends.ModelBackend")
    venue = make_venue()
    activity = make_activity(venue=venue)

    def worker() -> None:
        let_minutes_pass()
        run_worker()

    # Ann asks on the page of the activity to be told, and presses the button behind the link in our mail.
    page = resident.get(activity.get_absolute_url()).content.decode()
    assert f'action="/activities/{activity.slug}/tell-me/"' in page
    form = resident.get(f"/activities/{activity.slug}/tell-me/").context["form"]
    typed = {"address": "ann@example.org", "shown": form.initial["shown"]}
    sent = resident.post(f"/activities/{activity.slug}/tell-me/", typed, follow=True)
    assert "Look in your mail" in sent.content.decode()
    worker()
    yes = link_in(mail.outbox.pop().body, "/tell-me/yes/")
    assert "We will write to you" in resident.post(yes).content.decode()

    # The boiler breaks: the volunteer opens the week, and one press does it.
    week = coordinator.get("/staff/directory/sessions/").content.decode()
    assert "Not this Wednesday" in week
    schedule = activity.schedules.get().pk
    said = {"on": "2026-11-25", "reason": "boiler broken"}
    week = coordinator.post(f"/staff/directory/sessions/{schedule}/cancel/", said, follow=True).content.decode()
    assert "Every page now says that Soup and a chat is not on" in week

    # Every public place says so.
    everywhere = (activity.get_absolute_url(), venue.get_absolute_url(), "/whats-on/", "/warm-spaces/", "/")
    for path in everywhere:
        assert OFF in resident.get(path).content.decode(), path
    calendar = resident.get("/whats-on.ics").content.decode()
    assert calendar.count("STATUS:CANCELLED") == 1
    assert "EventCancelled" in resident.get(activity.get_absolute_url()).content.decode()

    # Ann hears once, with the reason and the next time; nobody's address waits in the queue.
    worker()
    (letter,) = mail.outbox
    assert letter.subject == "Not on Wednesday 25 November: Soup and a chat"
    assert "Boiler broken." in letter.body
    assert "The next one after that is Wednesday 2 December, 11:30am to 1:30pm, Lantern Hall." in letter.body
    worker()
    assert len(mail.outbox) == 1

    # The boiler is mended: one press, and all of it is as usual.
    undo = {"on": "2026-11-25", "change": SessionChange.objects.live().get().pk}
    week = coordinator.post(f"/staff/directory/sessions/{schedule}/restore/", undo, follow=True).content.decode()
    assert "Soup and a chat is on after all" in week
    for path in everywhere:
        assert "boiler broken" not in resident.get(path).content.decode(), path
    assert "STATUS:CANCELLED" not in resident.get("/whats-on.ics").content.decode()
    worker()
    assert mail.outbox[1].subject == "On after all Wednesday 25 November: Soup and a chat"

    # Ann's mail program leaves for her with one click; nothing more is sent.
    leave = mail.outbox[1].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    assert resident.post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200
    coordinator.post(f"/staff/directory/sessions/{schedule}/cancel/", said)
    worker()
    assert len(mail.outbox) == 2
