"""Words that an author added later: shown once somebody has read them, without what is private, and taken back again."""

import pytest

from engagement.comments.actions.adding import decide_addition, put_addition_back
from engagement.comments.models import Addition, PlaceComment
from portal.refusals import Refused
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_comment, make_published
from tests.factories.following import forget_work, make_follower, waiting_work

pytestmark = pytest.mark.django_db


def add_to(comment: PlaceComment, words: str = "Ring Dave about it") -> Addition:
    return Addition.objects.create(comment=comment, words=words, added_at=MONDAY)


def test_what_is_private_in_them_is_taken_out_and_kept(coordinator: Person) -> None:
    addition = add_to(make_published(by=coordinator.user))
    before = addition.comment.consultation.version
    made = decide_addition(addition=addition, is_published=True, words="Ring about it", by=coordinator.user, now=MONDAY)
    assert (made.status, made.words, made.decided_by) == ("published", "Ring [taken out] about it", coordinator.user)
    assert made.redactions.get().words_before == "Ring Dave about it"
    addition.comment.consultation.refresh_from_db()
    assert addition.comment.consultation.version > before
    back = put_addition_back(addition=made, by=coordinator.user)
    assert (back.status, back.words, back.decided_at) == ("waiting", "Ring Dave about it", None)


def test_they_are_declined_whole(coordinator: Person) -> None:
    addition = add_to(make_comment())
    made = decide_addition(addition=addition, is_published=False, words="x", by=coordinator.user)
    assert (made.status, made.words) == ("declined", "Ring Dave about it")


def test_only_the_author_is_told_that_the_words_are_shown(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    author = make_follower(comment, is_author=True)
    make_follower(comment, "ben@example.org")
    forget_work()
    decide_addition(addition=add_to(comment), is_published=True, by=coordinator.user)
    assert [work["follower_id"] for work in waiting_work("send_letter")] == [author.pk]


def test_what_cannot_be_done_is_said(coordinator: Person, editor: Person) -> None:
    waiting = add_to(make_comment())
    with pytest.raises(Refused, match="Publish the comment first"):
        decide_addition(addition=waiting, is_published=True, by=coordinator.user)
    shown = add_to(make_published(by=coordinator.user))
    with pytest.raises(Refused, match="Nothing would be left"):
        decide_addition(addition=shown, is_published=True, words="", by=coordinator.user)
    with pytest.raises(Refused, match="not put in"):
        decide_addition(addition=shown, is_published=True, words="Ring Ann", by=coordinator.user)
    for refused in (
        lambda: decide_addition(addition=shown, is_published=True, by=editor.user),
        lambda: put_addition_back(addition=shown, by=editor.user),
    ):
        with pytest.raises(Refused, match="role"):
            refused()
    decide_addition(addition=shown, is_published=True, by=coordinator.user)
    with pytest.raises(Refused, match="Coordinator has decided"):
        decide_addition(addition=shown, is_published=False, by=coordinator.user)
