"""One of everything that has a period, long ago: the night leaves no row and no file of it, and what is held stays."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from engagement.comments.models import Follower, HelpConsent, Photo, PlaceComment, Verdict
from newsletter.models import Delivery, Subscriber
from portal.accounts.models import User
from portal.audit.models import AuditCut, AuditEvent
from portal.audit.sealing import seal_settled
from portal.privacy.announcing import announce, what_goes_soon
from portal.privacy.certificates import verify_certificates
from portal.privacy.holds import place_hold
from portal.privacy.models import Certificate, MonthlyCount
from portal.privacy.periods import period, periods
from portal.privacy.purging import outlook, purge
from selfreferral.models import DraftReferral, Referral, ReturnVisit
from tests.conftest import Person
from tests.factories.old import one_of_everything

pytestmark = pytest.mark.django_db
# So far ahead that every period is over, and so are the links and seals that were made just now.
LATER = timezone.now() + timedelta(days=12 * 366)


@pytest.fixture
def own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def files() -> list[str]:
    return default_storage.listdir("comments")[1]


def warned(now: datetime = LATER) -> None:
    announce(now=now - timedelta(days=14), is_somebody_told=True)


@pytest.mark.usefixtures("own_media")
def test_no_row_and_no_file_is_left_and_history_keeps_counts_only(
    coordinator: Person, django_capture_on_commit_callbacks: Any
) -> None:
    one_of_everything(coordinator.user)
    nothing_old = [one.name for one in periods() if outlook(one, LATER).due == 0]
    assert nothing_old == []
    # Two photos, each with its two smaller copies, and the stray one.
    assert len(files()) == 7
    # As the worker does every minute.
    seal_settled(timezone.now() + timedelta(hours=1))
    warned()
    with django_capture_on_commit_callbacks(execute=True):
        certificate = purge(now=LATER)
    assert certificate is not None
    assert certificate.troubles == []
    assert certificate.is_whole
    again = {one.name: outlook(one, LATER).due for one in periods()}
    # What is cut off today is counted in the history of today.
    assert {name: due for name, due in again.items() if due} == {"audit.history": again["audit.history"]}
    assert (files(), Photo.objects.count(), Follower.objects.count(), HelpConsent.objects.count()) == ([], 0, 0, 0)
    assert set(PlaceComment.objects.values_list("status", "words")) == {("erased", "")}
    assert not Verdict.objects.exclude(words="").exists()
    assert set(Referral.objects.values_list("state", "nickname", "wrapped_key")) == {("erased", "", b"")}
    assert (DraftReferral.objects.count(), ReturnVisit.objects.count()) == (0, 0)
    assert not Subscriber.objects.filter(email__in=["left@example.org", "asked0@example.org"]).exists()
    assert Delivery.objects.get().subscriber is None
    assert not User.objects.filter(email__in=["left@demo.example", "never@example.org"]).exists()
    assert AuditCut.objects.count() == 1
    told = str(list(AuditEvent.objects.values_list("action", "detail")))
    assert "@" not in told
    assert "Ann" not in told
    counted = {(row.what, row.kind): row.number for row in MonthlyCount.objects.all()}
    assert counted == {
        ("comments", "published"): 1,
        ("comments", "declined"): 1,
        ("requests about themselves", "access"): 1,
        ("requests for help by who asked", "self"): 4,
        **{("requests for help", state): 1 for state in ("closed", "signposted", "withdrawn", "door_open")},
    }
    assert verify_certificates() == []


@pytest.mark.usefixtures("own_media")
def test_what_is_held_stays_and_nothing_else(
    coordinator: Person, lead: Person, django_capture_on_commit_callbacks: Any
) -> None:
    comment, referral = one_of_everything(coordinator.user)
    for row in (comment, referral):
        place_hold(subject=row, reason="A complaint", review_on=LATER.date() + timedelta(9), by=lead.user, now=LATER)
    warned()
    assert not {str(soon.row.pk) for soon in what_goes_soon(LATER)} & {str(comment.pk), str(referral.pk)}
    with django_capture_on_commit_callbacks(execute=True):
        purge(now=LATER)
    assert Referral.objects.exclude(state="erased").get() == referral
    assert Referral.objects.get(pk=referral.pk).strongbox()
    assert PlaceComment.objects.exclude(status="erased").get() == comment
    comment.refresh_from_db()
    assert comment.words == "The bins blow over."
    # What belongs to it stays with it: its photo and the two smaller copies.
    assert len(files()) == 3
    assert (Follower.objects.count(), HelpConsent.objects.count(), Verdict.objects.get().words) == (2, 1, "Still dark.")
    kept = {one.name: outlook(one, LATER) for one in periods()}
    assert {name for name, view in kept.items() if view.held} == {
        *("comments.said", "comments.unconfirmed", "comments.leave_to_help", "comments.verdict_words"),
        *("comments.readings", "selfreferral.closed"),
    }


@pytest.mark.usefixtures("own_media")
def test_nothing_that_is_warned_of_goes_before_the_warning_is_over(coordinator: Person) -> None:
    one_of_everything(coordinator.user)
    closed = period("selfreferral.closed")

    def goes(now: datetime) -> tuple[int, int]:
        view = outlook(closed, now)
        return view.going, view.waiting

    assert goes(LATER) == (0, 1)
    # Where nobody can be told, nothing is announced and nothing goes.
    assert announce(now=LATER, is_somebody_told=False) == {}
    assert goes(LATER + timedelta(days=99)) == (0, 1)
    assert announce(now=LATER, is_somebody_told=True)["selfreferral.closed"] == 1
    assert announce(now=LATER, is_somebody_told=True) == {}
    assert goes(LATER + timedelta(days=13)) == (0, 1)
    assert goes(LATER + timedelta(days=14)) == (1, 0)
    # Opened again, it is announced no more, and later it is warned of anew.
    Referral.objects.filter(state="closed").update(state="new")
    announce(now=LATER, is_somebody_told=True)
    Referral.objects.filter(state="new").update(state="closed")
    assert goes(LATER + timedelta(days=14)) == (0, 1)


@pytest.mark.usefixtures("own_media")
def test_a_rehearsal_changes_nothing_and_the_command_says_what_went(
    coordinator: Person, lead: Person, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one_of_everything(coordinator.user)
    before = AuditEvent.objects.count()
    call_command("purge_expired", dry_run=True)
    shown = capsys.readouterr().out
    assert "selfreferral.withdrawn" in shown
    assert "Nothing was changed." in shown
    assert (AuditEvent.objects.count(), Certificate.objects.count()) == (before, 0)
    call_command("purge_expired")
    shown = capsys.readouterr().out
    assert "directory.corrections: 1 rows, 0 files" in shown
    assert "selfreferral.withdrawn: 1 announced" in shown
    assert Referral.objects.exclude(state="erased").count() == 4

    def fails(*args: Any, **named: Any) -> None:
        raise OSError("the disk of Ann is full")

    monkeypatch.setattr("portal.privacy.rows.Rows.destroy", fails)
    Certificate.objects.all().delete()
    with pytest.raises(CommandError, match="OSError"):
        call_command("purge_expired")
    last = Certificate.objects.newest_first()[0]
    assert not last.is_whole
    assert "Ann" not in str(last.lines)
