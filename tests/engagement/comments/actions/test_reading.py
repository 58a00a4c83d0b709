"""Who has a comment open, who looked at what was taken out of it, and what was ticked."""

from datetime import timedelta

import pytest

from engagement.comments.actions.reading import open_comment, shut_comment, still_open, tick
from engagement.comments.actions.redacting import redact
from engagement.comments.models import ChecklistItem, Reading
from portal.audit.models import AuditEvent
from portal.refusals import Refused
from tests.conftest import Person, member_of_staff
from tests.factories.comments import MONDAY, make_comment

pytestmark = pytest.mark.django_db


def test_a_colleague_who_has_it_open_is_seen_and_after_a_while_no_longer(coordinator: Person) -> None:
    olive, comment = member_of_staff("olive", "coordinator").user, make_comment()
    assert open_comment(comment=comment, by=olive, now=MONDAY) == []
    assert open_comment(comment=comment, by=coordinator.user, now=MONDAY + timedelta(minutes=1)) == [olive]
    assert still_open(comment=comment, by=coordinator.user, now=MONDAY + timedelta(minutes=5)) == []
    assert still_open(comment=comment, by=olive, now=MONDAY + timedelta(minutes=6)) == [coordinator.user]


def test_whoever_shuts_the_page_is_gone_at_once(coordinator: Person) -> None:
    olive, comment = member_of_staff("olive", "coordinator").user, make_comment()
    open_comment(comment=comment, by=olive, now=MONDAY)
    shut_comment(comment=comment, by=olive)
    assert open_comment(comment=comment, by=coordinator.user, now=MONDAY) == []


def test_nobody_keeps_for_long_who_read_what(coordinator: Person) -> None:
    open_comment(comment=make_comment(), by=coordinator.user, now=MONDAY)
    open_comment(comment=make_comment("Another"), by=coordinator.user, now=MONDAY + timedelta(days=2))
    assert Reading.objects.count() == 1


def test_looking_at_what_was_taken_out_is_written_down(coordinator: Person) -> None:
    comment = make_comment("Ring 07700 900123")
    open_comment(comment=comment, by=coordinator.user, now=MONDAY)
    looks = AuditEvent.objects.about(comment).filter(action="comments.look")
    assert not looks.exists()
    comment = redact(comment=comment, words="Ring", where_words="", by=coordinator.user).comment
    open_comment(comment=comment, by=coordinator.user, now=MONDAY)
    assert looks.get().done_by == str(coordinator.user.pk)


def test_a_tick_stays_with_whoever_made_it_first(coordinator: Person) -> None:
    olive, comment = member_of_staff("olive", "coordinator").user, make_comment()
    first, second, *_ = ChecklistItem.objects.in_use()
    tick(comment=comment, items=[first], by=olive, now=MONDAY)
    tick(comment=comment, items=[first, second], by=coordinator.user, now=MONDAY)
    assert {line: kept.ticked_by for line, kept in comment.ticks_by_line().items()} == {
        first.pk: olive, second.pk: coordinator.user,
    }  # fmt: skip
    tick(comment=comment, items=[], by=coordinator.user, now=MONDAY)
    assert not comment.ticks.exists()


def test_no_other_role_opens_or_ticks(editor: Person) -> None:
    comment = make_comment()
    for refused in (
        lambda: open_comment(comment=comment, by=editor.user, now=MONDAY),
        lambda: still_open(comment=comment, by=editor.user, now=MONDAY),
        lambda: shut_comment(comment=comment, by=editor.user),
        lambda: tick(comment=comment, items=[], by=editor.user, now=MONDAY),
    ):
        with pytest.raises(Refused, match="role"):
            refused()
