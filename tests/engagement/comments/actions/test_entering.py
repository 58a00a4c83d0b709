"""What was written on paper becomes comments: once, where the sticker stood, and held by the same rules as any other."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from engagement.comments.actions.entering import row_of
from engagement.comments.actions.moderating import decide, place_pin
from engagement.comments.actions.redacting import redact
from engagement.comments.models import PlaceComment
from engagement.comments.sessions.paper.entries import WHERE_IT_IS
from portal.audit.models import AuditEvent
from portal.geo.coordinates import Point
from portal.refusals import Refused
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_place, make_theme
from tests.factories.sessions import enter, make_session, typed_row

pytestmark = pytest.mark.django_db


def test_a_sticker_becomes_a_comment_in_the_middle_of_its_square(coordinator: Person) -> None:
    make_theme("homes")
    session = make_session(by=coordinator.user, starts_at=time(9, 30))
    (row,) = enter(session, typed_row(7, agreeing="4", theme="Homes"), by=coordinator.user, now=MONDAY)
    assert row.outcome == "added"
    comment = PlaceComment.objects.get()
    assert (comment.status, comment.source, comment.accuracy) == ("waiting", "paper", "cell")
    assert (comment.event, comment.sticker, comment.agreeing, comment.support_count) == (session, "7", 4, 4)
    assert comment.exact_point == session.grid.middle("B2")
    assert (comment.feeling, comment.words, comment.sent_by) == ("needs_work", "No bench here.", coordinator.user)
    assert comment.sent_at == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert AuditEvent.objects.get(action="comments.enter_session").detail == {"added": 1, "changed": 0}


def test_a_sticker_on_a_named_place_stands_there(coordinator: Person) -> None:
    place = make_place("third-street")
    enter(make_session(by=coordinator.user), typed_row(where="third s"), by=coordinator.user)
    comment = PlaceComment.objects.get()
    assert (comment.named_place, comment.accuracy, comment.point) == (place, "named_place", place.point)


def test_a_sensitive_theme_keeps_the_exact_square_for_staff(coordinator: Person) -> None:
    make_theme("homes", is_sensitive=True)
    session = make_session(by=coordinator.user)
    enter(session, typed_row(theme="Homes"), by=coordinator.user)
    comment = PlaceComment.objects.get()
    assert comment.point != comment.exact_point == session.grid.middle("B2")
    assert row_of(comment)["where"] == "B2"


@pytest.mark.parametrize(
    ("words", "risk"),
    [("Ring 07700 900123", PlaceComment.Risk.PERSONAL), ("I don’t want to live any more", PlaceComment.Risk.HELP)],
)
def test_what_the_rules_doubt_is_held_and_says_why(coordinator: Person, words: str, risk: int) -> None:
    enter(make_session(by=coordinator.user), typed_row(words=words), by=coordinator.user)
    comment = PlaceComment.objects.get()
    assert (comment.status, comment.risk) == ("held", risk)
    assert comment.decisions.get().reason in {"personal", "needs_help"}


def test_the_same_rows_twice_change_nothing(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    rows = [typed_row(1), typed_row(2, where="C3", agreeing="3")]
    enter(session, *rows, by=coordinator.user)
    before = list(PlaceComment.objects.values())
    again = enter(session, *rows, by=coordinator.user)
    assert [row.outcome for row in again] == ["unchanged", "unchanged"]
    assert list(PlaceComment.objects.values()) == before
    assert AuditEvent.objects.filter(action="comments.enter_session").count() == 1


def test_right_rows_are_taken_in_and_wrong_ones_come_back_as_typed(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    wrong = typed_row(2, where="Z9", feeling="?")
    rows = enter(session, typed_row(1), wrong, {"number": "3"}, typed_row(4), by=coordinator.user)
    assert [row.outcome for row in rows] == ["added", "refused", "", "added"]
    assert rows[1].typed == wrong
    assert list(rows[1].problems) == ["where", "feeling"]
    assert [comment.sticker for comment in session.said()] == ["1", "4"]


def test_a_number_twice_in_one_go_is_refused_the_second_time(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    rows = enter(session, typed_row(1), typed_row(1, words="Another thing."), by=coordinator.user)
    assert [row.outcome for row in rows] == ["added", "refused"]
    assert "in another row too" in rows[1].why


def test_a_number_that_is_there_is_not_typed_over_by_mistake(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    enter(session, typed_row(1), by=coordinator.user)
    (row,) = enter(session, typed_row(1, words="Another thing."), by=coordinator.user, may_change=[])
    assert row.outcome == "refused"
    assert "Number 1 is there already: “No bench here.”" in row.why
    assert PlaceComment.objects.get().words == "No bench here."


def test_a_row_is_corrected_before_anybody_has_decided(coordinator: Person) -> None:
    make_place("third-street")
    session = make_session(by=coordinator.user)
    enter(session, typed_row(1, agreeing="2"), by=coordinator.user)
    corrected = typed_row(1, where="Third Street", words="No bench at all.", agreeing="5")
    (row,) = enter(session, corrected, by=coordinator.user, may_change=[1])
    assert row.outcome == "changed"
    comment = PlaceComment.objects.get()
    assert (comment.words, comment.accuracy, comment.agreeing) == ("No bench at all.", "named_place", 5)
    assert comment.support_count == 5


def test_correcting_keeps_those_who_pressed_the_button(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    enter(session, typed_row(1, agreeing="2"), by=coordinator.user)
    PlaceComment.objects.update(support_count=5)
    enter(session, typed_row(1, agreeing="1"), by=coordinator.user)
    assert PlaceComment.objects.get().support_count == 4


def test_words_that_somebody_decided_about_are_not_changed_from_paper(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    enter(session, typed_row(1), by=coordinator.user)
    decide(comment=PlaceComment.objects.get(), change="publish", by=coordinator.user)
    (words,) = enter(session, typed_row(1, words="Something else."), by=coordinator.user)
    (tally,) = enter(session, typed_row(1, agreeing="9"), by=coordinator.user)
    assert (words.outcome, tally.outcome) == ("refused", "changed")
    comment = PlaceComment.objects.get()
    assert (comment.words, comment.agreeing, comment.status) == ("No bench here.", 9, "published")


def test_a_correction_that_gives_something_away_is_held(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    enter(session, typed_row(1), by=coordinator.user)
    enter(session, typed_row(1, words="Ring 07700 900123"), by=coordinator.user)
    assert PlaceComment.objects.get().status == "held"


def test_a_pin_that_a_moderator_put_better_stays(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    enter(session, typed_row(1), by=coordinator.user)
    better = Point(54.7611, -1.3181)
    place_pin(comment=PlaceComment.objects.get(), point=better, named_place=None, by=coordinator.user)
    assert session.grid.square_of(better) == "B2"
    (row,) = enter(session, typed_row(1), by=coordinator.user)
    assert row.outcome == "unchanged"
    assert PlaceComment.objects.get().exact_point == better


def test_a_pin_off_the_map_says_so_in_the_file_and_stays(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    enter(session, typed_row(1), by=coordinator.user)
    place_pin(comment=PlaceComment.objects.get(), point=Point(54.78, -1.32), named_place=None, by=coordinator.user)
    assert row_of(session.said().get())["where"] == WHERE_IT_IS
    (same, new) = enter(session, typed_row(1, where=WHERE_IT_IS), typed_row(2, where=WHERE_IT_IS), by=coordinator.user)
    assert (same.outcome, new.outcome) == ("unchanged", "refused")


@pytest.mark.parametrize("then", ["withdraw", "erase"])
def test_what_its_author_took_back_does_not_come_again(coordinator: Person, then: str) -> None:
    session = make_session(by=coordinator.user)
    enter(session, typed_row(1), by=coordinator.user)
    decide(comment=PlaceComment.objects.get(), change="withdraw", reason="asked", by=coordinator.user)
    if then == "erase":
        decide(comment=PlaceComment.objects.get(), change="erase", reason="asked", by=coordinator.user)
    (row,) = enter(session, typed_row(1, words="Here again."), by=coordinator.user)
    assert row.outcome == "refused"
    assert PlaceComment.objects.get().status in {"withdrawn", "erased"}


def test_a_rehearsal_says_the_same_and_stores_nothing(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    enter(session, typed_row(1), by=coordinator.user)
    before = list(PlaceComment.objects.values())
    rows = [typed_row(1, agreeing="2"), typed_row(2), typed_row(99)]
    rehearsed = enter(session, *rows, by=coordinator.user, is_rehearsal=True)
    assert list(PlaceComment.objects.values()) == before
    done = enter(session, *rows, by=coordinator.user)
    assert [row.outcome for row in rehearsed] == [row.outcome for row in done] == ["changed", "added", "refused"]


def test_nothing_is_entered_before_the_day(coordinator: Person) -> None:
    session = make_session(by=coordinator.user, held_on=date(2026, 3, 3))
    with pytest.raises(Refused, match="Tuesday 3 March"):
        enter(session, typed_row(), by=coordinator.user, now=MONDAY)
    assert enter(session, typed_row(), by=coordinator.user, now=MONDAY + timedelta(days=1))[0].outcome == "added"


def test_who_does_not_run_sessions_enters_nothing(coordinator: Person, partner: Person) -> None:
    session = make_session(by=coordinator.user)
    with pytest.raises(Refused):
        enter(session, typed_row(), by=partner.user)
    assert not PlaceComment.objects.exists()


def test_two_sessions_each_have_a_number_one(coordinator: Person) -> None:
    for session in (make_session(by=coordinator.user), make_session(by=coordinator.user, name="Year 6")):
        assert enter(session, typed_row(1), by=coordinator.user)[0].outcome == "added"
    assert PlaceComment.objects.count() == 2


def test_a_whole_table_costs_the_same_few_lookups_a_row(
    coordinator: Person, django_assert_max_num_queries: object
) -> None:
    session = make_session(by=coordinator.user)
    with django_assert_max_num_queries(20 + 20 * 5):  # type: ignore[operator]
        enter(session, *(typed_row(number) for number in range(1, 21)), by=coordinator.user)


def test_what_was_taken_out_and_an_exact_pin_are_not_in_the_row_once_somebody_decided(coordinator: Person) -> None:
    make_theme("homes", is_sensitive=True)
    session = make_session(by=coordinator.user)
    typed = typed_row(words="Ring Dave on 07700 900123", theme="Homes")
    enter(session, typed, by=coordinator.user)
    comment = session.said().get()
    assert row_of(comment)["words"] == typed["words"]
    redact(comment=comment, words="Ring", where_words="", by=coordinator.user, is_to_be_published=True)
    comment = session.said().get()
    assert row_of(comment)["words"] == "Ring [taken out]"
    assert comment.point is not None
    assert row_of(comment)["where"] == session.grid.square_of(comment.point)


def test_the_row_that_was_fetched_and_the_one_that_was_written_are_both_there_already(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    enter(session, typed_row(words="Ring Dave on 07700 900123"), by=coordinator.user)
    redact(comment=session.said().get(), words="Ring", where_words="", by=coordinator.user)
    fetched = row_of(session.said().get())
    for row in (fetched, {**fetched, "words": "Ring Dave on 07700 900123"}):
        assert [one.outcome for one in enter(session, row, by=coordinator.user)] == ["unchanged"]
    (other,) = enter(session, {**fetched, "words": "Ring Ann"}, by=coordinator.user)
    assert "Somebody has decided about number" in other.why
