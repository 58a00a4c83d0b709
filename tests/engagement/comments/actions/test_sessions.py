"""Sessions are planned by those whose job it is, their paper stays true, and promises are kept or not."""

from datetime import date

import pytest

from engagement.comments.actions.sessions import drop_promise, keep_promise, plan_session, promise, reopen_promise
from engagement.comments.map.bounds import Bounds
from engagement.comments.models import Consultation, EngagementEvent, Promise
from engagement.comments.sessions.promises import overdue_line
from portal import clock
from portal.audit.models import AuditEvent
from portal.pages.week import the_week
from portal.refusals import Refused
from tests.conftest import Person
from tests.factories.comments import MONDAY
from tests.factories.sessions import GROUND, enter, make_session, typed_row

pytestmark = pytest.mark.django_db


def replan(session: EngagementEvent, person: Person, **said: object) -> EngagementEvent:
    usual: dict[str, object] = {
        "name": session.name,
        "place": session.place,
        "consultation": session.consultation,
        "held_on": session.held_on,
        "columns": session.columns,
        "first_sticker": session.first_sticker,
        "stickers": session.stickers,
    }
    return plan_session(session=session, by=person.user, **{**usual, **said})  # type: ignore[arg-type]


def test_a_session_gets_a_code_to_read_out_and_square_squares(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    assert len(session.code) == 7
    assert (session.columns, session.rows) == (4, 3)
    assert session.grid.words == "A1 to D3"
    event = AuditEvent.objects.get(action="comments.plan_session")
    assert event.done_by == str(coordinator.user.pk)
    assert "Welfare" not in str(event.detail)


def test_who_does_not_run_sessions_plans_none(editor: Person, navigator: Person) -> None:
    for person in (editor, navigator):
        with pytest.raises(Refused):
            make_session(by=person.user)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " \u200b"},
        {"place": ""},
        {"columns": 5},
        {"stickers": 0},
        {"stickers": 568},
        {"first_sticker": 0},
        {"first_sticker": 9990},
        {"bounds": None},
    ],
)
def test_a_session_that_cannot_be_printed_is_refused(coordinator: Person, wrong: dict[str, object]) -> None:
    with pytest.raises(Refused):
        make_session(by=coordinator.user, **wrong)
    assert not EngagementEvent.objects.exists()


def test_headcount_and_notes_come_afterwards_and_the_map_stays(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    enter(session, typed_row(), by=coordinator.user)
    changed = replan(session, coordinator, headcount=14, notes="A bigger map next time.", stickers=40)
    assert (changed.headcount, changed.bounds, changed.stickers) == (14, GROUND, 40)


@pytest.mark.parametrize(
    "other",
    [
        {"bounds": Bounds(-1.4, 54.7, -1.3, 54.8)},
        {"columns": 8},
        {"first_sticker": 2},
        {"first_sticker": 1, "stickers": 1},
    ],
)
def test_the_squares_do_not_move_under_what_was_entered(coordinator: Person, other: dict[str, object]) -> None:
    session = make_session(by=coordinator.user)
    enter(session, typed_row(1), typed_row(2), by=coordinator.user)
    with pytest.raises(Refused, match="entered already"):
        replan(session, coordinator, **other)
    session.refresh_from_db()
    assert (session.bounds, session.columns, session.stickers) == (GROUND, 4, 20)


def test_what_was_entered_stays_in_its_conversation(coordinator: Person) -> None:
    other = Consultation.objects.create(name="The park", slug="the-park")
    session = make_session(by=coordinator.user)
    assert replan(session, coordinator, consultation=other).consultation == other
    enter(session, typed_row(), by=coordinator.user)
    with pytest.raises(Refused):
        replan(session, coordinator, consultation=Consultation.objects.standing())


def test_a_promise_is_kept_once_and_can_be_opened_again(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    made = promise(event=session, words="Ask about the kerb", to_whom="the lunch club", by=coordinator.user)
    kept = keep_promise(promise=made, by=coordinator.user, now=MONDAY)
    assert keep_promise(promise=made, by=coordinator.user).kept_at == kept.kept_at == MONDAY
    assert not reopen_promise(promise=made, by=coordinator.user).is_kept
    assert AuditEvent.objects.filter(action="comments.keep_promise").count() == 1


def test_a_promise_needs_words_and_somebody(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    for words, to_whom in (("", "the club"), ("A bench", " ")):
        with pytest.raises(Refused):
            promise(event=session, words=words, to_whom=to_whom, by=coordinator.user)


def test_only_a_promise_that_is_not_kept_can_be_taken_off_the_list(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    wrong = promise(event=session, words="A mistake", to_whom="nobody", by=coordinator.user)
    kept = promise(event=session, words="Ask", to_whom="the club", by=coordinator.user)
    keep_promise(promise=kept, by=coordinator.user)
    drop_promise(promise=wrong, by=coordinator.user)
    with pytest.raises(Refused):
        drop_promise(promise=kept, by=coordinator.user)
    assert [one.words for one in Promise.objects.all()] == ["Ask"]


def test_nobody_else_keeps_promises(coordinator: Person, partner: Person) -> None:
    made = promise(event=make_session(by=coordinator.user), words="Ask", to_whom="the club", by=coordinator.user)
    for change in (keep_promise, reopen_promise, drop_promise):
        with pytest.raises(Refused):
            change(promise=made, by=partner.user)


def test_what_is_still_to_keep_comes_first_by_its_day(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    for words, due_on in (("no day", None), ("later", date(2026, 5, 1)), ("soon", date(2026, 4, 1)), ("done", None)):
        made = promise(event=session, words=words, to_whom="all", due_on=due_on, by=coordinator.user)
        if words == "done":
            keep_promise(promise=made, by=coordinator.user)
    assert [one.words for one in Promise.objects.soonest_first()] == ["soon", "later", "no day", "done"]


def test_an_overdue_promise_stands_on_the_coordinators_week_until_it_is_kept(
    coordinator: Person, editor: Person
) -> None:
    session = make_session(by=coordinator.user)
    today = clock.now().date()
    promise(event=session, words="Today", to_whom="all", due_on=today, by=coordinator.user)
    late = promise(event=session, words="Late", to_whom="all", due_on=date(2026, 3, 9), by=coordinator.user)
    line = overdue_line(coordinator.user)
    assert line is not None
    assert (line.count, line.is_urgent) == (1, True)
    assert line in the_week(coordinator.user)
    assert overdue_line(editor.user) is None
    keep_promise(promise=late, by=coordinator.user)
    after = overdue_line(coordinator.user)
    assert after is not None
    assert after.count == 0
