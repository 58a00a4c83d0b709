"""A comment that was a cry for help becomes a referral: sealed, by the one safe way that was given, told by number only."""

from typing import Any

import pytest
from django.conf import LazySettings
from django_tasks_db.models import DBTaskResult

from engagement.comments.handing_over import CryForHelp, the_taker
from portal.audit.models import AuditEvent
from portal.refusals import Refused
from selfreferral.actions.comments import take_from_comment
from selfreferral.contact.card import Channel
from selfreferral.models import Referral
from selfreferral.reading import read
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY

pytestmark = pytest.mark.django_db


def cry(**said: Any) -> CryForHelp:
    usual = {
        "key": "a key",
        "words": "I am frightened in this house",
        "where": "Third Street",
        "name": "Jo",
        "reach": "07700 900123",
        "cannot_wait": False,
        "is_example": False,
    }
    return CryForHelp(**{**usual, **said})


def test_this_room_takes_what_comments_offer() -> None:
    assert the_taker() is take_from_comment


@pytest.mark.parametrize(("reach", "way"), [("07700 900123", Channel.RING), ("jo@example.org", Channel.EMAIL)])
def test_the_one_way_that_was_given_is_the_only_safe_one(
    coordinator: Person, navigator: Person, reach: str, way: Channel
) -> None:
    take_from_comment(cry(reach=reach), coordinator.user, WEDNESDAY)
    opened = read(Referral.objects.get(), by=navigator.user, now=WEDNESDAY)
    assert opened.name == "Jo"
    assert opened.card.allowed == (way,)
    assert opened.card.detail(way) == reach
    story = opened.story[1].value
    assert story.startswith("I am frightened in this house")
    assert "Third Street" in story


def test_it_stands_in_the_queue_as_what_it_is(coordinator: Person) -> None:
    take_from_comment(cry(cannot_wait=True, is_example=True), coordinator.user, WEDNESDAY)
    referral = Referral.objects.get()
    assert (referral.source, referral.state, referral.changed_by) == ("comment", "new", coordinator.user)
    assert referral.is_urgent
    decision = referral.urgency_decisions.get()
    assert (decision.is_urgent, decision.decided_by) == (True, coordinator.user)
    assert referral.is_example
    assert DBTaskResult.objects.filter(task_path__endswith="alert_navigators").count() == 1


def test_passed_on_twice_it_is_one(coordinator: Person) -> None:
    for _ in range(2):
        take_from_comment(cry(), coordinator.user, WEDNESDAY)
    assert Referral.objects.count() == 1


def test_the_history_does_not_say_which_comment_it_was(coordinator: Person) -> None:
    take_from_comment(cry(key="K7M-2QX"), coordinator.user, WEDNESDAY)
    events = AuditEvent.objects.filter(action__startswith="selfreferral.")
    assert {event.action for event in events} == {"selfreferral.send", "selfreferral.take_from_comment"}
    assert "K7M" not in str([event.detail for event in events])
    assert "K7M" not in Referral.objects.get().submission_token


def test_words_that_are_too_long_keep_their_place(coordinator: Person, navigator: Person) -> None:
    take_from_comment(cry(words="w" * 6000), coordinator.user, WEDNESDAY)
    assert "Third Street" in read(Referral.objects.get(), by=navigator.user, now=WEDNESDAY).story[1].value


def test_without_keys_nothing_is_taken_in(coordinator: Person, settings: LazySettings) -> None:
    settings.REFERRAL_KEYS = []
    with pytest.raises(Refused, match="cannot be taken in just now"):
        take_from_comment(cry(), coordinator.user, WEDNESDAY)
    assert not Referral.objects.exists()
