"""The team writes back."""

import pytest

from engagement.comments.actions.answering import respond
from engagement.comments.models import Consultation, Response
from portal.audit.models import AuditEvent
from portal.refusals import Refused
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_comment, make_published

pytestmark = pytest.mark.django_db


def test_an_answer_stands_under_a_published_comment(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    response = respond(comment=comment, words="Thank you.\x00", by=coordinator.user, now=MONDAY)
    assert (response.words, response.responded_at, response.responded_by) == ("Thank you.", MONDAY, coordinator.user)
    assert str(response) == f"Answer to {comment.pk}"
    assert AuditEvent.objects.about(comment).newest_first()[0].action == "comments.respond"


def test_nobody_is_answered_before_they_are_published(coordinator: Person) -> None:
    with pytest.raises(Refused, match="Publish the comment first"):
        respond(comment=make_comment(), words="Thank you", by=coordinator.user)
    with pytest.raises(Refused, match="Write an answer"):
        respond(comment=make_published(by=coordinator.user), words=" \n", by=coordinator.user)
    assert not Response.objects.exists()


def test_an_answer_makes_kept_pages_new(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    before = Consultation.objects.standing().version
    respond(comment=comment, words="Thank you.", by=coordinator.user)
    assert Consultation.objects.standing().version == before + 1


def test_no_other_role_answers(coordinator: Person, editor: Person) -> None:
    with pytest.raises(Refused, match="role"):
        respond(comment=make_published(by=coordinator.user), words="Hello", by=editor.user)
