"""The demo's face-to-face session: whole, marked as an example, and loaded once."""

import pytest
from django.utils import timezone

from engagement.comments.models import EngagementEvent, Promise
from portal.demo.comments import load_comments
from portal.demo.places import load_places
from portal.demo.sessions import load_session
from portal.demo.source import facts
from tests.conftest import Person

pytestmark = pytest.mark.django_db


def test_the_example_is_written_up_in_full_and_only_once(coordinator: Person) -> None:
    now = timezone.now()
    load_places()
    load_comments(coordinator=coordinator.user, now=now)
    for _ in range(2):
        load_session(coordinator=coordinator.user, now=now)
    session = EngagementEvent.objects.get()
    comments = list(session.said())
    assert session.is_example
    assert len(comments) == len(facts("session")["entries"])
    assert all(comment.is_example for comment in comments)
    assert {comment.status for comment in comments} == {"published", "waiting"}
    assert Promise.objects.to_keep().count() == 2
