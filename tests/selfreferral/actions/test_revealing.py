"""Seeing what a colleague holds takes a reason, which is written for good before the page opens."""

import pytest
from django.db import DatabaseError

from portal.audit.models import AuditEvent
from selfreferral.actions import looking
from selfreferral.actions.revealing import reveal
from selfreferral.models import Acquaintance, Reveal
from selfreferral.refusals import Hidden
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_referral, claimed

pytestmark = pytest.mark.django_db


def test_the_reason_is_kept_and_written(navigator: Person, other_navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    row = reveal(referral=referral, why=Reveal.Why.RANG, by=other_navigator.user, now=WEDNESDAY)
    assert (row.why, row.revealed_by, row.revealed_at) == ("rang", other_navigator.user, WEDNESDAY)
    event = AuditEvent.objects.about(referral).newest_first()[0]
    assert (event.action, event.done_by) == ("selfreferral.look", str(other_navigator.user.pk))
    assert event.detail == {"purpose": "reveal", "whose": "anothers", "why": "rang"}


def test_without_writing_nothing_opens(
    navigator: Person, other_navigator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise DatabaseError

    referral = claimed(by=navigator.user)
    monkeypatch.setattr(looking, "record", broken)
    with pytest.raises(DatabaseError):
        reveal(referral=referral, why=Reveal.Why.COVER, by=other_navigator.user, now=WEDNESDAY)
    assert not Reveal.objects.exists()


def test_a_reason_does_not_open_what_is_kept_from_somebody_who_knows_the_person(
    navigator: Person, other_navigator: Person
) -> None:
    referral = claimed(by=navigator.user)
    Acquaintance.objects.create(referral=referral, known_by=other_navigator.user, said_at=WEDNESDAY)
    with pytest.raises(Hidden, match="You know this person"):
        reveal(referral=referral, why=Reveal.Why.SAFETY, by=other_navigator.user, now=WEDNESDAY)
    assert not Reveal.objects.exists()


def test_what_is_open_takes_no_reason(navigator: Person, lead: Person) -> None:
    for referral, person in ((a_referral(), navigator), (claimed(by=navigator.user), lead)):
        with pytest.raises(Hidden, match="see this already"):
            reveal(referral=referral, why=Reveal.Why.CHECK, by=person.user, now=WEDNESDAY)
