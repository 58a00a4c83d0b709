"""Which kind of service asked is written down by whoever reads it, and goes when the person is erased."""

from datetime import timedelta

import pytest

from portal.audit.models import AuditEvent
from selfreferral.actions.erasing import erase_in_time
from selfreferral.actions.sources import name_service
from selfreferral.models import Referral, ReferralSource
from selfreferral.refusals import ChangedMeanwhile, Hidden, NotYours, SomethingMissing
from tests.conftest import Person
from tests.factories.selfreferral import FOR_MY_SISTER, WEDNESDAY, claimed

pytestmark = pytest.mark.django_db
LATER = WEDNESDAY + timedelta(hours=1)
FROM_WORK = {**FOR_MY_SISTER, "for_whom": "worker", "relationship": "I am his nurse"}


def named(referral: Referral, person: Person, service: ReferralSource | None, version: int | None = None) -> Referral:
    seen = referral.version if version is None else version
    return name_service(referral=referral, service=service, seen_version=seen, by=person.user, now=LATER)


def test_the_service_is_written_down_put_right_and_taken_back(navigator: Person) -> None:
    police, surgery = ReferralSource.objects.offered()[:2]
    referral = claimed(by=navigator.user, **FROM_WORK)
    said = {"service": police.pk, "seen_version": referral.version}
    assert navigator.post(f"/staff/referrals/{referral.reference}/service/", said).status_code == 302
    referral.refresh_from_db()
    assert referral.came_from == police
    assert named(referral, navigator, surgery).came_from == surgery
    assert named(referral, navigator, None).came_from is None
    assert AuditEvent.objects.filter(action="selfreferral.name_service").count() == 3


def test_the_service_is_refused_where_none_asked_or_somebody_may_not_write(
    navigator: Person, other_navigator: Person, coordinator: Person
) -> None:
    police = ReferralSource.objects.get(name="Police")
    referral = claimed(by=navigator.user, **FROM_WORK)
    with pytest.raises(SomethingMissing, match="No service asked"):
        named(claimed(by=navigator.user), navigator, police)
    with pytest.raises(ChangedMeanwhile):
        named(referral, navigator, police, version=referral.version - 1)
    with pytest.raises(Hidden):
        named(referral, other_navigator, police)
    with pytest.raises(NotYours):
        named(referral, coordinator, police)
    assert referral.came_from is None


def test_the_service_goes_with_the_person(navigator: Person) -> None:
    referral = claimed(by=navigator.user, **FROM_WORK)
    named(referral, navigator, ReferralSource.objects.get(name="Police"))
    erase_in_time(referral=referral, now=LATER)
    referral.refresh_from_db()
    assert referral.came_from is None


def test_the_lead_keeps_the_list_and_nobody_else_does(lead: Person, navigator: Person, coordinator: Person) -> None:
    assert b"Police" in lead.get("/staff/referral-sources/").content
    lead.post("/staff/referral-sources/new/", {"name": "Food bank", "position": 7, "is_offered": "on"})
    assert ReferralSource.objects.offered()[0].name == "Food bank"
    for person in (navigator, coordinator):
        assert b"Police" not in person.get("/staff/referral-sources/").content
