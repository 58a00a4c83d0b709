"""What somebody changes behind our back shows, and what is only new does not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from portal.audit.guards import EVENTS, lower_guards, raise_guards
from portal.audit.models import AuditCut, AuditEvent, AuditSeal
from portal.audit.sealing import cut_off, seal_settled, verify
from portal.operations.tasks import seal_history
from portal.tasks import REGULAR

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def happen(*minutes: int) -> list[AuditEvent]:
    """Something that was done so many minutes after ten on Monday."""
    return [
        AuditEvent.objects.create(action=f"geo.add.{minute}", done_at=MONDAY + timedelta(minutes=minute))
        for minute in minutes
    ]


def behind_our_back(sql: str) -> None:
    lower_guards()
    with connection.cursor() as cursor:
        cursor.execute(sql)
    raise_guards()


def later(minutes: int) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


def test_settled_rows_are_sealed_and_new_ones_wait() -> None:
    happen(0, 1, 10)
    seal = seal_settled(later(5))
    assert seal is not None
    assert seal.events == 2
    report = verify(later(11))
    assert (report.sealed, report.unsealed, report.wrong) == (2, 1, [])
    assert seal_settled(later(5)) is None


def test_nothing_is_sealed_where_nothing_happened() -> None:
    assert seal_settled(MONDAY) is None
    assert verify(MONDAY).wrong == []


def test_seals_follow_each_other() -> None:
    for minute in (0, 10, 20):
        happen(minute)
        seal_settled(later(minute + 2))
    assert AuditSeal.objects.count() == 3
    assert verify(later(23)).wrong == []


@pytest.mark.parametrize(
    "change",
    [
        f"UPDATE {EVENTS} SET action = 'nothing' WHERE action = 'geo.add.1'",
        f"UPDATE {EVENTS} SET done_by = '7' WHERE action = 'geo.add.1'",
        f"UPDATE {EVENTS} SET subject_id = '9' WHERE action = 'geo.add.1'",
    ],
)
def test_a_changed_row_shows(change: str) -> None:
    happen(0, 1, 2)
    seal_settled(later(10))
    behind_our_back(change)
    assert "was changed" in verify(later(10)).wrong[0]


def test_a_removed_row_shows() -> None:
    happen(0, 1, 2)
    seal_settled(later(10))
    behind_our_back(f"DELETE FROM {EVENTS} WHERE action = 'geo.add.1'")
    assert "1 of its 3 rows are gone" in verify(later(10)).wrong[0]


def test_a_row_put_in_afterwards_shows() -> None:
    happen(0)
    seal_settled(later(10))
    # Below every number that a straggler could have.
    AuditEvent.objects.bulk_create([AuditEvent(pk=-5, action="it never happened", done_at=later(1))])
    assert "has no seal" in verify(later(20)).wrong[0]


def test_a_removed_seal_shows_in_the_next() -> None:
    happen(0)
    first = seal_settled(later(2))
    happen(10)
    seal_settled(later(12))
    assert first is not None
    behind_our_back(f"DELETE FROM audit_auditseal WHERE id = {first.pk}")
    wrong = verify(later(30)).wrong
    assert any("the seal was" in sentence for sentence in wrong)
    assert any("has no seal" in sentence for sentence in wrong)


def test_a_seal_made_without_the_key_shows(settings: Any) -> None:
    happen(0)
    settings.INDEX_KEY = "somebody else's"
    seal_settled(later(2))
    settings.INDEX_KEY = "ours"
    assert "the seal was" in verify(later(2)).wrong[0]


def test_a_row_that_was_numbered_early_and_stored_late_is_sealed_later() -> None:
    first, late, third = happen(0, 1, 2)
    behind_our_back(f"DELETE FROM {EVENTS} WHERE id = {late.pk}")
    seal_settled(later(4))
    AuditEvent.objects.bulk_create([AuditEvent(pk=late.pk, action="geo.late", done_at=later(1))])
    seal = seal_settled(later(5))
    assert seal is not None
    assert (seal.stretches, seal.last_id) == ([[late.pk, late.pk]], third.pk)
    assert AuditSeal.objects.order_by("pk")[0].stretches == [[first.pk, first.pk], [third.pk, third.pk]]
    assert verify(later(6)).wrong == []


def test_missing_guards_show() -> None:
    lower_guards()
    assert "The database has no guard audit_auditcut_no_delete." in verify(MONDAY).wrong
    raise_guards()


def test_history_whose_time_is_over_is_cut_off_and_that_is_kept() -> None:
    happen(0, 1)
    seal_settled(later(5))
    kept = happen(60)
    seal_settled(later(65))
    cut = cut_off(before=later(30), reason="six years are over", now=later(70))
    assert cut is not None
    assert cut.events == 2
    assert list(AuditEvent.objects.all()) == kept
    report = verify(later(71))
    assert (report.sealed, report.wrong) == (1, [])
    assert cut_off(before=later(30), reason="again", now=later(72)) is None


def test_nothing_is_cut_off_that_is_not_sealed_or_not_old() -> None:
    happen(0)
    assert cut_off(before=later(30), reason="too early") is None
    happen(40)
    seal_settled(later(45))
    assert cut_off(before=later(30), reason="the seal holds a newer row") is None
    assert AuditEvent.objects.count() == 2


def test_a_forged_cut_shows() -> None:
    event = happen(0)[0]
    AuditCut.objects.create(up_to_id=event.pk, events=1, last_mac="", reason="so", cut_at=MONDAY, mac="0" * 64)
    assert "was not made by this portal" in verify(MONDAY).wrong[0]


def test_the_worker_seals_every_minute() -> None:
    work = REGULAR["audit.seal"]
    assert (work.every, work.work) == (timedelta(minutes=1), seal_history)


def test_rows_that_are_new_are_counted_and_not_held_against_anybody() -> None:
    """The worker may be a few minutes behind; a row that should have had its seal long ago shows."""
    happen(0)
    assert (verify(later(14)).unsealed, verify(later(14)).wrong) == (1, [])
    assert "has no seal" in verify(later(16)).wrong[0]


def test_the_worker_seals_everything_that_has_settled() -> None:
    happen(*range(12))
    seal_history.call()
    report = verify(MONDAY)
    assert (report.sealed, report.unsealed) == (12, 0)


def stored_late() -> None:
    """Two seals up to the same number: the second is that of a row that was numbered before and stored after."""
    late = happen(0, 1, 2)[1]
    behind_our_back(f"DELETE FROM {EVENTS} WHERE id = {late.pk}")
    seal_settled(later(4))
    AuditEvent.objects.bulk_create([AuditEvent(pk=late.pk, action="geo.late", done_at=later(1))])
    seal_settled(later(7))


def test_a_cut_between_a_seal_and_that_of_what_came_late_takes_both() -> None:
    stored_late()
    happen(60)
    seal_settled(later(65))
    cut = cut_off(before=later(5), reason="six years are over", now=later(70))
    assert cut is not None
    assert cut.events == 3
    assert AuditSeal.objects.count() == 1
    assert verify(later(71)).wrong == []


def test_history_goes_on_after_all_of_it_was_cut_off() -> None:
    happen(0, 1)
    seal_settled(later(5))
    assert cut_off(before=later(30), reason="six years are over", now=later(40)) is not None
    assert not AuditSeal.objects.exists()
    happen(60)
    seal_settled(later(65))
    report = verify(later(66))
    assert (report.sealed, report.wrong) == (1, [])
