"""Asking for the newspaper by post: staff look first, and nothing is taken where no letter would arrive."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from newsletter.actions.choosing import have_it_posted
from newsletter.actions.subscriptions import (
    ask,
    ask_for_post,
    confirm,
)
from newsletter.addresses import BadAddress
from newsletter.consent_words import CURRENT_POST
from newsletter.models import Consent, Subscriber
from newsletter.workflow import SubscriberState
from portal.audit.models import AuditEvent
from tests.factories.newsletter import a_reader

pytestmark = pytest.mark.django_db


def events(action: str) -> int:
    return AuditEvent.objects.filter(action=f"newsletter.{action}").count()


def a_consent(reader: Subscriber, **fields: object) -> Consent:
    return Consent.objects.create(
        subscriber=reader, wording_version="1", wording="Yes", **{"given_at": timezone.now(), **fields}
    )


def test_asking_for_post_waits_for_staff_and_writes_to_nobody() -> None:
    reader = ask_for_post(name="Ann Lee", postal_address="1 Third Street\nHorden SR8 4LX")
    assert (reader.state, reader.channel, reader.email) == (SubscriberState.PENDING, "post", "")
    (consent,) = reader.consents.all()
    assert (consent.wording_version, consent.confirmed_at) == (CURRENT_POST, None)
    assert DBTaskResult.objects.count() == 0
    assert "Ann" not in str(list(AuditEvent.objects.values()))


@pytest.mark.parametrize(
    ("name", "postal_address"),
    [
        ("Ann Lee", "1 Third Street"),
        ("Ann Lee", ""),
        ("", "1 Third Street, SR8 4LX"),
        ("Ann", "1 Street SR8 4LX" + "x" * 300),
    ],
    ids=["no postcode", "nothing", "no name", "too long"],
)
def test_nobody_asks_for_post_where_no_letter_would_arrive(name: str, postal_address: str) -> None:
    with pytest.raises(BadAddress, match=r"Enter|Use"):
        ask_for_post(name=name, postal_address=postal_address)
    reader = a_reader("ann@example.org")
    with pytest.raises(BadAddress, match=r"Enter|Use"):
        have_it_posted(subscriber=reader, name=name, postal_address=postal_address)
    assert Subscriber.objects.get() == reader


def test_the_same_asking_for_post_waits_once_and_leaves_a_known_reader_alone() -> None:
    known = a_reader("", channel="post", name="Ann Lee", postal_address="1 Third Street, SR8 4LX")
    first = ask_for_post(name="Ann Lee", postal_address="1 Third Street, SR8 4LX")
    assert first != known
    assert ask_for_post(name="ANN LEE", postal_address="1 third street, SR8 4LX") == first


def test_who_had_it_posted_left_and_asked_anew_for_mail_does_not_wait_for_post() -> None:
    reader = a_reader(state=SubscriberState.LEFT, channel="post", name="Ann", postal_address="1 Third Street")
    Subscriber.objects.filter(pk=reader.pk).update(left_at=timezone.now() - timedelta(days=1))
    confirmed = confirm(consent=ask(email=reader.email).consents.get())
    assert (confirmed.channel, confirmed.postal_address, confirmed.waits_for_post) == ("email", "", False)
