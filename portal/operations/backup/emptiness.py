"""Whether a place is empty enough to put a backup there: nobody works in it, and it holds nothing about anybody."""

from datetime import datetime
from pathlib import Path

from django.db import connection, models

from portal.operations.backup.making import files_under, media_root
from portal.operations.backup.words import CannotRestore
from portal.operations.timekeeping import is_somebody_awake
from portal.privacy import PersonalData
from portal.privacy.declarations import declaration_of, our_models


def check_empty(now: datetime) -> None:
    """Raise CannotRestore where a worker is awake, a table about people has rows, or uploads lie about."""
    tables = _tables()
    if "operations_heartbeat" in tables and is_somebody_awake(now):
        raise CannotRestore("A worker is awake here. Stop the worker and the web process first.")
    if kept := [model._meta.label for model in models_about_people() if _has_rows(model, tables)]:
        raise CannotRestore(
            f"This place is not empty: there are rows of {', '.join(kept[:3])}. Restore into a new place."
        )
    root = media_root()
    if root is not None and next(files_under(root), None) is not None:
        raise CannotRestore("This place is not empty: there are uploads. Restore into a new place.")


def _tables() -> set[str]:
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return set()  # to ask would make the file
    return set(connection.introspection.table_names())


def models_about_people() -> list[type[models.Model]]:
    return [model for model in our_models() if isinstance(declaration_of(model), PersonalData)]


def _has_rows(model: type[models.Model], tables: set[str]) -> bool:
    # By SQL alone: the table may be of older code and lack columns.
    table = model._meta.db_table
    if table not in tables:
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 - a model's own table
        return cursor.fetchone() is not None
