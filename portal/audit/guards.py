"""Has the database itself refuse to change history: triggers on every table that is only ever appended to.

They are made again after every migration, and `missing` tells which are not there. Rows leave in one way alone: an
`AuditCut` is stored first, and rows up to its number may then be deleted.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

EVENTS, SEALS, CUTS = "audit_auditevent", "audit_auditseal", "audit_auditcut"
_SAYS = "History is appended, never changed."
# What may be deleted from a table; the others nothing.
_MAY_LEAVE = {
    EVENTS: "OLD.id <= (SELECT COALESCE(MAX(up_to_id), 0) FROM audit_auditcut)",
    SEALS: "OLD.last_id <= (SELECT COALESCE(MAX(up_to_id), 0) FROM audit_auditcut)",
}
TABLES = (EVENTS, SEALS, CUTS)


def _on_sqlite(table: str) -> dict[str, str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    may_leave = _MAY_LEAVE.get(table, "0")
    return {
        f"{table}_no_update": f"BEFORE UPDATE ON {table} {refuse}",
        f"{table}_no_delete": f"BEFORE DELETE ON {table} WHEN NOT ({may_leave}) {refuse}",
        # INSERT OR REPLACE deletes without asking the trigger above.
        f"{table}_no_replace": f"BEFORE INSERT ON {table} WHEN {_is_there(table)} {refuse}",
    }


def _is_there(table: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608 - a name of ours


def _on_postgresql(table: str) -> dict[str, str]:
    refuse = "EXECUTE FUNCTION audit_refuse()"
    # A condition of a trigger may not look into a table there, so the function does.
    return {
        f"{table}_no_update": f"BEFORE UPDATE ON {table} FOR EACH ROW {refuse}",
        f"{table}_no_delete": f"BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_may_leave()",
        f"{table}_no_truncate": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
    }


def _functions() -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
        for name, body in _bodies().items()
    ]


def _bodies() -> dict[str, str]:
    """What each function of ours does, by its name."""
    made = {"audit_refuse": f"BEGIN RAISE EXCEPTION '{_SAYS}'; END"}
    for table in TABLES:
        may_leave = _MAY_LEAVE.get(table, "false")
        made[f"{table}_may_leave"] = (
            f"BEGIN IF NOT ({may_leave}) THEN RAISE EXCEPTION '{_SAYS}'; END IF; RETURN OLD; END"
        )
    return made


def wanted(database: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """Table and definition of every trigger that this database should have, by its name."""
    describe = _on_sqlite if database.vendor == "sqlite" else _on_postgresql
    return {name: (table, told) for table in TABLES for name, told in describe(table).items()}


def raise_guards(using: str = "default") -> None:
    """Make every trigger anew."""
    database = connections[using]
    lower_guards(using)
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            for function in _functions():
                cursor.execute(function)
        for name, (_, told) in wanted(database).items():
            cursor.execute(_made(name, told))


def lower_guards(using: str = "default") -> None:
    """Take every trigger away; for a database that is about to be emptied whole, as tests do."""
    database = connections[using]
    with database.cursor() as cursor:
        for name, (table, _) in wanted(database).items():
            on = f" ON {table}" if database.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(using: str = "default") -> set[str]:
    """Names of triggers that should be there and are not, or that do something else by the same name."""
    database = connections[using]
    with database.cursor() as cursor:
        if database.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            there = dict(cursor.fetchall())
            return {name for name, (_, told) in wanted(database).items() if there.get(name) != _made(name, told)}
        # "O" and "A" fire for everybody; a trigger that is off, or on for copies alone, guards nothing.
        cursor.execute(
            "SELECT pg_get_triggerdef(pg_trigger.oid, true), prosrc FROM pg_trigger"
            " JOIN pg_proc ON pg_proc.oid = tgfoid WHERE tgenabled IN ('O', 'A')"
        )
        stand = set(cursor.fetchall())
        bodies = _bodies()
        return {
            name
            for name, (_, told) in wanted(database).items()
            if (_made(name, told), bodies[_called_by(told)]) not in stand
        }


def _made(name: str, told: str) -> str:
    return f"CREATE TRIGGER {name} {told}"


def _called_by(told: str) -> str:
    return told.rsplit(" ", 1)[-1].removesuffix("()")


def raise_after_migrating(sender: Any, using: str, **kwargs: Any) -> None:
    """A migration may make a table anew, and its triggers go with the old one."""
    database = connections[using]
    if database.vendor in {"sqlite", "postgresql"} and set(TABLES) <= set(database.introspection.table_names()):
        raise_guards(using)
