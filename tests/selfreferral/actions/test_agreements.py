"""Agreements to share are the lead’s: written down, refused where they cannot hold, and ended early."""

from datetime import timedelta
from typing import Any

import pytest

from portal.audit.models import AuditEvent
from selfreferral.actions.sharing import (
    end_agreement,
)
from selfreferral.models import SharingAgreement
from selfreferral.refusals import NotYours, SomethingMissing
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY
from tests.factories.together import TODAY, an_agreement, shared_with
from tests.selfreferral.actions.test_sharing import in_force

pytestmark = pytest.mark.django_db
TOMORROW, FRIDAY = TODAY + timedelta(days=1), TODAY + timedelta(days=2)


def test_the_lead_writes_an_agreement_down(lead: Person) -> None:
    agreement = an_agreement(by=lead.user)
    assert agreement.standing(TODAY) == "In force"
    assert AuditEvent.objects.about(agreement).get().action == "selfreferral.record_agreement"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"begins_on": FRIDAY, "ends_on": TOMORROW}, "first day or later"),
        ({"begins_on": TODAY - timedelta(9), "ends_on": TODAY - timedelta(1)}, "gone already"),
        ({"partner_name": " "}, "with whom"),
        ({"purpose": ""}, "with whom"),
        ({"lawful_basis": ""}, "lawful basis"),
    ],
)
def test_an_agreement_that_cannot_hold_is_refused(lead: Person, changed: dict[str, Any], says: str) -> None:
    with pytest.raises(SomethingMissing, match=says):
        an_agreement(by=lead.user, **changed)


def test_agreements_are_the_leads(navigator: Person, lead: Person) -> None:
    with pytest.raises(NotYours):
        an_agreement(by=navigator.user)
    with pytest.raises(NotYours):
        end_agreement(agreement=an_agreement(by=lead.user), by=navigator.user, now=WEDNESDAY)


def test_two_with_one_partner_may_overlap(lead: Person) -> None:
    an_agreement(by=lead.user)
    an_agreement(by=lead.user, purpose="Something else.")
    assert SharingAgreement.objects.in_force(today=TODAY).count() == 2


def test_ended_early_it_takes_its_views_along(navigator: Person, lead: Person, partner: Person) -> None:
    view = shared_with(partner.user, by=lead.user)
    end_agreement(agreement=view.agreement, by=lead.user, now=WEDNESDAY)
    view.refresh_from_db()
    assert (view.ended_at, view.ended_by, in_force()) == (WEDNESDAY, lead.user, 0)


def test_what_is_over_is_not_ended_again(lead: Person) -> None:
    agreement = an_agreement(by=lead.user)
    end_agreement(agreement=agreement, by=lead.user, now=WEDNESDAY)
    with pytest.raises(NotYours, match="over already"):
        end_agreement(agreement=agreement, by=lead.user, now=WEDNESDAY)
    old = an_agreement(by=lead.user, ends_on=FRIDAY)
    with pytest.raises(NotYours, match="over already"):
        end_agreement(agreement=old, by=lead.user, now=WEDNESDAY + timedelta(days=3))
    assert [agreement.standing(TODAY), old.standing(FRIDAY + timedelta(1))] == ["Ended early", "Over"]
