"""A database that is busy, full or away, made so for real."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from selfreferral.views.privately import COOKIE
from tests.conftest import Person
from tests.factories.selfreferral import a_draft

NEEDS_A_FILE = "locks the database's file or fills its disk by PRAGMA, which only SQLite has"


@pytest.fixture
def database(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Path]:
    """A copy of the test's database in a file of its own, that gives up on a lock at once."""
    if connection.vendor != "sqlite":
        pytest.skip(NEEDS_A_FILE)
    copy, original = tmp_path / "together.sqlite3", connection.settings_dict["NAME"]
    with closing(sqlite3.connect(original)) as tests, closing(sqlite3.connect(copy)) as whole:
        tests.backup(whole)
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        connection.close()
        patch.setitem(connection.settings_dict, "NAME", str(copy))
        patch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
        yield copy
        connection.close()


@pytest.fixture
def drafting(database: Path, resident: Person, as_a_person: None) -> Person:
    """Somebody who has answered every page and sent nothing."""
    resident.cookies[COOKIE] = a_draft(now=timezone.now())
    return resident


@pytest.fixture
def other(database: Path) -> Iterator[sqlite3.Connection]:
    """Another program that has the same database open."""
    with closing(sqlite3.connect(database, isolation_level=None)) as program:
        yield program


@pytest.fixture
def locked(other: sqlite3.Connection) -> Iterator[Callable[[], None]]:
    """Locks the file for writing, as a long write of another program does; reading goes on."""

    def lock() -> None:
        other.execute("BEGIN IMMEDIATE")

    yield lock
    if other.in_transaction:
        other.execute("ROLLBACK")


@pytest.fixture
def away(other: sqlite3.Connection) -> Iterator[Callable[[], None]]:
    """Takes the file for itself, so that it can be neither written nor read."""

    def take() -> None:
        connection.close()
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("UPDATE django_migrations SET name = name")

    yield take
    if other.in_transaction:
        other.execute("ROLLBACK")


@pytest.fixture
def full(database: Path) -> Callable[[], None]:
    """Lets the file grow no further."""

    def fill() -> None:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            pages: Any = cursor.execute("PRAGMA page_count").fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages}")

    return fill
