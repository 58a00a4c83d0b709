"""A keeper's own page: all is right, not this Wednesday, closed on some days, and who may not come in."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from time import time as wall_clock
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.directory.actions import cancel_session, move_session
from engagement.directory.actions.corrections import send_correction
from engagement.directory.actions.keepers import add_keeper, end_keeper
from engagement.directory.actions.proposals import propose
from engagement.directory.keeping.links import OPEN_FOR, keep_path
from engagement.directory.models import Activity, Correction, HoursException, Keeper, SessionChange, Venue
from portal.audit.models import AuditEvent
from portal.emails.links import sign
from tests.conftest import Person
from tests.engagement.directory.keeping.conftest import link_in
from tests.factories.directory import make_activity, make_venue, the_schedule

pytestmark = pytest.mark.django_db
DEEDS = [f"sessions/1/{deed}/" for deed in ("off", "move", "note", "on")]


def post(person: Person, path: str, **data: str) -> str:
    answer = person.post(path, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_somebody_named_gets_a_mail_whose_link_opens_their_page(
    keeper: Keeper, letters: Callable[[], list[str]], resident: Person
) -> None:
    (letter,) = letters()
    assert letter.startswith("kay@hall.example: You can now change what we say about Lantern Hall")
    page = resident.get(link_in(letter))
    assert page.status_code == 200
    assert "Hello Kay" in page.content.decode()


def test_the_address_of_the_page_does_not_leave_the_site(page_of_kay: str, resident: Person) -> None:
    page = resident.get(page_of_kay)
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert 'src="http' not in page.content.decode()


def test_everything_is_still_right(page_of_kay: str, hall: Venue, soup: Activity, resident: Person) -> None:
    assert "Thank you" in post(resident, f"{page_of_kay}right/")
    for entry in (hall, soup):
        entry.refresh_from_db()
        assert entry.is_checked_by_venue
        assert entry.checked_at == datetime.fromisoformat("2026-11-25T12:00+00:00")
        assert "Checked by the venue on 25 November 2026" in resident.get(entry.get_absolute_url()).content.decode()
    assert AuditEvent.objects.newest_first()[0].detail["entries"] == 2


def test_not_this_wednesday_and_undo(page_of_kay: str, soup: Activity, keeper: Keeper, resident: Person) -> None:
    number = the_schedule(soup).pk
    assert "Not today" in resident.get(page_of_kay).content.decode()
    page = post(resident, f"{page_of_kay}sessions/{number}/off/", on="2026-11-25", reason="boiler broken")
    assert "Every page now says that Soup and a chat is not on" in page
    assert "boiler broken" in resident.get("/whats-on/").content.decode()
    assert SessionChange.objects.get().made_by_keeper == keeper
    said = str(SessionChange.objects.get().pk)
    assert "is on after all" in post(resident, f"{page_of_kay}sessions/{number}/on/", change=said)
    assert "boiler broken" not in resident.get("/whats-on/").content.decode()
    assert "nothing to undo" in post(resident, f"{page_of_kay}sessions/{number}/on/", change=said)


@pytest.mark.parametrize(("on", "said"), [("2026-11-26", "does not take place"), ("never", "Nothing was changed")])
def test_a_day_on_which_nothing_is_on(page_of_kay: str, soup: Activity, resident: Person, on: str, said: str) -> None:
    assert said in post(resident, f"{page_of_kay}sessions/{the_schedule(soup).pk}/off/", on=on)
    assert not SessionChange.objects.exists()


def test_another_venues_sessions_and_activities_are_not_theirs(page_of_kay: str, resident: Person) -> None:
    elsewhere = make_activity("Bingo", venue=make_venue("Other Hall"))
    number = the_schedule(elsewhere).pk
    for what in ("off", "move", "note", "on"):
        page = post(resident, f"{page_of_kay}sessions/{number}/{what}/", on="2026-11-25")
        assert "does not take place at your venue" in page
    assert resident.get(f"{page_of_kay}sessions/{number}/on/2026-11-25/").status_code == 404
    assert resident.get(f"{page_of_kay}change/{elsewhere.pk}/").status_code == 404
    assert "Bingo" not in resident.get(page_of_kay).content.decode()
    assert not SessionChange.objects.exists()


def test_closed_on_some_days_and_undo(page_of_kay: str, hall: Venue, keeper: Keeper, resident: Person) -> None:
    said = {"first_on": "2026-12-24", "last_on": "2027-01-02", "reason": "Christmas"}
    post(resident, f"{page_of_kay}closed/", **said)
    page = resident.get(page_of_kay).content.decode()
    assert "Thursday 24 December to Saturday 2 January" in page
    assert "closed (Christmas)" in page
    closed = HoursException.objects.get()
    assert closed.made_by_keeper == keeper
    assert "as usual again" in post(resident, f"{page_of_kay}closed/{closed.pk}/undo/")
    assert resident.post(f"{page_of_kay}closed/{closed.pk}/undo/").status_code == 404


def test_what_takes_place_there_is_off_with_it_and_on_again(
    page_of_kay: str, soup: Activity, keeper: Keeper, resident: Person
) -> None:
    page = post(resident, f"{page_of_kay}closed/", first_on="2026-12-02", reason="flood")
    assert "1 session is off with it: Soup and a chat, Wednesday 2 December. Keep one on? Undo it there." in page
    assert f"sessions/{the_schedule(soup).pk}/on/2026-12-02/" in page
    assert SessionChange.objects.get().made_by_keeper == keeper
    closed = HoursException.objects.get()
    assert "on again." in post(resident, f"{page_of_kay}closed/{closed.pk}/undo/")
    assert SessionChange.objects.get().undone_by_keeper == keeper


def test_one_day_at_other_times(page_of_kay: str, resident: Person) -> None:
    page = post(resident, f"{page_of_kay}closed/", first_on="2026-12-02", opens_at="12:00", closes_at="13:00")
    assert "open 12 noon to 1pm" in page
    assert HoursException.objects.get().opens_at == time(12)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({}, "Give the first day"),
        ({"first_on": "2026-11-01"}, "These days are over"),
        ({"first_on": "2026-12-02", "last_on": "2026-12-01"}, "The last day comes before the first"),
        ({"first_on": "2026-12-02", "opens_at": "12:00"}, "Give both times"),
        ({"first_on": "2026-12-02", "last_on": "2028-12-02"}, "longer than three months"),
        ({"first_on": "30 February"}, "Give the first day"),
    ],
)
def test_days_that_make_no_sense(page_of_kay: str, resident: Person, said: dict[str, str], refusal: str) -> None:
    assert refusal in post(resident, f"{page_of_kay}closed/", **said)
    assert not HoursException.objects.exists()


def test_another_venues_closed_days_are_not_theirs(page_of_kay: str, coordinator: Person, resident: Person) -> None:
    other = make_venue("Other Hall")
    theirs = add_keeper(venue=other, email="olly@other.example", by=coordinator.user)
    post(resident, f"{keep_path(theirs)}closed/", first_on="2026-12-02")
    closed = HoursException.objects.get()
    assert resident.post(f"{page_of_kay}closed/{closed.pk}/undo/").status_code == 404


def test_a_keeper_sees_what_residents_say_and_sees_to_it(
    page_of_kay: str, soup: Activity, keeper: Keeper, resident: Person
) -> None:
    correction = send_correction(entry=soup, words="It starts at 12 now")
    assert "It starts at 12 now" in resident.get(page_of_kay).content.decode()
    assert "Thank you" in post(resident, f"{page_of_kay}told/{correction.pk}/", outcome="Asked you to change it")
    correction.refresh_from_db()
    assert (correction.settled_by_keeper, correction.outcome) == (keeper, "Asked you to change it")
    assert "It starts at 12 now" not in resident.get(page_of_kay).content.decode()
    assert "Somebody has seen to it already" in post(resident, f"{page_of_kay}told/{correction.pk}/")


def test_what_is_said_of_another_venue_is_not_theirs(page_of_kay: str, resident: Person) -> None:
    correction = send_correction(entry=make_venue("Other Hall"), words="Closed for good")
    assert "Closed for good" not in resident.get(page_of_kay).content.decode()
    assert resident.post(f"{page_of_kay}told/{correction.pk}/").status_code == 404
    assert Correction.objects.open().exists()


def paths(page: str) -> list[str]:
    return [
        page,
        *(f"{page}{more}" for more in ("right/", *DEEDS, "closed/", "closed/1/undo/", "change/", "told/1/", "join/")),
    ]


def refused(person: Person, page: str) -> bool:
    """Whether every address of a page answers that the link does not work, and nothing is checked."""
    reads = [person.get(path).status_code for path in (page, f"{page}closed/", f"{page}change/")]
    writes = [person.post(path).status_code for path in paths(page)[1:]]
    return set(reads + writes) == {404} and not Venue.objects.filter(is_checked_by_venue=True).exists()


def test_a_link_dies_when_its_keeper_is_ended(
    page_of_kay: str, keeper: Keeper, coordinator: Person, resident: Person
) -> None:
    end_keeper(keeper=keeper, by=coordinator.user)
    assert refused(resident, page_of_kay)
    assert "Send me a new link" in resident.get(page_of_kay).content.decode()


def test_a_link_is_too_old_after_sixty_days(
    page_of_kay: str, resident: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = wall_clock() + (OPEN_FOR + timedelta(minutes=1)).total_seconds()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert refused(resident, page_of_kay)


@pytest.mark.parametrize(
    "key",
    ["forged", "MQ:1abc:def", sign("directory.check", 1), sign("comments.yours", 1), sign("directory.keep", "x")],
    ids=["forged", "halves", "of another purpose", "of another room", "of nobody"],
)
def test_a_forged_link_or_one_made_for_something_else_opens_nothing(keeper: Keeper, resident: Person, key: str) -> None:
    assert refused(resident, f"/keeping/{key}/")


@pytest.mark.parametrize("what", ["right/", *DEEDS, "closed/1/undo/", "told/1/", "join/"])
def test_nothing_is_changed_by_opening_a_link(page_of_kay: str, resident: Person, what: str) -> None:
    assert resident.get(f"{page_of_kay}{what}").status_code == 405
    assert not SessionChange.objects.exists()


def test_a_forged_request_is_refused(page_of_kay: str) -> None:
    careful = Person(enforce_csrf_checks=True)
    assert careful.post(f"{page_of_kay}right/").status_code == 403


def test_another_time_or_place_and_a_note(page_of_kay: str, soup: Activity, keeper: Keeper, resident: Person) -> None:
    number, corner = the_schedule(soup).pk, make_venue("Kettle Corner")
    its = f"{page_of_kay}sessions/{number}/"
    assert f'{its}on/2026-12-02/"' in resident.get(page_of_kay).content.decode()
    assert "Another time or place, this once" in resident.get(f"{its}on/2026-12-02/").content.decode()
    assert resident.get(f"{its}on/2026-12-03/").status_code == 404
    to = {"to_on": "2026-12-03", "starts_at": "14:00", "reason": "boiler broken"}
    page = post(resident, f"{its}move/", on="2026-12-02", venue=str(corner.pk), **to)
    assert "when and where Soup and a chat is, this once" in page
    assert "At Kettle Corner, moved from Wednesday 2 December: boiler broken" in page
    moved = SessionChange.objects.get()
    assert (moved.made_by_keeper, moved.moved_venue) == (keeper, corner)
    assert "as usual" in post(resident, f"{its}on/", change=str(moved.pk))
    assert "Your note stands beside" in post(resident, f"{its}note/", on="2026-12-02", reason="in the small room")
    assert "in the small room" in resident.get(soup.get_absolute_url()).content.decode()


def test_what_cannot_be_said_of_a_session_comes_back_with_its_words(
    page_of_kay: str, soup: Activity, resident: Person
) -> None:
    its = f"{page_of_kay}sessions/{the_schedule(soup).pk}/"
    past = {"to_on": "2026-11-24", "starts_at": "14:00", "reason": "boiler broken"}
    page = post(resident, f"{its}move/", on="2026-12-02", **past)
    assert "Error: " in page
    assert "This is in the past" in page
    assert 'value="boiler broken"' in page
    assert "Write what people should know" in post(resident, f"{its}note/", on="2026-12-02", reason="")
    assert "Use at most 160 letters" in post(resident, f"{its}off/", on="2026-12-02", reason="x" * 161)
    assert not SessionChange.objects.exists()


def test_undo_leaves_what_somebody_else_said_since(
    page_of_kay: str, soup: Activity, resident: Person, coordinator: Person
) -> None:
    schedule = the_schedule(soup)
    its = f"{page_of_kay}sessions/{schedule.pk}/"
    post(resident, f"{its}off/", on="2026-11-25", reason="boiler broken")
    read = SessionChange.objects.get().pk
    assert f'name="change" value="{read}"' in resident.get(page_of_kay).content.decode()
    cancel_session(schedule=schedule, on=SessionChange.objects.get().session_on, reason="flood", by=coordinator.user)
    assert "Somebody has said something else" in post(resident, f"{its}on/", change=str(read))
    assert SessionChange.objects.live().get().reason == "flood"


def test_what_came_from_elsewhere_is_off_too_and_not_theirs_to_undo(
    page_of_kay: str, soup: Activity, keeper: Keeper, resident: Person
) -> None:
    quilts = the_schedule(make_activity("Quilts", venue=make_venue("Kettle Corner")))
    to: dict[str, Any] = {"to_on": date(2026, 12, 3), "starts_at": time(14), "ends_at": None}
    move_session(schedule=quilts, on=date(2026, 12, 2), venue=keeper.venue, reason="", by=None, **to)
    page = post(resident, f"{page_of_kay}closed/", first_on="2026-12-02", last_on="2026-12-09", reason="flood")
    assert "3 sessions are off with it" in page
    assert "<li>Quilts, Wednesday 2 December</li>" in page
    off = SessionChange.objects.live()
    assert {(one.kind, one.reason, one.made_by_keeper) for one in off} == {("cancelled", "flood", keeper)}


def test_a_day_without_sessions_or_with_other_hours_says_nothing_of_them(page_of_kay: str, resident: Person) -> None:
    for said in ({"first_on": "2026-12-03"}, {"first_on": "2026-12-02", "opens_at": "10:00", "closes_at": "12:00"}):
        assert "off with it" not in post(resident, f"{page_of_kay}closed/", **said)


def test_their_page_asks_as_often_for_ten_activities_as_for_two(
    page_of_kay: str, hall: Venue, soup: Activity, keeper: Keeper, resident: Person
) -> None:
    counts = []
    propose(entry=soup, wishes={"times": "Never"}, keeper=keeper)
    for number in range(9):
        activity = make_activity(f"Group {number}", venue=hall)
        propose(entry=activity, wishes={"times": "Every other Friday", "cost": "£2"}, keeper=keeper)
        if number in {0, 8}:
            resident.get(page_of_kay)
            with CaptureQueriesContext(connection) as queries:
                assert "Every other Friday" in resident.get(page_of_kay).content.decode()
            counts.append(len(queries))
    assert counts[0] == counts[1]
