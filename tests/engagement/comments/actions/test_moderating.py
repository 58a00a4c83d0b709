"""What staff decide: each change with its history and its audit, each refusal, and two at once."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from engagement.comments.actions.answering import respond
from engagement.comments.actions.keeping import keep
from engagement.comments.actions.moderating import decide, place_pin, undo
from engagement.comments.hearing.telling import write
from engagement.comments.models import Consultation, Follower, ModerationDecision, PlaceComment
from engagement.comments.refusals import Overtaken
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.geo.coordinates import Point
from portal.refusals import Refused
from tests.conftest import Person, member_of_staff
from tests.factories.comments import MONDAY, make_action, make_comment, make_place, make_published

pytestmark = pytest.mark.django_db


def shown_at_once() -> PlaceComment:
    """A comment that the site itself put in public."""
    comment = make_comment()
    comment.status, comment.is_unread, comment.published_at = "published", True, MONDAY
    keep(comment)
    ModerationDecision.objects.create(comment=comment, from_status="waiting", to_status="published", decided_at=MONDAY)
    return comment


def follow(comment: PlaceComment) -> None:
    """The author left an address and confirmed it."""
    Follower.objects.create(
        comment=comment, address="ann@example.org", is_author=True, asked_at=MONDAY, confirmed_at=MONDAY
    )


def test_publishing_shows_a_comment_and_is_written_down(coordinator: Person) -> None:
    comment = make_comment()
    decision = decide(comment=comment, change="publish", by=coordinator.user, now=MONDAY)
    assert decision.comment.status == "published"
    assert decision.comment.published_at == MONDAY
    assert (decision.from_status, decision.to_status, decision.decided_by) == ("waiting", "published", coordinator.user)
    event = AuditEvent.objects.about(comment).newest_first()[0]
    assert (event.action, event.done_by) == ("comments.publish", str(coordinator.user.pk))


def test_declining_keeps_reason_and_note(coordinator: Person) -> None:
    decision = decide(
        comment=make_comment(), change="decline", by=coordinator.user, reason="other", note="About the moon."
    )
    assert decision.comment.status == "declined"
    assert decision.why == "Another reason: About the moon."


def test_declining_without_a_reason_changes_nothing(coordinator: Person) -> None:
    comment = make_comment()
    with pytest.raises(Refused, match="Say why"):
        decide(comment=comment, change="decline", by=coordinator.user)
    comment.refresh_from_db()
    assert comment.status == "waiting"
    assert not comment.decisions.exists()


def test_a_reason_that_is_not_asked_for_is_not_kept(coordinator: Person) -> None:
    decision = decide(comment=make_comment(), change="publish", by=coordinator.user, reason="unkind")
    assert decision.reason == ""


def test_a_published_comment_can_be_held_and_shown_again_with_its_first_day(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    decide(comment=comment, change="hold", by=coordinator.user, reason="needs_help")
    again = decide(comment=comment, change="publish", by=coordinator.user, now=MONDAY + timedelta(days=3))
    assert again.comment.published_at == MONDAY
    assert comment.decisions.count() == 3


@pytest.mark.parametrize("role", ["editor", "navigator", "lead", "partner", "administrator"])
def test_no_other_role_decides(role: str) -> None:
    other, comment = member_of_staff(role, role).user, make_comment()
    with pytest.raises(Refused, match="role"):
        decide(comment=comment, change="publish", by=other)
    with pytest.raises(Refused, match="role"):
        place_pin(comment=comment, by=other, named_place=make_place())
    with pytest.raises(Refused, match="role"):
        undo(comment=comment, by=other)


def test_the_second_of_two_is_told_who_was_first(coordinator: Person) -> None:
    other, comment = member_of_staff("olive", "coordinator").user, make_comment()
    decide(comment=comment, change="publish", by=coordinator.user, seen=0, now=MONDAY)
    with pytest.raises(Overtaken, match="Coordinator published this comment first, at 10:00 on 02/03/2026") as told:
        decide(comment=comment, change="decline", by=other, reason="unkind", seen=0)
    assert told.value.who == "Coordinator"
    assert PlaceComment.objects.get().status == "published"


def test_who_has_seen_the_last_decision_may_go_on(coordinator: Person) -> None:
    comment = make_comment()
    first = decide(comment=comment, change="publish", by=coordinator.user, seen=0)
    assert decide(comment=comment, change="decline", by=coordinator.user, reason="unkind", seen=first.pk)


def test_undo_puts_a_comment_back_and_says_so(coordinator: Person) -> None:
    comment = make_comment()
    last = decide(comment=comment, change="publish", by=coordinator.user, now=MONDAY)
    undone = undo(comment=comment, by=coordinator.user, seen=last.pk)
    assert undone.comment.status == "waiting"
    assert undone.comment.published_at is None
    assert undone.undoes == last
    assert undone.did == "undid the decision on"
    assert comment.decisions.count() == 2
    with pytest.raises(Refused, match="no decision to undo"):
        undo(comment=comment, by=coordinator.user)


def test_a_comment_that_was_shown_at_once_is_read_and_stays(coordinator: Person) -> None:
    comment = shown_at_once()
    decision = decide(comment=comment, change="keep", by=coordinator.user, seen=comment.decisions.newest_first()[0].pk)
    assert (decision.did, decision.ends_in_words) == ("read", "kept on the site")
    assert decision.comment.published_at == MONDAY
    assert not PlaceComment.objects.to_read().exists()
    with pytest.raises(Refused, match="read this comment already"):
        decide(comment=comment, change="keep", by=coordinator.user)
    back = undo(comment=comment, by=coordinator.user)
    assert (back.comment.status, back.comment.is_unread, back.comment.published_at) == ("published", True, MONDAY)


def test_taking_a_shown_comment_off_and_undoing_that_leaves_it_to_be_read(coordinator: Person) -> None:
    comment = shown_at_once()
    assert not decide(comment=comment, change="hold", by=coordinator.user, reason="personal").comment.is_unread
    assert undo(comment=comment, by=coordinator.user).comment.is_unread
    published = make_published(by=coordinator.user)
    decide(comment=published, change="hold", by=coordinator.user, reason="personal")
    assert not undo(comment=published, by=coordinator.user).comment.is_unread


def test_the_author_of_a_declined_comment_is_told_why_after_a_while(coordinator: Person) -> None:
    comment = make_comment()
    follow(comment)
    decide(
        comment=comment,
        change="decline",
        by=coordinator.user,
        reason="not_here",
        note="Dave again",
        told="Which place?",
    )
    waiting = DBTaskResult.objects.get()
    assert waiting.run_after > timezone.now() + timedelta(minutes=5)
    write(**waiting.args_kwargs["kwargs"])
    (letter,) = mail.outbox
    assert "It is not about a place here." in letter.body
    assert "Which place?" in letter.body
    assert "Dave" not in letter.body
    assert "/have-your-say/yours/" in letter.body


def test_nobody_is_told_of_a_refusal_that_was_undone(coordinator: Person) -> None:
    comment = make_comment()
    follow(comment)
    decide(comment=comment, change="decline", by=coordinator.user, reason="not_here")
    undo(comment=comment, by=coordinator.user)
    write(**DBTaskResult.objects.get().args_kwargs["kwargs"])
    assert mail.outbox == []


def test_the_author_is_told_when_a_comment_is_shown_and_of_the_first_time_only(coordinator: Person) -> None:
    comment = make_comment()
    follow(comment)
    decide(comment=comment, change="publish", by=coordinator.user)
    decide(comment=comment, change="hold", by=coordinator.user, reason="personal")
    decide(comment=comment, change="publish", by=coordinator.user)
    assert DBTaskResult.objects.count() == 1


def test_undoing_a_refusal_keeps_the_day_of_publication(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    decide(comment=comment, change="decline", by=coordinator.user, reason="unkind")
    back = undo(comment=comment, by=coordinator.user)
    assert (back.comment.status, back.comment.published_at) == ("published", MONDAY)


def test_an_undo_too_late_says_who_was_first(coordinator: Person) -> None:
    other, comment = member_of_staff("olive", "coordinator").user, make_comment()
    last = decide(comment=comment, change="publish", by=coordinator.user)
    decide(comment=comment, change="decline", by=other, reason="unkind")
    with pytest.raises(Overtaken, match="Olive declined"):
        undo(comment=comment, by=coordinator.user, seen=last.pk)


def test_what_the_site_held_cannot_be_undone_only_decided(coordinator: Person) -> None:
    comment = make_comment("Ring 07700 900123")
    with pytest.raises(Refused, match="no decision to undo"):
        undo(comment=comment, by=coordinator.user)


def test_an_erased_comment_keeps_nothing_that_was_said(coordinator: Person) -> None:
    comment = make_published(
        "Secret words", by=coordinator.user, author_name="Ann", named_place=make_place(), source_key="form:1"
    )
    respond(comment=comment, words="Thank you, Ann", by=coordinator.user)
    action = make_action(comment, by=coordinator.user)
    decide(comment=comment, change="withdraw", by=coordinator.user, reason="asked", note="Ann rang us")
    decide(comment=comment, change="erase", by=coordinator.user, reason="asked", note="Ann again")
    comment.refresh_from_db()
    assert comment.status == "erased"
    assert (comment.words, comment.author_name, comment.where, comment.point) == ("", "", "", None)
    assert not comment.responses.exists()
    assert action.comments.count() == 0
    assert {decision.note for decision in comment.decisions.all()} == {""}
    assert make_comment("Secret words", source_key="form:1") == comment
    with pytest.raises(Refused):
        undo(comment=comment, by=coordinator.user)
    with pytest.raises(Refused, match="erased comment has no place"):
        place_pin(comment=comment, by=coordinator.user, point=Point(54.76, -1.31))


def test_a_described_place_gets_its_pin_at_a_named_place(coordinator: Person) -> None:
    place = make_place()
    comment = place_pin(comment=make_comment(), by=coordinator.user, named_place=place)
    assert (comment.point, comment.accuracy, comment.named_place) == (place.point, "named_place", place)
    assert AuditEvent.objects.about(comment).newest_first()[0].action == "comments.place_pin"


def test_a_described_place_gets_its_pin_from_numbers_and_stays_described(coordinator: Person) -> None:
    comment = place_pin(comment=make_comment(), by=coordinator.user, point=Point(54.76, -1.31))
    assert (comment.point, comment.accuracy, comment.where) == (Point(54.76, -1.31), "described", "the back lane")


def test_a_pin_is_refused_without_a_place_on_earth_or_in_the_area(coordinator: Person) -> None:
    comment = make_comment()
    for nowhere in (None, Point(float("nan"), 0.0), Point(95.0, 0.0)):
        with pytest.raises(Refused, match="Choose a place"):
            place_pin(comment=comment, by=coordinator.user, point=nowhere)
    with pytest.raises(Refused, match="no point yet"):
        place_pin(comment=comment, by=coordinator.user, named_place=make_place(latitude=None, longitude=None))
    Consultation.objects.update(west=-1.35, south=54.74, east=-1.28, north=54.79)
    with pytest.raises(Refused, match="outside the area"):
        place_pin(comment=comment, by=coordinator.user, point=Point(50.0, -1.3))
    assert place_pin(comment=comment, by=coordinator.user, point=Point(54.76, -1.31)).point


def test_history_is_appended_never_edited(coordinator: Person) -> None:
    decision = decide(comment=make_comment(), change="publish", by=coordinator.user)
    with pytest.raises(TypeError, match="never edited"):
        decision.save()
    assert str(decision) == f"{decision.comment_id}: waiting to published"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_moderators_at_the_same_moment_make_one_decision() -> None:
    people = [member_of_staff(name, "coordinator").user for name in ("olive", "percy")]
    comment = make_comment()
    start, outcomes = threading.Barrier(2), {}

    def moderate(person: User, change: str, reason: str) -> None:
        try:
            start.wait()
            decide(comment=comment, change=change, by=person, reason=reason, seen=0)
            outcomes[person.display_name] = "done"
        except Overtaken as late:
            outcomes[person.display_name] = late.who
        finally:
            connection.close()

    ways = [("publish", ""), ("decline", "unkind")]
    threads = [threading.Thread(target=moderate, args=(who, *way)) for who, way in zip(people, ways, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first = next(name for name, outcome in outcomes.items() if outcome == "done")
    (second,) = set(outcomes) - {first}
    assert outcomes[second] == first
    assert comment.decisions.count() == 1
