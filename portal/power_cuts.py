"""What somebody is told that we have lies on the disk by then, also when the power fails a moment later."""

import os

from django.db import connection, transaction


def keep_through_a_power_cut() -> None:
    """Wait for the disk when the caller's transaction has committed, before anybody is told of it; OSError where it fails.

    On SQLite commits are ordinary ones otherwise (`synchronous=NORMAL`): a power cut may take the last of them, and never
    half of one. PostgreSQL waits for the disk at every commit. A whole transaction waits once, however often it asks.
    """
    if connection.vendor != "sqlite":
        return
    if not any(work is _wait_for_the_disk for _, work, *_ in connection.run_on_commit):
        transaction.on_commit(_wait_for_the_disk)


def _wait_for_the_disk() -> None:
    """Have SQLite's log on the disk, in which every commit so far lies, of this process and of the others.

    This is what `synchronous=FULL` does inside the commit, but after it: nobody else waits meanwhile for their turn to write.
    Where there is no log, SQLite has waited by itself.
    """
    try:
        log = os.open(f"{connection.settings_dict['NAME']}-wal", os.O_RDWR)
    except FileNotFoundError:
        return
    try:
        getattr(os, "fdatasync", os.fsync)(log)
    finally:
        # SQLite locks the database and its `-shm`, never the log: closing it here gives no lock of ours away.
        os.close(log)
