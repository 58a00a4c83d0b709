"""An address is stopped for one reason, the gravest; a person may take it back, by the rules."""

import hmac
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from portal.audit.models import AuditEvent
from portal.emails.models import SoftBounce, Suppression
from portal.emails.suppression import (
    Because,
    address_hash,
    forget_soft_bounces,
    is_suppressed,
    lift,
    note_soft_bounce,
    suppress,
)
from portal.refusals import Refused
from portal.tasks import REGULAR
from tests.conftest import Person

pytestmark = pytest.mark.django_db
Reason = Suppression.Reason
ANN = "ann@example.org"


@pytest.mark.parametrize(
    ("first", "then", "stands"),
    [
        (Reason.BOUNCED, Reason.COMPLAINED, "complained"),
        (Reason.COMPLAINED, Reason.BOUNCED, "complained"),
        (Reason.BOUNCED, Reason.ASKED, "asked"),
        (Reason.ASKED, Reason.BOUNCED, "asked"),
        (Reason.ASKED, Reason.COMPLAINED, "complained"),
        (Reason.BOUNCED, Reason.BOUNCED, "bounced"),
    ],
)
def test_the_gravest_reason_stands(first: Reason, then: Reason, stands: str) -> None:
    suppress(address=ANN, reason=first)
    suppress(address=" ANN@Example.org", reason=then)
    assert Suppression.objects.get().reason == stands
    assert AuditEvent.objects.filter(action="emails.suppress").count() == 1 + (stands != first)


@pytest.mark.parametrize("reason", list(Reason))
def test_a_mistake_is_taken_back_and_the_history_says_why_without_the_address(reason: Reason, editor: Person) -> None:
    suppress(address=ANN, reason=reason)
    lift(address="Ann@example.org", because=Because.MISTAKE, by=editor.user)
    assert not is_suppressed(ANN)
    event = AuditEvent.objects.get(action="emails.lift")
    assert event.done_by == str(editor.user.pk)
    assert event.detail == {"because": "mistake", "was": reason.value}


@pytest.mark.parametrize("reason", [Reason.ASKED, Reason.COMPLAINED])
def test_a_mailbox_that_works_does_not_undo_somebodys_wish(reason: Reason, editor: Person) -> None:
    suppress(address=ANN, reason=reason)
    with pytest.raises(Refused, match="Only they can take that back"):
        lift(address=ANN, because=Because.WORKS_AGAIN, by=editor.user)
    assert is_suppressed(ANN)
    lift(address=ANN, because=Because.ASKED_BACK, by=editor.user)
    assert not is_suppressed(ANN)


def test_nothing_is_taken_back_that_was_not_stopped(editor: Person) -> None:
    with pytest.raises(Refused, match="is not stopped"):
        lift(address=ANN, because=Because.MISTAKE, by=editor.user)
    assert not AuditEvent.objects.exists()


def test_two_mails_in_a_row_that_came_back_for_now_stop_an_address() -> None:
    now = timezone.now()
    for _ in range(3):
        note_soft_bounce(address=ANN, mail="first", at=now)
    assert not is_suppressed(ANN)
    note_soft_bounce(address="bob@example.org", mail="first", at=now)
    note_soft_bounce(address=ANN, mail="second", at=now)
    assert Suppression.objects.get().reason == Reason.BOUNCED
    assert not is_suppressed("bob@example.org")


def test_a_mail_that_arrived_between_begins_the_count_anew() -> None:
    now = timezone.now()
    note_soft_bounce(address=ANN, mail="first", at=now - timedelta(days=2))
    forget_soft_bounces(address=ANN, until=now - timedelta(days=1))
    note_soft_bounce(address=ANN, mail="third", at=now)
    assert not is_suppressed(ANN)


def test_an_old_word_of_arrival_does_not_undo_what_came_after() -> None:
    now = timezone.now()
    note_soft_bounce(address=ANN, mail="first", at=now - timedelta(days=2))
    forget_soft_bounces(address=ANN, until=now - timedelta(days=3))
    note_soft_bounce(address=ANN, mail="second", at=now)
    assert is_suppressed(ANN)


def test_what_came_back_long_ago_is_forgotten() -> None:
    now = timezone.now()
    note_soft_bounce(address=ANN, mail="first", at=now - timedelta(days=183))
    note_soft_bounce(address=ANN, mail="second", at=now)
    assert not is_suppressed(ANN)
    assert SoftBounce.objects.get().mail == "second"


def test_after_it_is_taken_back_the_count_begins_anew(editor: Person) -> None:
    now = timezone.now()
    for mail in ("first", "second"):
        note_soft_bounce(address=ANN, mail=mail, at=now)
    lift(address=ANN, because=Because.WORKS_AGAIN, by=editor.user)
    note_soft_bounce(address=ANN, mail="third", at=now)
    assert not is_suppressed(ANN)


def test_a_stop_holds_however_the_domain_is_spelled() -> None:
    suppress(address="ann@bücher.example", reason=Reason.ASKED)
    assert is_suppressed("Ann@xn--bcher-kva.example")
    assert is_suppressed(" ANN@BÜCHER.example")


@pytest.mark.parametrize(
    "typed", ["Ann@Example.org ", "rubbish", "", "ann@", "ann@ß.example", "ann@é..x", f"ann@{'é' * 99}"]
)
def test_what_is_no_such_domain_is_known_as_before(typed: str) -> None:
    before = hmac.digest(settings.INDEX_KEY.encode(), typed.strip().lower().encode(), "sha256").hex()
    assert address_hash(typed) == before


def test_the_night_forgets_what_came_back_half_a_year_ago(run_worker: Callable[[], None]) -> None:
    now = timezone.now()
    for number, days in enumerate((183, 181)):
        SoftBounce.objects.create(address_hash="x", mail=str(number), came_back_at=now - timedelta(days=days))
    REGULAR["privacy.keep_promises"].work.enqueue()
    run_worker()
    assert SoftBounce.objects.get().mail == "1"
    assert AuditEvent.objects.get(action="privacy.purge").detail["period"] == "emails.soft_bounces"
