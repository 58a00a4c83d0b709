"""Somebody asks to hear when a session is off: two steps, the same answer for everybody, and gone with one press."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from engagement.directory.actions.listening import ask_to_hear
from engagement.directory.listening.links import confirm_path, leave_path
from engagement.directory.models import Activity, Listener
from portal.audit.models import AuditEvent
from tests.conftest import Person
from tests.factories.directory import make_activity
from tests.factories.following import link_in, waiting_work
from tests.factories.listening import make_listener
from tests.factories.purging import purged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person", "wednesday_noon")]

FORM = "/activities/soup-and-a-chat/tell-me/"


@pytest.fixture
def soup() -> Activity:
    return make_activity()


def ask(person: Person, address: str = "ann@example.org", **more: str) -> str:
    shown = person.get(FORM).context["form"].initial["shown"]
    answer = person.post(FORM, {"address": address, "shown": shown, **more}, follow=True)
    return answer.content.decode()


def test_asking_counts_once_the_button_behind_the_link_is_pressed(
    soup: Activity, resident: Person, run_worker: Callable[[], None]
) -> None:
    assert "Look in your mail" in ask(resident, " Ann@Example.org ")
    listener = Listener.objects.get()
    assert (listener.email, listener.confirmed_at) == ("ann@example.org", None)
    assert waiting_work("ask_listener") == [{"listener_id": listener.pk}]
    run_worker()
    (letter,) = mail.outbox
    assert letter.subject == "Shall we tell you when Soup and a chat is off?"
    link = link_in(letter.body, "/tell-me/yes/")
    assert "One last step" in resident.get(link).content.decode()
    assert not Listener.objects.listening().exists()
    for _ in range(2):
        assert "We will write to you" in resident.post(link).content.decode()
    assert Listener.objects.listening().count() == 1
    assert AuditEvent.objects.newest_first()[0].action == "directory.confirm_hearing"


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(soup: Activity, resident: Person) -> None:
    make_listener(soup, "known@example.org")
    known, unknown = ask(resident, "known@example.org"), ask(resident, "new@example.org")
    assert known == unknown
    assert Listener.objects.listening().count() == 1


def test_one_address_is_not_asked_again_and_again(soup: Activity) -> None:
    now = timezone.now()
    for minutes in (0, 5, 11):
        ask_to_hear(activity=soup, address="ann@example.org", now=now + timedelta(minutes=minutes))
    assert len(waiting_work("ask_listener")) == 2
    for number in range(9):
        ask_to_hear(activity=make_activity(f"Group {number}"), address="ann@example.org", now=now)
    assert len(waiting_work("ask_listener")) == 6


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "Enter an e-mail address like"),
        ("ann", "Enter an e-mail address like"),
        ("ann@example.org\x00", "Enter an e-mail address like"),
        ("ann@exämple.org", "plain letters"),
    ],
)
def test_an_address_that_cannot_be_is_refused_and_kept(
    soup: Activity, resident: Person, address: str, said: str
) -> None:
    page = ask(resident, address)
    assert said in page
    assert "<title>Error: " in page.replace("\n", "")
    assert not Listener.objects.exists()


def test_a_machine_is_kept_out(soup: Activity, resident: Person) -> None:
    assert "That was very quick" in ask(resident, website="https://spam.example/")
    assert not Listener.objects.exists()


def test_a_connection_that_asks_for_hundreds_is_stopped(soup: Activity, resident: Person) -> None:
    answers = [resident.post(FORM, {"address": ""}).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]


def test_there_is_no_form_for_what_nobody_sees(resident: Person) -> None:
    make_activity(is_listed=False)
    assert resident.get(FORM).status_code == 404


def test_leaving_is_one_press_and_looking_changes_nothing(soup: Activity, resident: Person) -> None:
    path = leave_path(make_listener(soup))
    assert "Stop these mails" in resident.get(path).content.decode()
    assert Listener.objects.exists()
    for _ in range(2):
        assert "We have stopped" in resident.post(path).content.decode()
    assert not Listener.objects.exists()


def test_a_mail_program_leaves_with_one_click_and_no_cookie(soup: Activity) -> None:
    path = leave_path(make_listener(soup))
    strict = Person(enforce_csrf_checks=True)
    assert strict.post(path).status_code == 403
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Listener.objects.exists()


def test_a_false_link_an_old_one_and_one_of_somebody_who_left_lead_nowhere(
    soup: Activity, resident: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = make_listener(soup, is_confirmed=False)
    path = confirm_path(listener)
    for false in (f"{path[:-2]}x/", leave_path(listener).replace("stop", "yes"), "/tell-me/stop/nothing/"):
        assert resident.get(false).status_code == 404
    monkeypatch.setattr("engagement.directory.listening.links.CONFIRM_WITHIN", timedelta(seconds=-1))
    assert resident.post(path).status_code == 404
    monkeypatch.undo()
    listener.delete()
    assert resident.get(path).status_code == 404


def test_who_never_confirmed_is_forgotten_after_a_week(soup: Activity) -> None:
    now = timezone.now()
    make_listener(soup, "old@example.org", is_confirmed=False, now=now - timedelta(days=8))
    make_listener(soup, "new@example.org", is_confirmed=False, now=now - timedelta(days=6))
    make_listener(soup, "sure@example.org", now=now - timedelta(days=80))
    assert purged(now, "directory.unconfirmed") == 1
    assert {one.email for one in Listener.objects.all()} == {"new@example.org", "sure@example.org"}
    assert purged(now, "directory.unconfirmed") == 0
