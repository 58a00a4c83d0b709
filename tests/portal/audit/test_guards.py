"""The database itself refuses to change history, whoever asks it."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from portal.audit.guards import EVENTS, TABLES, lower_guards, missing, raise_guards, wanted
from portal.audit.models import AuditCut, AuditEvent, AuditSeal
from portal.audit.record import record

pytestmark = pytest.mark.django_db


SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="this is SQLite's own")
POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="this is PostgreSQL's own")
SEALS, CUTS = TABLES[1:]
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def one_of_each() -> None:
    """A row in every table that is only appended to."""
    record(action="geo.add", by=None)
    AuditSeal.objects.create(stretches=[], events=0, last_id=9**15, sealed_at=NOW, mac="")
    AuditCut.objects.create(up_to_id=0, events=0, last_mac="", reason="a test", cut_at=NOW, mac="")


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


@SQLITE
def test_a_row_is_not_replaced() -> None:
    event = record(action="geo.add", by=None)
    assert refused(
        f"INSERT OR REPLACE INTO {EVENTS} (id, action, done_at, done_by, subject_type, subject_id, detail)"
        f" VALUES ({event.pk}, 'nothing', '2026-01-01', '', '', '', '{{}}')"
    )
    assert AuditEvent.objects.get().action == "geo.add"


@POSTGRESQL
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("how", ["", "ONLY ", " CASCADE", " RESTART IDENTITY"])
def test_history_is_not_emptied(table: str, how: str) -> None:
    one_of_each()
    assert refused(f"TRUNCATE {how}{table}" if how == "ONLY " else f"TRUNCATE {table}{how}")
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize("table", TABLES)
def test_seals_and_cuts_stay_as_firmly_as_the_rows(table: str) -> None:
    one_of_each()
    column = {EVENTS: "action", SEALS: "mac", CUTS: "reason"}[table]
    assert refused(f"UPDATE {table} SET {column} = 'another'")
    assert refused(f"DELETE FROM {table}")


@SQLITE
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("how", ["INSERT OR REPLACE INTO", "REPLACE INTO"])
def test_no_row_of_any_table_is_replaced(table: str, how: str) -> None:
    one_of_each()
    assert refused(f"{how} {table} SELECT * FROM {table}")


@SQLITE
@pytest.mark.parametrize("table", TABLES)
def test_an_update_in_the_clothes_of_an_insert_is_refused(table: str) -> None:
    one_of_each()
    column = {EVENTS: "action", SEALS: "mac", CUTS: "reason"}[table]
    assert refused(f"INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT (id) DO UPDATE SET {column} = ''")
    assert refused(f"UPDATE OR REPLACE {table} SET {column} = ''")


@SQLITE
def test_a_guard_that_does_nothing_by_the_same_name_counts_as_missing() -> None:
    name = f"{EVENTS}_no_update"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON {EVENTS} BEGIN SELECT 1; END")
    assert missing() == {name}
    raise_guards()
    assert missing() == set()


@POSTGRESQL
@pytest.mark.parametrize("how", ["DISABLE", "ENABLE REPLICA"])
def test_a_guard_that_is_off_counts_as_missing(how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {EVENTS} {how} TRIGGER {EVENTS}_no_update")
    assert missing() == {f"{EVENTS}_no_update"}


@POSTGRESQL
def test_a_guard_that_does_something_else_counts_as_missing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$"
        )
    assert f"{EVENTS}_no_update" in missing()


@POSTGRESQL
@pytest.mark.parametrize(
    "told",
    [
        "BEFORE UPDATE ON {table} FOR EACH ROW WHEN (false) EXECUTE FUNCTION audit_refuse()",
        "BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        "BEFORE UPDATE OF subject_id ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        "AFTER UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        "BEFORE UPDATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    ],
)
def test_a_guard_by_the_same_name_that_looks_at_something_else_counts_as_missing(told: str) -> None:
    name = f"{EVENTS}_no_update"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name} ON {EVENTS}")
        cursor.execute(f"CREATE TRIGGER {name} {told.format(table=EVENTS)}")
    assert missing() == {name}
    raise_guards()
    assert missing() == set()


@POSTGRESQL
def test_a_guard_of_another_table_does_not_stand_for_this_one() -> None:
    name = f"{EVENTS}_no_update"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name} ON {EVENTS}")
        cursor.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON {SEALS} FOR EACH ROW EXECUTE FUNCTION audit_refuse()")
    assert missing() == {name}


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
