"""The team writes back, and says what was done."""

from datetime import date, timedelta
from typing import Any

import pytest

from engagement.comments.actions.answering import link_action, publish_action, record_action, respond, unpublish_action
from engagement.comments.models import Action, Response
from portal.audit.models import AuditEvent
from portal.refusals import Refused
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_action, make_comment, make_published

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


def test_an_action_is_a_draft_until_it_is_published(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    action = record_action(
        title="Clips", words="We gave out clips.", status="done", comments=[comment], by=coordinator.user
    )
    assert not action.is_published
    shown = publish_action(action=action, by=coordinator.user, now=MONDAY)
    assert (shown.published_at, shown.published_by) == (MONDAY, coordinator.user)
    later = publish_action(action=action, by=coordinator.user, now=MONDAY + timedelta(days=1))
    assert later.published_at == MONDAY
    assert AuditEvent.objects.about(action).count() == 2


def test_an_action_can_be_changed_and_taken_back(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    action = make_action(by=coordinator.user)
    record_action(
        action=action,
        title="Clips and lids",
        words="Both.",
        status="partly_done",
        done_on=date(2026, 3, 1),
        comments=[comment],
        by=coordinator.user,
    )
    changed = Action.objects.get()
    assert (changed.title, changed.status, changed.is_published) == ("Clips and lids", "partly_done", True)
    assert list(changed.comments.all()) == [comment]
    assert not unpublish_action(action=action, by=coordinator.user).is_published
    count = AuditEvent.objects.about(action).count()
    unpublish_action(action=action, by=coordinator.user)
    assert AuditEvent.objects.about(action).count() == count
    assert AuditEvent.objects.about(action).filter(action="comments.change_action").exists()


def test_an_action_can_answer_one_more_comment(coordinator: Person) -> None:
    action, comment = make_action(by=coordinator.user), make_published(by=coordinator.user)
    for _ in range(2):
        link_action(action=action, comment=comment, by=coordinator.user)
    assert list(action.comments.all()) == [comment]
    assert AuditEvent.objects.about(comment).filter(action="comments.link_action").count() == 1


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"title": " "}, "needs a title"),
        ({"words": "\x00"}, "needs a title and some words"),
        ({"status": "forgotten"}, "how far"),
    ],
)
def test_an_action_needs_title_words_and_status(coordinator: Person, said: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        make_action(by=coordinator.user, **said)
    assert not Action.objects.exists()


def test_no_other_role_answers(coordinator: Person, editor: Person) -> None:
    comment, action = make_published(by=coordinator.user), make_action(by=coordinator.user)
    for attempt in (
        lambda: respond(comment=comment, words="Hello", by=editor.user),
        lambda: make_action(by=editor.user),
        lambda: link_action(action=action, comment=comment, by=editor.user),
        lambda: publish_action(action=action, by=editor.user),
        lambda: unpublish_action(action=action, by=editor.user),
    ):
        with pytest.raises(Refused, match="role"):
            attempt()
