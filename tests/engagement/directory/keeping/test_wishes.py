"""A keeper writes what should stand there, field by field; the coordinator takes it or not, and the keeper hears."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.directory.actions import add_or_update_venue, change_activity
from engagement.directory.actions.keepers import end_keeper
from engagement.directory.actions.proposals import leave, propose, take, take_reading
from engagement.directory.features import Known
from engagement.directory.keeping.wishes import fingerprint, value_now
from engagement.directory.models import Activity, Keeper, ProposedChange, Venue
from portal.audit.models import AuditEvent
from portal.refusals import Refused
from tests.conftest import Person
from tests.factories.directory import the_schedule

pytestmark = pytest.mark.django_db
CHANGES = "/staff/directory/changes/"


def send(person: Person, path: str, **otherwise: str) -> str:
    """Open the form, change some fields, and send all of it as a browser does."""
    form: Any = person.get(path).context["form"]
    data: dict[str, str] = {}
    for bound in form:
        data[bound.html_initial_name] = data[bound.html_name] = str(bound.value() or "")
    return person.post(path, data | otherwise, follow=True).content.decode()


def waiting() -> dict[str, Any]:
    return {wish.field: wish.wanted for wish in ProposedChange.objects.waiting()}


def test_only_what_was_changed_waits_and_nothing_changes_yet(page_of_kay: str, hall: Venue, resident: Person) -> None:
    page = send(resident, f"{page_of_kay}change/", phone="01632 960999", step_free="yes")
    assert "Our team looks at it" in page
    assert "Waits for our team" in page
    assert waiting() == {"phone": "01632 960999", "step_free": "yes"}
    hall.refresh_from_db()
    assert (hall.phone, hall.step_free) == ("01632 960000", Known.NOT_KNOWN)


def test_what_was_put_right_meanwhile_is_no_wish(page_of_kay: str, hall: Venue, resident: Person) -> None:
    form: Any = resident.get(f"{page_of_kay}change/").context["form"]
    data = {name: str(b.value() or "") for b in form for name in (b.html_name, b.html_initial_name)}
    add_or_update_venue(venue=hall, by=None, phone="01632 960111")
    resident.post(f"{page_of_kay}change/", data | {"name": "Lantern House"})
    assert waiting() == {"name": "Lantern House"}


def test_a_newer_wish_takes_the_place_of_one_that_waits_and_the_old_words_take_it_back(
    page_of_kay: str, resident: Person
) -> None:
    path = f"{page_of_kay}change/"
    send(resident, path, phone="01632 960999")
    send(resident, path, phone="01632 960888")
    assert waiting() == {"phone": "01632 960888"}
    assert "Nothing new waits" in send(resident, path, phone="01632 960000")
    assert waiting() == {}
    assert {wish.decision for wish in ProposedChange.objects.all()} == {"replaced"}


def test_an_activity_too_with_its_times_in_words(page_of_kay: str, soup: Activity, resident: Person) -> None:
    send(resident, f"{page_of_kay}change/{soup.pk}/", cost="£2", times="Every Thursday, 12 to 1")
    assert waiting() == {"cost": "£2", "times": "Every Thursday, 12 to 1"}
    assert ProposedChange.objects.get(field="times").was == "Every Wednesday, 11:30am to 1:30pm"


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("name", "", "Give it a name"),
        ("postcode", "nowhere", "Enter a postcode like SR8 4LX"),
        ("email", "me", "Enter an e-mail address"),
        ("website", "javascript:alert(1)", "Enter a whole address"),
        ("phone", "0" * 31, "at most 30"),
        ("phone", "abc", "Enter a phone number like 01632 960000"),
        ("phone", "12 ext", "Enter a phone number like 01632 960000"),
        ("step_free", "perhaps", "perhaps"),
    ],
)
def test_what_cannot_be_kept_is_refused(page_of_kay: str, resident: Person, field: str, wrong: str, said: str) -> None:
    assert said in send(resident, f"{page_of_kay}change/", **{field: wrong})
    assert waiting() == {}


def test_fields_that_are_not_for_keepers_cannot_be_wished_for(hall: Venue, keeper: Keeper) -> None:
    assert propose(entry=hall, wishes={"is_listed": False, "slug": "x", "opening_hours": "24/7"}, keeper=keeper) == []
    assert waiting() == {}


@pytest.fixture
def wish(hall: Venue, keeper: Keeper) -> ProposedChange:
    (made,) = propose(entry=hall, wishes={"phone": "01632 960999"}, keeper=keeper)
    return made


def test_the_coordinator_sees_both_takes_it_and_the_keeper_hears(
    wish: ProposedChange, hall: Venue, coordinator: Person, letters: Callable[[], list[str]]
) -> None:
    letters()
    assert "Lantern Hall" in coordinator.get(CHANGES).content.decode()
    path = f"{CHANGES}venue/{hall.pk}/"
    page = coordinator.get(path).content.decode()
    assert "<del>960000</del>" in page
    assert "<ins><strong>960999</strong></ins>" in page
    seen = fingerprint("01632 960000")
    answer = coordinator.post(f"{CHANGES}{wish.pk}/decide/", {"answer": "take", "seen": seen}, follow=True)
    assert "The entry says so now" in answer.content.decode()
    hall.refresh_from_db()
    assert hall.phone == "01632 960999"
    assert [event.action for event in AuditEvent.objects.newest_first()[:2]] == [
        "directory.taken",
        "directory.change_venue",
    ]


def test_one_mail_tells_all_that_was_decided_once(
    hall: Venue, keeper: Keeper, coordinator: Person, letters: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engagement.directory.actions.proposals.TOLD_AFTER", timedelta(days=-10))
    letters()
    phone, name = propose(entry=hall, wishes={"phone": "01632 960999", "name": "The Hall"}, keeper=keeper)
    take(change=phone, seen=fingerprint("01632 960000"), by=coordinator.user)
    leave(change=name, reason="Everybody knows it by the old name", by=coordinator.user)
    (letter,) = letters()
    assert "what became of your changes" in letter
    assert '"01632 960999"' in letter
    assert "Why: Everybody knows it by the old name" in letter
    assert letters() == []


def test_a_wish_is_not_taken_over_what_was_changed_meanwhile(
    wish: ProposedChange, hall: Venue, coordinator: Person
) -> None:
    seen = fingerprint(hall.phone)
    add_or_update_venue(venue=hall, by=coordinator.user, phone="01632 960111")
    path = f"{CHANGES}{wish.pk}/decide/"
    page = coordinator.post(path, {"answer": "take", "seen": seen}, follow=True).content.decode()
    assert "Look at both again" in page
    assert "Then it said “01632 960000”" in page
    assert "Take it over what it says now" in page
    coordinator.post(f"{CHANGES}venue/{hall.pk}/take-all/", {f"seen-{wish.pk}": fingerprint("01632 960111")})
    assert waiting() == {"phone": "01632 960999"}
    coordinator.post(path, {"answer": "take", "seen": fingerprint("01632 960111")})
    hall.refresh_from_db()
    assert hall.phone == "01632 960999"


def test_not_taking_needs_a_reason_and_is_decided_once(wish: ProposedChange, hall: Venue, coordinator: Person) -> None:
    path = f"{CHANGES}{wish.pk}/decide/"
    assert "Say why not" in coordinator.post(path, {"answer": "leave", "seen": "x"}, follow=True).content.decode()
    coordinator.post(path, {"answer": "leave", "seen": "x", "reason": "That is a fax"})
    again = coordinator.post(path, {"answer": "take", "seen": fingerprint(hall.phone)}, follow=True)
    assert "Somebody has decided this already" in again.content.decode()
    hall.refresh_from_db()
    assert hall.phone == "01632 960000"
    assert "That is a fax" in coordinator.get(CHANGES).content.decode()


def test_all_that_can_go_in_as_it_is_is_taken_at_once(hall: Venue, keeper: Keeper, coordinator: Person) -> None:
    wishes = propose(entry=hall, wishes={"phone": "1", "wifi": "yes", "hours_text": "Mondays 10 to 12"}, keeper=keeper)
    seen = {f"seen-{one.pk}": fingerprint(one.was) for one in wishes}
    page = coordinator.post(f"{CHANGES}venue/{hall.pk}/take-all/", seen, follow=True).content.decode()
    assert "2 taken" in page
    assert waiting() == {"hours_text": "Mondays 10 to 12"}
    assert "We read it as: Mondays 10am to 12 noon" in page


def test_hours_that_we_can_read_are_taken_with_one_press(hall: Venue, keeper: Keeper, coordinator: Person) -> None:
    (one,) = propose(entry=hall, wishes={"hours_text": "Mondays 10 to 12"}, keeper=keeper)
    page = coordinator.get(f"{CHANGES}venue/{hall.pk}/").content.decode()
    assert "Take our reading" in page
    assert "We read it as: Mondays 10am to 12 noon" in page
    said = {"answer": "read", "seen": fingerprint(hall.hours_text)}
    page = coordinator.post(f"{CHANGES}{one.pk}/decide/", said, follow=True).content.decode()
    assert "The entry says so now" in page
    hall.refresh_from_db()
    assert hall.hours_text == "Mondays 10 to 12"
    assert hall.hours_in_words.startswith("Mondays 10am to 12 noon")
    assert waiting() == {}


def test_what_we_cannot_read_is_no_reading_to_take(
    hall: Venue, soup: Activity, keeper: Keeper, coordinator: Person
) -> None:
    made = propose(entry=hall, wishes={"hours_text": "When the kettle is on", "phone": "999"}, keeper=keeper)
    made += propose(entry=soup, wishes={"times": "Mondays 10 to 12"}, keeper=keeper)
    assert "Take our reading" not in coordinator.get(f"{CHANGES}venue/{hall.pk}/").content.decode()
    for one in made:
        with pytest.raises(Refused, match="cannot read"):
            take_reading(change=one, seen=fingerprint(one.was), by=coordinator.user)
    assert len(waiting()) == 3


def test_hours_are_not_in_the_form_until_somebody_put_them_in(hall: Venue, keeper: Keeper, coordinator: Person) -> None:
    (one,) = propose(entry=hall, wishes={"hours_text": "Mondays 10 to 12"}, keeper=keeper)
    add_or_update_venue(venue=hall, by=coordinator.user, phone="999")
    said = {"answer": "take", "seen": fingerprint(hall.hours_text)}
    page = coordinator.post(f"{CHANGES}{one.pk}/decide/", said, follow=True).content.decode()
    assert "The form has not changed since they wrote" in page
    assert waiting() == {"hours_text": "Mondays 10 to 12"}
    add_or_update_venue(venue=hall, by=coordinator.user, opening_hours="Mo 10:00-12:00")
    take(change=one, seen=fingerprint(hall.hours_text), by=coordinator.user)
    assert waiting() == {}


def test_times_are_not_in_the_form_until_somebody_put_them_in(
    soup: Activity, keeper: Keeper, coordinator: Person
) -> None:
    (one,) = propose(entry=soup, wishes={"times": "Every Wednesday, 12 to 2"}, keeper=keeper)
    with pytest.raises(Refused, match="has not changed"):
        take(change=one, seen=fingerprint(one.was), by=coordinator.user)
    schedule = the_schedule(soup)
    kept = ("venue", "recurrence", "starts_on", "ends_at", "season", "skips_bank_holidays")
    row = {"pk": schedule.pk, **{name: getattr(schedule, name) for name in kept}, "starts_at": time(12)}
    change_activity(activity=soup, schedules=[row], by=coordinator.user)
    take(change=one, seen=fingerprint(value_now(soup, "times")), by=coordinator.user)
    assert waiting() == {}


def test_a_wish_for_an_activity_is_taken(soup: Activity, keeper: Keeper, coordinator: Person) -> None:
    (one,) = propose(entry=soup, wishes={"cost": "£2"}, keeper=keeper)
    assert "Soup and a chat" in coordinator.get(CHANGES).content.decode()
    take(change=one, seen=fingerprint("Free"), by=coordinator.user)
    soup.refresh_from_db()
    assert soup.cost == "£2"


def test_what_the_table_refuses_by_now_is_said_and_waits(hall: Venue, keeper: Keeper, coordinator: Person) -> None:
    (one,) = propose(entry=hall, wishes={"postcode": "XX"}, keeper=keeper)
    path = f"{CHANGES}{one.pk}/decide/"
    page = coordinator.post(path, {"answer": "take", "seen": fingerprint("SR8 4LX")}, follow=True).content.decode()
    assert "Nothing was changed. Enter a postcode" in page
    assert waiting() == {"postcode": "XX"}


def test_an_ended_keeper_is_not_written_to(
    wish: ProposedChange, keeper: Keeper, coordinator: Person, letters: Callable[[], list[str]], monkeypatch: Any
) -> None:
    monkeypatch.setattr("engagement.directory.actions.proposals.TOLD_AFTER", timedelta(days=-10))
    letters()
    end_keeper(keeper=keeper, by=coordinator.user)
    leave(change=wish, reason="No", by=coordinator.user)
    assert letters() == []
    with pytest.raises(Refused):
        take(change=wish, seen="x", by=coordinator.user)


def test_the_list_costs_the_same_whatever_waits(
    hall: Venue, soup: Activity, keeper: Keeper, coordinator: Person
) -> None:
    propose(entry=hall, wishes={"phone": "1"}, keeper=keeper)
    coordinator.get(CHANGES)
    with CaptureQueriesContext(connection) as few:
        coordinator.get(CHANGES)
    propose(entry=soup, wishes={"cost": "1", "who_for": "all"}, keeper=keeper)
    with CaptureQueriesContext(connection) as more:
        coordinator.get(CHANGES)
    assert len(more) == len(few)
