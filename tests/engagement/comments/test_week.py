"""The coordinator's numbers of the week, for nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from engagement.comments.week import held_line, unanswered_line, waiting_line
from portal.pages.week import the_week
from tests.conftest import Person
from tests.factories.comments import make_comment, make_published

pytestmark = pytest.mark.django_db
LINES = (held_line, waiting_line, unanswered_line)


def test_the_coordinator_sees_held_waiting_and_unanswered(coordinator: Person) -> None:
    make_comment("Ring 07700 900123")
    make_comment()
    make_comment()
    make_published(by=coordinator.user, now=timezone.now() - timedelta(days=29))
    held, waiting, unanswered = (line(coordinator.user) for line in LINES)
    assert held is not None
    assert waiting is not None
    assert unanswered is not None
    assert (held.count, waiting.count, unanswered.count) == (1, 2, 1)
    assert (held.is_urgent, waiting.is_urgent) == (True, False)
    for line in (held, waiting, unanswered):
        assert line in the_week(coordinator.user)
        assert coordinator.get(line.url).status_code == 200
        assert len(coordinator.get(line.url).context["rows"]) == line.count


def test_nobody_else_sees_them(editor: Person, navigator: Person, administrator: Person) -> None:
    for person in (editor, navigator, administrator):
        assert [line(person.user) for line in LINES] == [None, None, None]
