"""The whole history of a comment: what was sent, what was decided and told, and what each redaction took out."""

import pytest

from engagement.comments.actions.moderating import decide
from engagement.comments.actions.redacting import redact, undo_redaction
from engagement.comments.desk.history import history_of
from engagement.comments.models import Addition, PlaceComment
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_comment

pytestmark = pytest.mark.django_db


def test_everything_that_happened_stands_in_order(coordinator: Person) -> None:
    comment = make_comment("Ring Dave today")
    redact(comment=comment, words="Ring today", where_words="the back lane", by=coordinator.user, note="A name")
    undo_redaction(comment=comment, by=coordinator.user)
    redact(comment=comment, words="Dave today", where_words="the back lane", by=coordinator.user)
    decide(comment=comment, change="decline", by=coordinator.user, reason="unkind", told="Be kind.")
    Addition.objects.create(comment=comment, words="Sorry", added_at=MONDAY)
    lines = history_of(PlaceComment.objects.get())
    assert [line.did for line in lines] == [
        "sent",
        "added words",
        "took something out of",
        "put back what was taken out of",
        "took something out of",
        "declined",
    ]
    assert [piece.text for piece in lines[2].pieces if piece.is_out] == ["Dave"]
    assert [piece.text for piece in lines[4].pieces if piece.is_out] == ["Ring"]
    assert lines[2].why == "A name"
    assert lines[-1].told == "Be kind."


def test_the_page_shows_staff_what_was_sent_and_what_is_shown(coordinator: Person) -> None:
    comment = make_comment("Ring Dave today")
    redact(comment=comment, words="Ring today", where_words="back lane", by=coordinator.user)
    page = coordinator.get(f"/staff/comments/{comment.reference}/").content.decode()
    assert "<del>Dave</del>" in page
    assert "Where: the back lane" in page
    assert "Coordinator</td><td>took something out of" in page
