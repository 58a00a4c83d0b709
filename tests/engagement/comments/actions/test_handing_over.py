"""A cry for help is passed on with its author's leave, once, and forgotten here; without leave nothing goes anywhere."""

from datetime import timedelta

import pytest

from engagement.comments import handing_over
from engagement.comments.actions.handing_over import hand_over
from engagement.comments.actions.redacting import redact
from engagement.comments.handing_over import CryForHelp, register_taker
from engagement.comments.models import HelpConsent, PlaceComment
from portal.audit.models import AuditEvent
from portal.refusals import Refused
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_comment
from tests.factories.purging import purged

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[CryForHelp]:
    """What a room that takes requests for help was given."""
    found: list[CryForHelp] = []
    monkeypatch.setattr(handing_over, "_takers", [])
    register_taker(lambda cry, by, now: found.append(cry))
    return found


def with_consent() -> PlaceComment:
    comment = make_comment("I am frightened in this house")
    HelpConsent.objects.create(comment=comment, name="Jo", reach="07700 900123", given_at=MONDAY)
    return comment


def test_it_is_passed_on_whole_and_forgotten_here(coordinator: Person, taken: list[CryForHelp]) -> None:
    comment = with_consent()
    redact(comment=comment, words="I am frightened", where_words="", by=coordinator.user)
    hand_over(comment=comment, by=coordinator.user, now=MONDAY, cannot_wait=True)
    (cry,) = taken
    assert (cry.words, cry.where, cry.name, cry.reach) == (
        "I am frightened in this house", "the back lane", "Jo", "07700 900123",
    )  # fmt: skip
    assert cry.cannot_wait
    assert comment.reference not in cry.key
    consent = HelpConsent.objects.get()
    assert (consent.name, consent.reach, consent.passed_on_at) == ("", "", MONDAY)
    event = AuditEvent.objects.about(comment).newest_first()[0]
    assert (event.action, event.detail) == ("comments.hand_over", {})


def test_it_is_passed_on_once(coordinator: Person, taken: list[CryForHelp]) -> None:
    comment = with_consent()
    hand_over(comment=comment, by=coordinator.user, now=MONDAY)
    with pytest.raises(Refused, match="already"):
        hand_over(comment=comment, by=coordinator.user, now=MONDAY)
    assert len(taken) == 1


def test_without_leave_nothing_goes_anywhere(coordinator: Person, editor: Person, taken: list[CryForHelp]) -> None:
    with pytest.raises(Refused, match="has not said"):
        hand_over(comment=make_comment(), by=coordinator.user, now=MONDAY)
    with pytest.raises(Refused, match="role"):
        hand_over(comment=with_consent(), by=editor.user, now=MONDAY)
    assert taken == []


def test_where_it_cannot_be_taken_it_stays_whole(coordinator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_over, "_takers", [])
    comment = with_consent()
    with pytest.raises(Refused, match="Nobody here takes"):
        hand_over(comment=comment, by=coordinator.user, now=MONDAY)

    def shut(*_: object) -> None:
        raise Refused("Not now.")

    register_taker(shut)
    with pytest.raises(Refused, match="Not now"):
        hand_over(comment=comment, by=coordinator.user, now=MONDAY)
    assert HelpConsent.objects.get().reach == "07700 900123"


def test_what_was_not_passed_on_is_forgotten_after_four_weeks(coordinator: Person) -> None:
    with_consent()
    assert purged(MONDAY + timedelta(days=28), "comments.leave_to_help") == 0
    assert purged(MONDAY + timedelta(days=29), "comments.leave_to_help") == 1
    assert not HelpConsent.objects.exists()
