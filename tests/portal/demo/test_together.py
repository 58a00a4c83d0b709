"""The demo shows what a partner and an administrator see, once however often it is loaded."""

import pytest
from django.utils import timezone

from portal.demo.together import load_together
from selfreferral.models import ErasureRequest, Referral, SharedView, SharingAgreement
from tests.conftest import Person
from tests.factories.selfreferral import talked_with

pytestmark = pytest.mark.django_db


def test_there_is_something_to_see_for_each_and_only_once(lead: Person, partner: Person, administrator: Person) -> None:
    now = timezone.now()
    for token in ("demo:example-i", "demo:example-l"):
        Referral.objects.filter(pk=talked_with(by=lead.user, now=now).pk).update(submission_token=token)
    for _ in range(2):
        load_together(people={"lead": lead.user, "partner": partner.user}, now=now)
    assert (SharingAgreement.objects.count(), SharedView.objects.count(), ErasureRequest.objects.count()) == (1, 1, 1)
    view, wish = SharedView.objects.get(), ErasureRequest.objects.get()
    assert partner.get(f"/staff/shared/{view.pk}/").status_code == 200
    assert wish.referral.reference in administrator.get("/staff/erasures/").content.decode()
