"""Puts an archive back into an empty place: made ready on the side, held, and only then moved to where it is used."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection

from portal.operations.backup import snapshot
from portal.operations.backup.emptiness import check_empty
from portal.operations.backup.holding import hold_all
from portal.operations.backup.making import alone, media_root
from portal.operations.backup.opening import Opened, check_counts, open_archive
from portal.operations.backup.words import CannotRestore, trouble_with_disk

_SIDE_FILES = ("-wal", "-shm", "-journal")


def check(path: Path, *, identity: Path | None) -> Opened:
    """Open an archive, look whether it is whole and fits this code and these keys, and leave nothing behind."""
    with _said(), alone("restore-work") as folder:
        return open_archive(path, folder, identity=identity, vendor=connection.vendor)


def restore(path: Path, *, identity: Path | None, now: datetime) -> Opened:
    """Put everything back. Where anything is wrong the place stays as it was."""
    with _said(), alone("restore-work") as folder:
        check_empty(now)
        opened = open_archive(path, folder, identity=identity, vendor=connection.vendor)
        with _media_in_place(opened):
            if connection.vendor == "sqlite":
                _put_sqlite(opened, now)
            else:
                _put_postgresql(opened, now)
        return opened


@contextlib.contextmanager
def _said() -> Iterator[None]:
    """Every trouble in one line."""
    try:
        yield
    except OSError as error:
        raise CannotRestore(f"Nothing was put back: {trouble_with_disk(error)}.") from None
    except DatabaseError as error:
        raise CannotRestore(f"Nothing was put back: {snapshot.last_words(str(error).encode())}.") from None


def _put_sqlite(opened: Opened, now: datetime) -> None:
    target = str(connection.settings_dict["NAME"])
    connection.close()
    connection.settings_dict["NAME"] = str(opened.database)
    try:
        _make_ready(opened, now)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = target
    _sync(opened.database)
    for ending in _SIDE_FILES:
        Path(target + ending).unlink(missing_ok=True)
    os.replace(opened.database, target)
    _sync(Path(target).parent)


def _put_postgresql(opened: Opened, now: datetime) -> None:
    """The tables that were here step aside, and come back where anything goes wrong."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS before_restore CASCADE")
        cursor.execute("ALTER SCHEMA public RENAME TO before_restore")
        try:
            cursor.execute("CREATE SCHEMA public")
            snapshot.put_into_postgresql(opened.database)
            check_counts(opened.manifest, snapshot.counted_postgresql(cursor))
            _make_ready(opened, now)
        except BaseException:
            connection.close()
            with connection.cursor() as again:
                again.execute("DROP SCHEMA IF EXISTS public CASCADE")
                again.execute("ALTER SCHEMA before_restore RENAME TO public")
            raise
        cursor.execute("DROP SCHEMA before_restore CASCADE")


def _make_ready(opened: Opened, now: datetime) -> None:
    """Bring the tables up to this code and hold what was due, before any worker can see them."""
    call_command("migrate", interactive=False, verbosity=0)
    hold_all(made_at=opened.manifest.made_at, now=now)


@contextlib.contextmanager
def _media_in_place(opened: Opened) -> Iterator[None]:
    """The uploads where they are used; taken back out where the rest fails."""
    root = media_root()
    if root is None or not opened.media.is_dir():
        yield
        return
    root.mkdir(mode=0o750, parents=True, exist_ok=True)
    moved: list[Path] = []
    try:
        for child in sorted(opened.media.iterdir()):
            goal = root / child.name
            if goal.is_dir():
                shutil.rmtree(goal)  # it holds empty folders only: that was looked at
            moved.append(goal)
            shutil.move(child, goal)
        yield
    except BaseException:
        for goal in moved:
            shutil.rmtree(goal) if goal.is_dir() else goal.unlink(missing_ok=True)
        raise


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
