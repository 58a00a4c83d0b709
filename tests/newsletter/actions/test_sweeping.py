"""What the night does to the list of readers."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from newsletter.actions.subscriptions import ask, ask_for_post, confirm
from newsletter.actions.sweeping import wake_paused
from newsletter.consent_words import CURRENT_POST
from newsletter.models import Consent, Subscriber
from newsletter.nightly import tidy_readers
from newsletter.readers.week import askings_for_post
from newsletter.workflow import SubscriberState
from portal.audit.models import AuditEvent
from portal.tasks import REGULAR
from tests.conftest import Person
from tests.factories.newsletter import a_reader
from tests.factories.purging import purged

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 1)
UNCONFIRMED = ("newsletter.askings", "newsletter.askings_for_post", "newsletter.never_confirmed")


def gone(days: int, email: str = "ann@example.org", **fields: object) -> Subscriber:
    return a_reader(email, state=SubscriberState.LEFT, left_at=timezone.now() - timedelta(days=days), **fields)


def soon() -> datetime:
    return timezone.now() + timedelta(days=29)


def test_a_pause_ends_on_its_day_or_after_and_not_before() -> None:
    due = a_reader("due@example.org", wants_issues=False, paused_until=TODAY)
    missed = a_reader("missed@example.org", wants_issues=False, paused_until=TODAY - timedelta(days=9))
    early = a_reader("early@example.org", wants_issues=False, paused_until=TODAY + timedelta(days=1))
    away = a_reader("away@example.org", wants_issues=False)
    assert wake_paused(today=TODAY) == 2
    for reader, wants in ((due, True), (missed, True), (early, False), (away, False)):
        reader.refresh_from_db()
        assert reader.wants_issues == wants
    assert due.paused_until is None
    assert wake_paused(today=TODAY) == 0
    assert AuditEvent.objects.get().detail == {"readers": 2}


def test_who_left_four_weeks_ago_is_forgotten_and_the_row_stays() -> None:
    kept: dict[str, Any] = {"name": "Ann", "postal_address": "1 Third Street", "new_postal_address": "9 Sea View"}
    old, young = gone(29, wants_large_print=True, **kept), gone(27, "bob@example.org")
    assert purged(timezone.now(), "newsletter.left") == 1
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.email, old.name, old.postal_address, old.new_postal_address) == ("", "", "", "")
    assert not old.wants_large_print
    assert young.email == "bob@example.org"
    assert purged(timezone.now(), "newsletter.left") == 0


def test_who_left_and_asked_anew_keeps_the_address_until_that_is_settled() -> None:
    reader = gone(29)
    consent = ask(email=reader.email).consents.get()
    assert purged(timezone.now(), "newsletter.left") == 0
    assert confirm(consent=consent).email == "ann@example.org"


def test_an_asking_that_nobody_confirmed_is_deleted_after_four_weeks() -> None:
    ask(email="ann@example.org")
    ask_for_post(name="Bob", postal_address="2 Third Street, SR8 4LX")
    known = a_reader("known@example.org")
    ask(email=known.email)
    assert purged(timezone.now(), *UNCONFIRMED) == 0
    # Two askings, and the one reader who was on the list for nothing else.
    assert purged(soon(), *UNCONFIRMED) == 3
    assert list(Subscriber.objects.filter(channel="email")) == [known]


def test_a_request_for_post_waits_three_months_for_staff_and_is_urgent_after_two_weeks(coordinator: Person) -> None:
    reader = ask_for_post(name="Bob", postal_address="2 Third Street, SR8 4LX")
    assert purged(timezone.now() + timedelta(days=89), *UNCONFIRMED) == 0
    assert reader.consents.count() == 1

    def is_urgent() -> bool:
        line = askings_for_post(coordinator.user)
        return line is not None and line.is_urgent

    assert not is_urgent()
    Consent.objects.update(given_at=timezone.now() - timedelta(days=15))
    assert is_urgent()
    Consent.objects.update(given_at=timezone.now())
    again = a_reader("ann@example.org", name="Ann", postal_address="1 Third Street")
    for days in (400, 1):
        given_at = timezone.now() - timedelta(days=days)
        Consent.objects.create(subscriber=again, wording_version=CURRENT_POST, wording="Yes", given_at=given_at)
    assert not is_urgent()
    again.delete()
    assert purged(timezone.now() + timedelta(days=91), *UNCONFIRMED) == 2
    assert not Subscriber.objects.exists()


def test_what_was_confirmed_stays() -> None:
    confirm(consent=ask(email="ann@example.org").consents.get())
    assert purged(soon(), *UNCONFIRMED) == 0
    assert Consent.objects.count() == 1


def test_it_is_done_every_night(run_worker: Callable[[], None]) -> None:
    reader = a_reader(wants_issues=False, paused_until=date(2020, 1, 1))
    assert REGULAR["newsletter.tidy_readers"].work == tidy_readers
    tidy_readers.enqueue()
    run_worker()
    reader.refresh_from_db()
    assert reader.wants_issues
