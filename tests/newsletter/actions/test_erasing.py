"""A reader asks what we hold, or to be deleted."""

import json

import pytest
from django.utils import timezone

from newsletter.actions.subscriptions import ask, confirm
from newsletter.models import Campaign, Consent, Delivery, Subscriber, Topic
from newsletter.workflow import CampaignState, DeliveryState
from portal.audit.models import AuditEvent
from portal.emails.models import Suppression
from portal.emails.suppression import is_suppressed, suppress
from tests.conftest import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Subscriber:
    """Somebody with a choice, a consent and a copy."""
    reader = confirm(consent=ask(email="ann@example.org").consents.get())
    reader.topics.add(Topic.objects.create(name="Food", slug="food"))
    now = timezone.now()
    campaign = Campaign.objects.create(state=CampaignState.SENT, subject="Winter", candidates=1, starts_at=now)
    Delivery.objects.create(
        campaign=campaign, subscriber=reader, message_id="<m@localhost>", state=DeliveryState.SUBMITTED
    )
    return reader


def path(reader: Subscriber, deed: str) -> str:
    return f"/staff/newspaper/readers/{reader.pk}/{deed}/"


def test_who_asks_is_deleted_with_the_consent_and_the_counts_stay(reader: Subscriber, coordinator: Person) -> None:
    suppress(address=reader.email, reason=Suppression.Reason.ASKED)
    said = coordinator.post(path(reader, "erase"), {"is_sure": "yes"}, follow=True).content.decode()
    assert "Deleted, with all that they agreed to" in said
    assert not Subscriber.objects.exists()
    assert not Consent.objects.exists()
    assert Delivery.objects.get().subscriber is None
    assert is_suppressed("ann@example.org")
    event = AuditEvent.objects.get(action="newsletter.erase")
    assert event.detail == {"consents": 1, "copies": 1}
    assert "ann@" not in str(list(AuditEvent.objects.values()))


def test_nobody_is_deleted_by_a_slip_of_the_hand(reader: Subscriber, coordinator: Person) -> None:
    said = coordinator.post(path(reader, "erase"), follow=True).content.decode()
    assert "Tick that you are sure" in said
    assert Subscriber.objects.count() == 1
    assert not AuditEvent.objects.filter(action="newsletter.erase").exists()


def test_all_that_is_held_is_one_file_and_that_it_went_out_is_written_down(reader: Subscriber, editor: Person) -> None:
    Consent.objects.update(recorded_by=editor.user)
    response = editor.post(path(reader, "hand-out"))
    assert response["Content-Disposition"] == f'attachment; filename="reader-{reader.pk}.json"'
    held = json.loads(response.content)
    assert held["reader"]["email"] == "ann@example.org"
    assert held["reader"]["topics"] == ["Food"]
    assert held["consents"][0]["recorded_by"] == "somebody of the team"
    assert held["copies"][0]["message_id"] == "<m@localhost>"
    assert held["copies"][0]["what"] == "Winter"
    assert set(held["reader"]) == set(Subscriber.personal_data.fields)
    assert AuditEvent.objects.filter(action="newsletter.hand_out").count() == 1


@pytest.mark.parametrize("deed", ["erase", "hand-out"])
def test_only_those_who_keep_the_list_may(deed: str, reader: Subscriber, navigator: Person, stranger: Person) -> None:
    for person, status in ((navigator, 403), (stranger, 302)):
        assert person.post(path(reader, deed), {"is_sure": "yes"}).status_code == status
    assert navigator.get(path(reader, deed)).status_code == 403
    assert Subscriber.objects.count() == 1
