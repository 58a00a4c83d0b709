"""Who gets an issue and who is left out."""

from typing import Any

import pytest

from newsletter import audience
from newsletter.audience import candidates
from newsletter.workflow import Reason, SubscriberState
from tests.factories.newsletter import a_reader, a_silenced_reader, readers

pytestmark = pytest.mark.django_db


def test_everybody_confirmed_is_accounted_for() -> None:
    ann = a_reader("Ann@example.org")
    paused = a_reader("paused@example.org", wants_issues=False)
    silenced = a_silenced_reader()
    a_reader("new@example.org", state=SubscriberState.PENDING)
    a_reader("gone@example.org", state=SubscriberState.LEFT)
    assert dict(candidates()) == {ann.pk: None, paused.pk: Reason.PAUSED, silenced.pk: Reason.SUPPRESSED}


def test_a_pause_does_not_hide_that_no_mail_may_go() -> None:
    silenced = a_silenced_reader()
    silenced.wants_issues = False
    silenced.save()
    assert dict(candidates()) == {silenced.pk: Reason.SUPPRESSED}


def test_readers_are_looked_up_in_helpings(monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any) -> None:
    monkeypatch.setattr(audience, "CHUNK", 4)
    readers(10)
    with django_assert_max_num_queries(1 + 3):
        assert len(list(candidates())) == 10
