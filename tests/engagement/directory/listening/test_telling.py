"""Each person who asked is told once of each change, whatever happens to the machine in between."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from smtplib import SMTPResponseException
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from engagement.directory.actions import (
    add_note,
    cancel_between,
    cancel_session,
    move_session,
    restore_session,
    restore_together,
)
from engagement.directory.listening.mails import write
from engagement.directory.listening.telling import hand_out, pick_up
from engagement.directory.models import Activity, Schedule, SessionChange, Telling
from portal.clock import LONDON
from portal.emails.models import Suppression
from portal.emails.suppression import suppress
from tests.factories.directory import make_activity, make_venue, the_schedule
from tests.factories.following import forget_work, waiting_work
from tests.factories.listening import let_minutes_pass, make_listener

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=LONDON)
WEDNESDAY = date(2026, 11, 25)
NEXT = date(2026, 12, 2)


@pytest.fixture(autouse=True)
def _tuesday_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.clock.now", lambda: NOON)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def soup() -> Schedule:
    activity = make_activity(phone="01632 960000")
    make_listener(activity)
    return the_schedule(activity)


@pytest.fixture
def told(run_worker: Callable[[], None]) -> Callable[[], list[Any]]:
    """Lets two minutes pass and the worker work; the mails that went."""

    def tell() -> list[Any]:
        let_minutes_pass()
        run_worker()
        sent, mail.outbox[:] = list(mail.outbox), []
        return sent

    return tell


def test_the_next_one_comes_after_the_date_that_is_off(soup: Schedule, told: Callable[[], list[Any]]) -> None:
    cancel_session(schedule=soup, on=NEXT, reason="", by=None)
    (letter,) = told()
    assert letter.subject == "Not on Wednesday 2 December: Soup and a chat"
    assert "25 November" not in letter.body
    assert "Wednesday 9 December, 11:30am to 1:30pm, Lantern Hall" in letter.body


def test_a_session_is_off_and_the_mail_says_everything(soup: Schedule, told: Callable[[], list[Any]]) -> None:
    cancel_session(schedule=soup, on=WEDNESDAY, reason="boiler broken", by=None)
    (letter,) = told()
    assert letter.to == ["ann@example.org"]
    assert letter.subject == "Not on Wednesday 25 November: Soup and a chat"
    html = letter.alternatives[0][0]
    for words in (
        "Wednesday 25 November, 11:30am to 1:30pm",
        "Lantern Hall",
        "Boiler broken.",
        "The next one after that is",
        "Wednesday 2 December, 11:30am to 1:30pm, Lantern Hall",
        "01632 960000",
        "/activities/soup-and-a-chat/",
        "/tell-me/stop/",
    ):
        assert words in letter.body
        assert words in html
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/tell-me/stop/" in letter.extra_headers["List-Unsubscribe"]
    assert not any("@" in str(task) for name in ("hand_out_changes", "send_telling") for task in waiting_work(name))
    assert told() == []


def test_a_session_moved_says_where_and_when_instead(soup: Schedule, told: Callable[[], list[Any]]) -> None:
    there = {
        "to_on": date(2026, 11, 26),
        "starts_at": time(14),
        "ends_at": time(16),
        "venue": make_venue("Kettle Corner"),
    }
    move_session(schedule=soup, on=WEDNESDAY, reason="", by=None, **there)  # type: ignore[arg-type]
    (letter,) = told()
    assert letter.subject == "Changed Wednesday 25 November: Soup and a chat"
    assert "Instead: Thursday 26 November, 2pm to 4pm, Kettle Corner" in letter.body


def test_an_undo_is_told_and_one_within_second_thoughts_is_not(soup: Schedule, told: Callable[[], list[Any]]) -> None:
    cancel_session(schedule=soup, on=WEDNESDAY, reason="ill", by=None)
    restore_session(schedule=soup, on=WEDNESDAY, by=None)
    assert told() == []
    cancel_session(schedule=soup, on=WEDNESDAY, reason="ill", by=None)
    assert len(told()) == 1
    restore_session(schedule=soup, on=WEDNESDAY, by=None)
    (letter,) = told()
    assert letter.subject == "On after all Wednesday 25 November: Soup and a chat"
    assert "is on after all, as usual" in letter.body


def test_undone_and_called_off_again_tells_only_what_holds(soup: Schedule, told: Callable[[], list[Any]]) -> None:
    cancel_session(schedule=soup, on=WEDNESDAY, reason="ill", by=None)
    told()
    restore_session(schedule=soup, on=WEDNESDAY, by=None)
    cancel_session(schedule=soup, on=WEDNESDAY, reason="flood", by=None)
    (letter,) = told()
    assert "Flood." in letter.body


def test_weeks_off_are_one_mail_and_one_when_they_are_put_back(soup: Schedule, told: Callable[[], list[Any]]) -> None:
    made = cancel_between(activity=soup.activity, first=NEXT, last=date(2026, 12, 16), reason="Christmas", by=None)
    (letter,) = told()
    assert letter.subject == "Not on Wednesday 2 December to Wednesday 16 December: Soup and a chat"
    assert letter.body.count("11:30am to 1:30pm, Lantern Hall") == 1
    assert letter.body.count("* Wednesday") == 3
    assert made[0].together is not None
    restore_together(activity=soup.activity, together=made[0].together, by=None)
    (letter,) = told()
    assert letter.subject.startswith("On after all")
    assert letter.body.count("* Wednesday") == 3


@pytest.mark.parametrize(("on", "count"), [(WEDNESDAY, 1), (date(2026, 12, 9), 0)])
def test_a_note_is_told_in_its_last_week_only(
    soup: Schedule, told: Callable[[], list[Any]], on: date, count: int
) -> None:
    add_note(schedule=soup, on=on, reason="in the small room", by=None)
    letters = told()
    assert len(letters) == count
    assert all("in the small room" in letter.body.lower() for letter in letters)
    restore_session(schedule=soup, on=on, by=None)
    assert told() == []


def test_nobody_is_told_of_what_is_over(soup: Schedule, told: Callable[[], list[Any]]) -> None:
    cancel_session(schedule=soup, on=date(2026, 11, 18), reason="ill", by=None)
    assert told() == []


def test_nobody_else_is_told(soup: Schedule, told: Callable[[], list[Any]]) -> None:
    make_listener(soup.activity, "not-sure@example.org", is_confirmed=False)
    make_listener(soup.activity, "never@example.org")
    make_listener(make_activity("Bingo", venue=make_venue("Elsewhere")), "bingo@example.org")
    suppress(address="never@example.org", reason=Suppression.Reason.ASKED)
    cancel_session(schedule=soup, on=WEDNESDAY, reason="ill", by=None)
    assert [letter.to for letter in told()] == [["ann@example.org"]]
    assert told() == []


def test_where_nobody_listens_nothing_waits(told: Callable[[], list[Any]]) -> None:
    cancel_session(schedule=the_schedule(make_activity()), on=WEDNESDAY, reason="ill", by=None)
    assert waiting_work("hand_out_changes") == []


def test_saying_the_same_twice_tells_once(soup: Schedule, told: Callable[[], list[Any]]) -> None:
    for _ in range(2):
        cancel_session(schedule=soup, on=WEDNESDAY, reason="ill", by=None)
    number = SessionChange.objects.get().pk
    assert len(told()) == 1
    assert hand_out([number], is_undo=False, now=NOON) == 0


def many(activity: Activity, count: int) -> None:
    for number in range(count):
        make_listener(activity, f"person-{number}@example.org")


def test_a_worker_killed_in_the_middle_loses_nobody_and_tells_nobody_twice(
    soup: Schedule, told: Callable[[], list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    many(soup.activity, 9)
    cancel_session(schedule=soup, on=WEDNESDAY, reason="ill", by=None)
    hand_out([SessionChange.objects.get().pk], is_undo=False, now=NOON)
    numbers = list(Telling.objects.values_list("pk", flat=True))
    for number in numbers[:4]:
        write(number, tries=0, now=NOON)

    class Killed(BaseException):
        """As when the machine goes."""

    def die(**_: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("engagement.directory.listening.mails.send", die)
        with pytest.raises(Killed):
            write(numbers[4], tries=0, now=NOON)
    # What waited is lost with the machine as well; a second worker does not take what the first may still hold.
    forget_work()
    pick_up(now=NOON + timedelta(minutes=1))
    assert waiting_work("send_telling") == []
    pick_up(now=NOON + timedelta(minutes=16))
    assert len(waiting_work("send_telling")) == 6
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + timedelta(minutes=16))
    sent = [letter.to[0] for letter in told()]
    assert len(sent) == len(set(sent)) == 10
    pick_up(now=NOON + timedelta(hours=1))
    assert waiting_work("send_telling")[6:] == []


def test_changes_whose_handing_out_was_lost_are_picked_up_in_one_mail(
    soup: Schedule, told: Callable[[], list[Any]]
) -> None:
    cancel_between(activity=soup.activity, first=NEXT, last=date(2026, 12, 16), reason="Christmas", by=None)
    forget_work()
    pick_up(now=NOON + timedelta(minutes=5))
    assert not Telling.objects.exists()
    pick_up(now=NOON + timedelta(minutes=11))
    assert len(told()) == 1
    restored = SessionChange.objects.live()[0].together
    assert restored is not None
    restore_together(activity=soup.activity, together=restored, by=None)
    forget_work()
    pick_up(now=NOON + timedelta(minutes=11))
    assert len(told()) == 1


@pytest.mark.parametrize(("code", "sent"), [(451, 1), (550, 0)])
def test_a_mail_server_that_refuses_for_now_is_tried_again_and_one_that_refuses_for_good_is_not(
    soup: Schedule, told: Callable[[], list[Any]], monkeypatch: pytest.MonkeyPatch, code: int, sent: int
) -> None:
    cancel_session(schedule=soup, on=WEDNESDAY, reason="ill", by=None)

    def refuse(**_: Any) -> None:
        raise SMTPResponseException(code, b"no")

    with monkeypatch.context() as patch:
        patch.setattr("engagement.directory.listening.mails.send", refuse)
        assert told() == []
    assert len(told()) == sent
    pick_up(now=NOON + timedelta(hours=2))
    assert told() == []


def test_a_change_taken_back_before_a_copy_goes_is_not_told(soup: Schedule) -> None:
    cancel_session(schedule=soup, on=WEDNESDAY, reason="ill", by=None)
    hand_out([SessionChange.objects.get().pk], is_undo=False, now=NOON)
    restore_session(schedule=soup, on=WEDNESDAY, by=None)
    telling = Telling.objects.get()
    write(telling.pk, tries=0, now=timezone.now())
    assert mail.outbox == []
    telling.refresh_from_db()
    assert telling.done_at is not None


def test_who_left_meanwhile_is_not_told(soup: Schedule) -> None:
    cancel_session(schedule=soup, on=WEDNESDAY, reason="ill", by=None)
    hand_out([SessionChange.objects.get().pk], is_undo=False, now=NOON)
    telling = Telling.objects.get().pk
    soup.activity.listeners.all().delete()
    write(telling, tries=0, now=NOON)
    assert mail.outbox == []
