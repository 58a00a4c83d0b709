"""Many at once: one reason, one press, one undo; what is held is never published unread."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.comments.actions.many import decide_many, undo_many
from engagement.comments.actions.moderating import decide
from engagement.comments.models import Consultation, ModerationDecision, PlaceComment
from portal.refusals import Refused
from tests.conftest import Person, member_of_staff
from tests.engagement.comments.actions.test_moderating import shown_at_once
from tests.factories.comments import make_comment, make_published

pytestmark = pytest.mark.django_db


def statuses(comments: list[PlaceComment]) -> list[str]:
    return [PlaceComment.objects.get(pk=comment.pk).status for comment in comments]


def test_many_are_published_at_once_but_never_a_held_one(coordinator: Person) -> None:
    waiting = [make_comment(f"Comment {number}") for number in range(3)]
    held, shown = make_comment("Ring 07700 900123"), make_published(by=coordinator.user)
    made = decide_many(comments=[*waiting, held, shown], change="publish", by=coordinator.user)
    assert made.done == waiting
    assert made.left == [held, shown]
    assert {decision.batch for decision in ModerationDecision.objects.filter(comment__in=waiting)} == {made.batch}


def test_publishing_what_was_shown_at_once_means_that_it_stays(coordinator: Person) -> None:
    comment = shown_at_once()
    made = decide_many(comments=[comment], change="publish", by=coordinator.user)
    assert made.done == [comment]
    assert comment.decisions.newest_first()[0].did == "read"


def test_many_are_declined_with_one_reason_and_held_ones_too(coordinator: Person) -> None:
    comments = [make_comment(), make_comment("Ring 07700 900123"), make_published(by=coordinator.user)]
    decide_many(comments=comments, change="decline", by=coordinator.user, reason="advert", told="No adverts, please.")
    assert statuses(comments) == ["declined"] * 3
    assert {decision.told for comment in comments if (decision := comment.last_decision)} == {"No adverts, please."}


@pytest.mark.parametrize(
    ("change", "reason", "words"),
    [("decline", "", "Say why"), ("hold", "unkind", "Say why"), ("erase", "asked", "no such"), ("x", "", "no such")],
)
def test_without_a_good_reason_nothing_is_changed(coordinator: Person, change: str, reason: str, words: str) -> None:
    comments = [make_comment(), make_comment("Another")]
    with pytest.raises(Refused, match=words):
        decide_many(comments=comments, change=change, by=coordinator.user, reason=reason)
    assert statuses(comments) == ["waiting"] * 2


def test_one_press_takes_all_of_it_back(coordinator: Person) -> None:
    comments = [make_comment(), make_comment("Ring 07700 900123"), shown_at_once()]
    before = statuses(comments)
    made = decide_many(comments=comments, change="decline", by=coordinator.user, reason="advert")
    back = undo_many(batch=made.batch, by=coordinator.user)
    assert (len(back.done), back.left) == (3, [])
    assert statuses(comments) == before
    assert PlaceComment.objects.get(pk=comments[2].pk).is_unread


def test_what_was_decided_anew_since_stays(coordinator: Person) -> None:
    other = member_of_staff("olive", "coordinator").user
    comments = [make_comment(), make_comment("Another")]
    made = decide_many(comments=comments, change="publish", by=coordinator.user)
    decide(comment=comments[0], change="decline", by=other, reason="unkind")
    back = undo_many(batch=made.batch, by=coordinator.user)
    assert (back.done, back.left) == ([comments[1]], [comments[0]])
    assert statuses(comments) == ["declined", "waiting"]
    with pytest.raises(Refused, match="decided anew"):
        undo_many(batch=made.batch, by=coordinator.user)


def test_nobody_takes_back_what_somebody_else_pressed(coordinator: Person) -> None:
    made = decide_many(comments=[make_comment()], change="publish", by=coordinator.user)
    with pytest.raises(Refused, match="no decision to undo"):
        undo_many(batch=made.batch, by=member_of_staff("olive", "coordinator").user)


@pytest.mark.parametrize("role", ["editor", "navigator", "lead", "partner", "administrator"])
def test_no_other_role_decides_about_many(role: str) -> None:
    person, comment = member_of_staff(role, role).user, make_comment()
    with pytest.raises(Refused, match="role"):
        decide_many(comments=[comment], change="publish", by=person)
    with pytest.raises(Refused, match="role"):
        undo_many(batch=uuid4(), by=person)


def test_each_comment_more_costs_few_queries_and_kept_answers_grow_old_once(coordinator: Person) -> None:
    few, many = ([make_comment(f"Comment {number}") for number in range(count)] for count in (5, 15))
    before = Consultation.objects.standing().version
    asked = []
    for comments in (few, many):
        with CaptureQueriesContext(connection) as captured:
            made = decide_many(comments=comments, change="publish", by=coordinator.user)
        with CaptureQueriesContext(connection) as taken_back:
            undo_many(batch=made.batch, by=coordinator.user)
        asked.append((len(captured), len(taken_back)))
    assert (asked[1][0] - asked[0][0]) / 10 <= 5
    assert (asked[1][1] - asked[0][1]) / 10 <= 7
    assert Consultation.objects.standing().version == before + 4
