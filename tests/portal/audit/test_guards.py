"""The database itself refuses to change history, whoever asks it."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from portal.audit.guards import EVENTS, TABLES, lower_guards, missing, raise_guards, wanted
from portal.audit.models import AuditCut, AuditEvent
from portal.audit.record import record

pytestmark = pytest.mark.django_db


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        return "History is appended" in str(error)
    return False


def test_every_guard_stands_after_migrating() -> None:
    assert missing() == set()
    assert len(wanted(connection)) == 3 * len(TABLES)


def test_migrating_again_raises_them_again() -> None:
    lower_guards()
    assert len(missing()) == 9
    call_command("migrate", verbosity=0)
    assert missing() == set()


@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE {EVENTS} SET action = 'nothing'",
        f"DELETE FROM {EVENTS}",
    ],
)
def test_a_row_of_history_is_not_changed_or_removed(sql: str) -> None:
    record(action="geo.add", by=None)
    assert refused(sql)
    assert AuditEvent.objects.get().action == "geo.add"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="INSERT OR REPLACE is SQLite's own")
def test_a_row_is_not_replaced() -> None:
    event = record(action="geo.add", by=None)
    assert refused(
        f"INSERT OR REPLACE INTO {EVENTS} (id, action, done_at, done_by, subject_type, subject_id, detail)"
        f" VALUES ({event.pk}, 'nothing', '2026-01-01', '', '', '', '{{}}')"
    )
    assert AuditEvent.objects.get().action == "geo.add"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="TRUNCATE is PostgreSQL's own")
def test_history_is_not_emptied() -> None:
    record(action="geo.add", by=None)
    assert refused(f"TRUNCATE {EVENTS}")
    assert AuditEvent.objects.count() == 1


def test_a_query_of_ours_is_refused_too() -> None:
    record(action="geo.add", by=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.update(action="nothing")
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.all()._raw_delete(connection.alias)
    assert AuditEvent.objects.count() == 1


def test_a_recorded_cut_lets_old_rows_leave_and_no_others() -> None:
    old, new = record(action="geo.add", by=None), record(action="geo.change", by=None)
    AuditCut.objects.create(up_to_id=old.pk, events=1, last_mac="", reason="a test", cut_at=old.done_at, mac="")
    assert refused(f"DELETE FROM {EVENTS} WHERE id = {new.pk}")
    assert not refused(f"DELETE FROM {EVENTS} WHERE id = {old.pk}")
    assert refused("DELETE FROM audit_auditcut")
    assert [event.pk for event in AuditEvent.objects.all()] == [new.pk]


def test_guards_can_be_raised_twice() -> None:
    raise_guards()
    raise_guards()
    assert missing() == set()
