"""A reader's own page, by the link in their mail."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from newsletter.links import leave_path, preferences_path
from newsletter.models import Subscriber, Topic
from newsletter.workflow import SubscriberState, end_of_winter
from portal import clock
from portal.audit.models import AuditEvent
from portal.emails.models import Suppression
from portal.emails.suppression import suppress
from tests.conftest import Person
from tests.factories.newsletter import a_reader, a_weekly_mail, an_area

pytestmark = pytest.mark.django_db
LETTER: dict[str, Any] = {"name": "Ann Lee", "postal_address": "1 Third Street\nHorden SR8 4LX"}


@pytest.fixture
def reader() -> Subscriber:
    return a_reader()


def press(person: Person, reader: Subscriber, do: str, **fields: object) -> str:
    page = person.post(preferences_path(reader.pk), {"do": do, **fields}).content.decode()
    reader.refresh_from_db()
    return page


def nothing_changed(reader: Subscriber) -> bool:
    reader.refresh_from_db()
    return reader.state == SubscriberState.ACTIVE and reader.wants_issues and AuditEvent.objects.count() == 0


def test_opening_the_page_changes_nothing(reader: Subscriber, resident: Person) -> None:
    page = resident.get(preferences_path(reader.pk)).content.decode()
    resident.head(preferences_path(reader.pk))
    assert nothing_changed(reader)
    assert "each new issue" in page
    assert reader.email not in page


def test_without_a_weekly_mail_none_is_offered_and_a_wish_for_one_stays(reader: Subscriber, resident: Person) -> None:
    Subscriber.objects.update(frequency="weekly")
    page = press(resident, reader, "choose", frequency="each_issue")
    assert 'name="frequency"' not in page
    assert "each new issue" in page
    assert reader.frequency == "weekly"


def test_what_was_done_stands_in_the_title_and_is_read_out(reader: Subscriber, resident: Person) -> None:
    page = press(resident, reader, "pause", pause="back")
    assert "<title>We will send nothing until you come back. - " in page
    assert 'role="status" tabindex="-1"' in page
    assert "<title>Nothing was changed" in press(resident, reader, "nonsense")


def test_where_mail_is_stopped_the_page_says_so_and_offers_no_way_back(reader: Subscriber, resident: Person) -> None:
    suppress(address=reader.email, reason=Suppression.Reason.COMPLAINED)
    assert "Mail to you is stopped. Ring us." in resident.get(preferences_path(reader.pk)).content.decode()
    assert "Have it sent again" not in press(resident, reader, "leave")
    assert "We cannot write to this address. Ring us." in press(resident, reader, "come_back")
    assert reader.state == SubscriberState.LEFT


def test_choosing_topics_place_and_how_often(reader: Subscriber, resident: Person) -> None:
    a_weekly_mail()
    Topic.objects.create(name="Food", slug="food")
    area = an_area()
    page = press(resident, reader, "choose", topics="food", place=area.code, frequency="weekly")
    assert "Saved" in page
    assert (reader.frequency, reader.place) == ("weekly", area)
    again = resident.get(preferences_path(reader.pk)).content.decode()
    assert "one mail a week" in again
    assert "Food" in again
    assert AuditEvent.objects.get().detail == {"changed": ["topics", "place", "frequency"]}
    press(resident, reader, "choose", topics="food", place=area.code, frequency="weekly")
    assert AuditEvent.objects.count() == 1
    press(resident, reader, "choose", place="everywhere", frequency="each_issue")
    assert (reader.topics.count(), reader.place) == (0, None)


def test_a_pause_for_the_winter(reader: Subscriber, resident: Person) -> None:
    march = end_of_winter(clock.now().date())
    assert f"nothing until 1 March {march.year}" in press(resident, reader, "pause", pause="winter", day="rubbish")
    assert (reader.wants_issues, reader.paused_until) == (False, march)
    assert "Start again now" in resident.get(preferences_path(reader.pk)).content.decode()
    assert "You will get the newspaper again" in press(resident, reader, "start")
    assert (reader.wants_issues, reader.paused_until) == (True, None)


def test_a_pause_until_one_comes_back_and_until_a_day(reader: Subscriber, resident: Person) -> None:
    assert "nothing until you come back" in press(resident, reader, "pause", pause="back")
    day = clock.now().date() + timedelta(days=10)
    press(resident, reader, "pause", pause="day", day=day.isoformat())
    assert reader.paused_until == day


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose until when"),
        ({"pause": "for ever"}, "Choose one of the three"),
        ({"pause": "day"}, "Enter the day on which it starts again"),
        ({"pause": "day", "day": "31/2/2027"}, "Enter a day like"),
        ({"pause": "day", "day": "2020-01-01"}, "Choose a day after today"),
        ({"pause": "day", "day": "9999-12-31"}, "Choose a day after today"),
    ],
    ids=["nothing", "unknown", "no day", "no such day", "past", "far off"],
)
def test_a_pause_needs_an_end_in_reach(
    fields: dict[str, str], words: str, reader: Subscriber, resident: Person
) -> None:
    page = press(resident, reader, "pause", **fields)
    assert words in page
    assert "<title>Error: " in page
    assert nothing_changed(reader)


def test_paper_instead_waits_for_staff_and_can_be_taken_back(reader: Subscriber, resident: Person) -> None:
    assert "We look at each address" in press(resident, reader, "post", **LETTER)
    assert (reader.channel, reader.waits_for_post) == ("email", True)
    assert "until we have looked" in resident.get(preferences_path(reader.pk)).content.decode()
    assert "deleted your postal address" in press(resident, reader, "email")
    assert (reader.name, reader.postal_address, reader.waits_for_post) == ("", "", False)


@pytest.mark.parametrize("field", sorted(LETTER))
def test_paper_needs_a_name_and_an_address(field: str, reader: Subscriber, resident: Person) -> None:
    page = press(resident, reader, "post", **{**LETTER, field: ""})
    assert '<details class="folded" open>' in page
    assert nothing_changed(reader)


def test_leaving_and_undoing_it(reader: Subscriber, resident: Person) -> None:
    assert "You are off the list" in press(resident, reader, "leave")
    assert reader.state == SubscriberState.LEFT
    assert "Have it sent again" in resident.get(preferences_path(reader.pk)).content.decode()
    assert "You will get the newspaper again" in press(resident, reader, "come_back")
    assert reader.state == SubscriberState.ACTIVE


def test_after_a_week_leaving_cannot_be_undone_from_an_old_mail(resident: Person) -> None:
    reader = a_reader(state=SubscriberState.LEFT, left_at=timezone.now() - timedelta(days=30))
    assert "Have it sent again" not in resident.get(preferences_path(reader.pk)).content.decode()
    assert "Ask for the newspaper again" in press(resident, reader, "come_back")
    assert reader.state == SubscriberState.LEFT


@pytest.mark.parametrize("do", ["choose", "email", "move", "pause", "post", "print", "start"])
def test_who_left_or_never_confirmed_chooses_nothing(do: str, resident: Person) -> None:
    for state in (SubscriberState.LEFT, SubscriberState.PENDING):
        reader = a_reader(f"{state}@example.org", state=state, left_at=timezone.now())
        assert "you are not on the list" in press(resident, reader, do, pause="back", **LETTER)
        assert (reader.state, reader.wants_issues, reader.name) == (state, True, "")


def test_who_has_not_confirmed_is_told_so_and_may_say_no(resident: Person) -> None:
    reader = a_reader(state=SubscriberState.PENDING)
    assert "not confirmed your address yet" in resident.get(preferences_path(reader.pk)).content.decode()
    press(resident, reader, "leave")
    assert reader.state == SubscriberState.LEFT


def test_old_links_of_somebody_we_have_forgotten_answer_kindly(resident: Person) -> None:
    reader = a_reader("", state=SubscriberState.LEFT, left_at=timezone.now() - timedelta(days=800))
    assert "You are off the list" in resident.get(leave_path(reader.pk)).content.decode()
    assert "Ask for it again" in resident.post(leave_path(reader.pk)).content.decode()
    assert "Ask for the newspaper again" in resident.get(preferences_path(reader.pk)).content.decode()


def test_somebody_without_e_mail_cannot_choose_e_mail(resident: Person) -> None:
    reader = a_reader("", channel="post", **LETTER)
    assert "no e-mail address of yours" in press(resident, reader, "email")
    assert reader.channel == "post"


@pytest.mark.parametrize("do", ["", "everything", "keep"])
def test_any_other_press_changes_nothing(do: str, reader: Subscriber, resident: Person) -> None:
    assert "Nothing was changed" in press(resident, reader, do)
    assert nothing_changed(reader)


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_a_false_link_says_what_to_do(method: str, resident: Person) -> None:
    assert getattr(resident, method)("/news/preferences/x/").status_code == 404


def test_the_page_needs_the_token_of_its_form(reader: Subscriber) -> None:
    careful = Person(enforce_csrf_checks=True)
    assert careful.post(preferences_path(reader.pk), {"do": "leave"}).status_code == 403
    assert careful.post(preferences_path(reader.pk), {"List-Unsubscribe": "One-Click"}).status_code == 403
    assert nothing_changed(reader)


def test_winter_ends_on_the_first_of_march() -> None:
    assert end_of_winter(date(2026, 11, 22)) == date(2027, 3, 1)
    assert end_of_winter(date(2027, 2, 28)) == date(2027, 3, 1)
    assert end_of_winter(date(2027, 3, 1)) == date(2028, 3, 1)


def test_a_letter_box_we_know_already_changes_nothing_and_is_said_so(resident: Person) -> None:
    mailed = a_reader()
    press(resident, mailed, "post", **LETTER)
    assert "Nothing was changed. We have this address" in press(resident, mailed, "post", **LETTER)
    posted = a_reader("bob@example.org", channel="post", **LETTER)
    assert "It goes there already" in press(resident, posted, "post", **LETTER)
    elsewhere = {**LETTER, "postal_address": "2 Third Street, SR8 4LX"}
    assert "It goes there already" in press(resident, posted, "post", **elsewhere)
    assert posted.postal_address == LETTER["postal_address"]


@pytest.fixture
def posted() -> Subscriber:
    """Somebody by post alone, who opens the page by the code on their label."""
    return a_reader("", channel="post", **LETTER)


def test_who_has_it_posted_moves_and_it_goes_to_the_old_address_until_staff_say_yes(
    posted: Subscriber, resident: Person, coordinator: Person
) -> None:
    assert LETTER["postal_address"].splitlines()[0] not in resident.get(preferences_path(posted.pk)).content.decode()
    said = press(resident, posted, "move", postal_address="9 Sea View\nHorden SR8 4LX")
    assert "Until then it goes to the old one." in said
    assert "to the old address until we have looked" in said
    assert (posted.postal_address, posted.waits_for_post) == (LETTER["postal_address"], True)
    assert "9 Sea View" not in said
    waiting = coordinator.get("/staff/newspaper/readers/posted/").content.decode()
    assert "9 Sea View<br>Horden SR8 4LX" in waiting
    assert "moved; it goes to the old address until your yes" in waiting
    coordinator.post(f"/staff/newspaper/readers/{posted.pk}/settle/", {"is_real": "yes"})
    posted.refresh_from_db()
    assert (posted.channel, posted.postal_address, posted.new_postal_address, posted.waits_for_post) == (
        "post",
        "9 Sea View\nHorden SR8 4LX",
        "",
        False,
    )
    assert AuditEvent.objects.filter(action="newsletter.move").count() == posted.consents.count() == 1
    assert "Sea View" not in str(list(AuditEvent.objects.values()))


def test_a_move_that_is_not_real_leaves_everything_as_it_was(
    posted: Subscriber, resident: Person, coordinator: Person
) -> None:
    press(resident, posted, "move", postal_address="9 Sea View, SR8 4LX")
    coordinator.post(f"/staff/newspaper/readers/{posted.pk}/settle/", {"is_real": "no"})
    posted.refresh_from_db()
    assert (posted.state, posted.postal_address, posted.waits_for_post) == ("active", LETTER["postal_address"], False)
    press(resident, posted, "move", postal_address="9 Sea View, SR8 4LX")
    assert "It stays as it was." in press(resident, posted, "move", **LETTER)
    assert not posted.waits_for_post
    assert "It goes there already" in press(resident, posted, "move", **LETTER)


def test_a_move_needs_a_postcode_and_a_reader_by_post(posted: Subscriber, reader: Subscriber, resident: Person) -> None:
    page = press(resident, posted, "move", postal_address="9 Sea View")
    assert "Enter the address with its postcode" in page
    assert '<details class="folded" open><summary>I have moved' in page
    assert "You get it by e-mail" in press(resident, reader, "move", postal_address="9 Sea View, SR8 4LX")
    assert "You get it by e-mail" in press(resident, reader, "print", wants_large_print="on")
    assert nothing_changed(reader)
    assert not reader.wants_large_print


def test_who_has_it_posted_chooses_large_print_pauses_and_leaves(posted: Subscriber, resident: Person) -> None:
    page = press(resident, posted, "print", wants_large_print="on")
    assert "It comes in large print." in page
    assert "by post, in large print" in page
    assert posted.wants_large_print
    assert "It comes in the usual print." in press(resident, posted, "print")
    press(resident, posted, "pause", pause="back")
    assert not posted.wants_issues
    press(resident, posted, "leave")
    assert posted.state == SubscriberState.LEFT
    press(resident, posted, "come_back")
    assert (posted.state, posted.postal_address) == (SubscriberState.ACTIVE, LETTER["postal_address"])


def test_large_print_is_asked_for_with_the_post_and_forgotten_with_it(reader: Subscriber, resident: Person) -> None:
    press(resident, reader, "post", **LETTER, wants_large_print="on")
    assert reader.wants_large_print
    press(resident, reader, "email")
    assert not reader.wants_large_print


def test_who_waits_for_the_post_is_told_so(resident: Person) -> None:
    waiting = a_reader("", channel="post", state=SubscriberState.PENDING, **LETTER)
    assert "We have not looked at your address yet." in resident.get(preferences_path(waiting.pk)).content.decode()


def test_paper_comes_with_each_issue_and_no_other_is_offered(posted: Subscriber, resident: Person) -> None:
    a_weekly_mail()
    page = resident.get(preferences_path(posted.pk)).content.decode()
    assert 'name="frequency"' not in page
    assert "and how often" not in page
