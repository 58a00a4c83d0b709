"""What authors do with their own comment, by a link and with no account."""

from datetime import timedelta

import pytest

from engagement.comments.actions.authoring import (
    MOST_WAITING,
    add_words,
    hide_name,
    may_add_words,
    own_withdrawal,
    put_back,
    withdraw,
)
from engagement.comments.actions.moderating import decide
from engagement.comments.models import Addition, PlaceComment
from engagement.comments.week import added_line
from portal.audit.models import AuditEvent
from portal.refusals import Refused
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_comment, make_published

pytestmark = pytest.mark.django_db


def test_an_author_takes_a_comment_back_and_puts_it_back(coordinator: Person) -> None:
    comment = withdraw(comment=make_published(by=coordinator.user), now=MONDAY)
    assert comment.status == "withdrawn"
    assert not PlaceComment.objects.published().exists()
    assert [decision.who for decision in comment.decisions.all()] == ["Coordinator", "The author"]
    back = put_back(comment=comment, now=MONDAY + timedelta(days=1))
    assert back.status == "published"
    assert back.published_at == MONDAY
    assert [decision.who for decision in back.decisions.all()][-1] == "The author"
    assert own_withdrawal(back) is None
    assert [event.action for event in AuditEvent.objects.about(comment).newest_first()[:2]] == [
        "comments.author_put_back",
        "comments.author_withdraw",
    ]


def test_what_waited_waits_again_when_it_is_put_back() -> None:
    comment = withdraw(comment=make_comment(), now=MONDAY)
    assert put_back(comment=comment).status == "waiting"


def test_a_comment_is_taken_back_once() -> None:
    comment = withdraw(comment=make_comment(), now=MONDAY)
    with pytest.raises(Refused, match="already"):
        withdraw(comment=comment)


def test_only_ones_own_taking_back_is_undone(coordinator: Person) -> None:
    with pytest.raises(Refused, match="nothing to put back"):
        put_back(comment=make_comment())
    by_staff = decide(comment=make_comment("More trees."), change="withdraw", by=coordinator.user, reason="asked")
    with pytest.raises(Refused, match="Ring us"):
        put_back(comment=by_staff.comment)


def test_nothing_is_left_to_change_of_an_erased_comment(coordinator: Person) -> None:
    comment = withdraw(comment=make_comment(), now=MONDAY)
    comment = decide(comment=comment, change="erase", by=coordinator.user, reason="asked").comment
    for change in (withdraw, put_back):
        with pytest.raises(Refused):
            change(comment=comment)
    with pytest.raises(Refused):
        add_words(comment=comment, words="More")
    assert not may_add_words(comment)


def test_an_author_hides_their_name(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user, author_name="Ann", is_name_shown=True)
    assert comment.shown_name == "Ann"
    assert hide_name(comment=comment).shown_name == ""
    hide_name(comment=comment)
    assert PlaceComment.objects.get().is_name_shown is False
    assert AuditEvent.objects.filter(action="comments.author_hide_name").count() == 1


def test_words_added_wait_for_a_moderator(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    addition = add_words(comment=comment, words=" It is worse\x00 now.\n", now=MONDAY)
    assert (addition.words, addition.status) == ("It is worse now.", Addition.Status.WAITING)
    assert add_words(comment=comment, words="It is worse now.").pk == addition.pk
    assert Addition.objects.count() == 1


def test_an_author_can_answer_when_a_comment_is_not_shown(coordinator: Person) -> None:
    comment = decide(comment=make_comment(), change="decline", by=coordinator.user, reason="not_here").comment
    assert add_words(comment=comment, words="It is the lane behind my shop.").status == Addition.Status.WAITING


def test_words_are_added_with_words_in_them_and_not_without_end(coordinator: Person) -> None:
    comment = make_comment()
    with pytest.raises(Refused, match="Write what"):
        add_words(comment=comment, words=" \n")
    for number in range(MOST_WAITING):
        add_words(comment=comment, words=f"More {number}")
    with pytest.raises(Refused, match="not read yet"):
        add_words(comment=comment, words="Still more")
    withdraw(comment=comment, now=MONDAY)
    with pytest.raises(Refused, match="Put it back first"):
        add_words(comment=comment, words="More")


def test_a_cry_for_help_in_words_added_later_makes_the_comment_urgent(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    add_words(comment=comment, words="And I do not want to live any more.")
    comment.refresh_from_db()
    assert (comment.status, comment.risk) == ("published", PlaceComment.Risk.HELP)
    event = AuditEvent.objects.about(comment).get(action="comments.heard_cry_for_help")
    assert event.detail == {"signs": ["no wish to live"]}
    line = added_line(coordinator.user)
    assert line is not None
    assert line.is_urgent


@pytest.mark.parametrize(
    ("words", "risk"),
    [
        ("Ring me on 07700 900123", PlaceComment.Risk.PERSONAL),
        ("See https://a.example and https://b.example", PlaceComment.Risk.PLAIN),
        ("It is worse now.", PlaceComment.Risk.PLAIN),
    ],
)
def test_words_added_later_are_heard_by_the_same_rules(words: str, risk: int) -> None:
    comment = make_comment()
    add_words(comment=comment, words=words)
    comment.refresh_from_db()
    assert comment.risk == risk
    assert not AuditEvent.objects.filter(action="comments.heard_cry_for_help").exists()


def test_harmless_words_do_not_make_a_cry_for_help_less_urgent() -> None:
    comment = make_comment("I have no food in the house")
    add_words(comment=comment, words="Ring 07700 900123")
    comment.refresh_from_db()
    assert comment.risk == PlaceComment.Risk.HELP
