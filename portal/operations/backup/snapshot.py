"""The database as one consistent file while people go on working, and what such a file holds."""

import re
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from portal.operations.backup.words import CannotBackUp, CannotRestore

Counts = dict[str, int]
Migrations = list[list[str]]
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_TABLES_OF_PUBLIC = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"


def take(to: Path) -> tuple[Counts, Migrations]:
    """Copy the database as it is at one moment, and say how many rows each table has and which migrations were applied."""
    return take_sqlite(to) if connection.vendor == "sqlite" else _take_postgresql(to)


def take_sqlite(to: Path) -> tuple[Counts, Migrations]:
    """SQLite's own online copy, in one step: writers go on meanwhile."""
    try:
        live = sqlite3.connect(connection.settings_dict["NAME"], timeout=20)
        with closing(live), closing(sqlite3.connect(to)) as copy:
            to.chmod(0o600)
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise CannotBackUp("The database is damaged: its own check says so.")
            return _counted(copy)
    except sqlite3.Error as error:
        raise CannotBackUp(f"The database could not be copied: {error}.") from None


def look_into_sqlite(path: Path) -> tuple[Counts, Migrations]:
    """What a copy holds; refused where its own whole check finds something wrong."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
            if copy.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                raise CannotRestore("The database in the archive is damaged: its own check says so.")
            return _counted(copy)
    except sqlite3.Error:
        raise CannotRestore("The database in the archive is damaged: it does not open.") from None


def _counted(copy: sqlite3.Connection) -> tuple[Counts, Migrations]:
    names = [name for (name,) in copy.execute(_TABLES)]
    # Names come from the database's own list, and are quoted.
    counts = {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608
    return counts, [list(row) for row in copy.execute(_MIGRATIONS)]


def _take_postgresql(to: Path) -> tuple[Counts, Migrations]:
    """The counts and the copy are of one and the same moment: pg_dump is told which."""
    program = _program("pg_dump")
    # A line of its own, so that the moment is fixed whatever the caller is in the middle of.
    own = connection.copy()
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            moment = cursor.fetchone()[0]
            told = counted_postgresql(cursor)
            run_postgresql([program, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}"], to)
        return told
    finally:
        own.close()


def counted_postgresql(cursor: Any) -> tuple[Counts, Migrations]:
    cursor.execute(_TABLES_OF_PUBLIC)
    names = [name for (name,) in cursor.fetchall()]
    counts = {}
    for name in names:
        cursor.execute(f"SELECT count(*) FROM public.{connection.ops.quote_name(name)}")  # noqa: S608
        counts[name] = cursor.fetchone()[0]
    cursor.execute(_MIGRATIONS)
    return counts, [list(row) for row in cursor.fetchall()]


def run_postgresql(command: Sequence[str], to: Path) -> None:
    """Make the copy; the password goes by the environment, never by a line that others can list."""
    with to.open("xb") as file:
        to.chmod(0o600)
        done = subprocess.run([*command, *_where()], stdout=file, stderr=subprocess.PIPE, env=surroundings())
    if done.returncode:
        raise CannotBackUp(f"pg_dump could not copy the database: {last_words(done.stderr)}.")


def look_into_dump(path: Path) -> None:
    """Whether PostgreSQL's own program can read the list of what is in a copy."""
    done = subprocess.run([_program("pg_restore"), "--list", str(path)], capture_output=True, env=surroundings())
    if done.returncode:
        raise CannotRestore("The database in the archive is damaged: pg_restore cannot read it.")


def put_into_postgresql(path: Path) -> None:
    """All tables of a copy, in one transaction."""
    command = [_program("pg_restore"), "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    done = subprocess.run([*command, *_where(), str(path)], capture_output=True, env=surroundings())
    if done.returncode:
        raise CannotRestore(f"pg_restore could not put the database back: {last_words(done.stderr)}.")


def last_words(said: bytes) -> str:
    """The first line of an error, without what a row may hold."""
    lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
    first = lines[0] if lines else "nothing was said"
    return re.sub(r"^pg_\w+: (error: )?", "", first).split("DETAIL")[0].strip(" .")[:160]


def _program(name: str) -> str:
    found = shutil.which(name, path=settings.SURROUNDINGS.get("PATH"))
    if found is None:
        raise CannotBackUp(
            f"{name} was not found. Install PostgreSQL's client (on Debian: apt-get install postgresql-client)."
        )
    return found


def surroundings() -> dict[str, str]:
    place = connection.settings_dict
    return {**settings.SURROUNDINGS, "PGPASSWORD": str(place["PASSWORD"] or ""), "PGCONNECT_TIMEOUT": "10"}


def _where() -> list[str]:
    place = connection.settings_dict
    given = {"--host": place["HOST"], "--port": place["PORT"], "--username": place["USER"], "--dbname": place["NAME"]}
    return [f"{flag}={value}" for flag, value in given.items() if value] + ["--no-password"]
