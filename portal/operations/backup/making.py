"""Makes one archive of database, media and fingerprint, whole or not at all, and forgets archives that are too many."""

import contextlib
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal.audit.record import record
from portal.operations.backup import archive, snapshot
from portal.operations.backup.manifest import Manifest
from portal.operations.backup.words import CannotBackUp, trouble_with_disk
from portal.operations.models import BackupRun

OURS = re.compile(r"together-\d{8}T\d{6}Z\.tar(\.age)?")
HEADROOM = 64 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Made:
    """An archive that lies where it was asked for."""

    path: Path
    size: int
    is_locked: bool
    files: int
    missing: list[str]
    forgotten: int


def back_up(*, path: Path, keep: int = 0, may_be_plain: bool = False, began_at: datetime | None = None) -> Made:
    """Make one archive and write down how it went. A folder takes it under a name with the moment in it."""
    began_at = began_at or timezone.now()
    try:
        made = _make(path, began_at, keep=keep, may_be_plain=may_be_plain)
    except (CannotBackUp, OSError) as error:
        trouble = (
            str(error) if isinstance(error, CannotBackUp) else f"The backup was not made: {trouble_with_disk(error)}."
        )
        with contextlib.suppress(DatabaseError):
            note_run(began_at=began_at, trouble=trouble)
        raise CannotBackUp(trouble) from None
    note_run(began_at=began_at, size=made.size)
    return made


@transaction.atomic
def note_run(*, began_at: datetime, size: int = 0, trouble: str = "") -> BackupRun:
    """Write down that a backup was made, or why not."""
    run = BackupRun.objects.create(
        began_at=began_at, ended_at=timezone.now(), is_whole=not trouble, size=size, trouble=trouble[:200]
    )
    record(action="operations.backup", by=None, subject=run, is_whole=run.is_whole, size=size)
    return run


def _make(path: Path, began_at: datetime, *, keep: int, may_be_plain: bool) -> Made:
    recipients = archive.recipients_from(settings.BACKUP_AGE_RECIPIENTS)
    if not recipients and not may_be_plain:
        raise CannotBackUp("BACKUP_AGE_RECIPIENTS is empty, so the archive could not be locked. See docs/running.md.")
    target = _target(path, began_at, is_locked=bool(recipients))
    with alone("backup-work") as scratch, _part_of(target) as file:
        copy = scratch / archive.DATABASES[connection.vendor]
        _check_room(scratch)
        counts, migrations = snapshot.take(copy)
        told = Manifest(made_at=began_at, vendor=connection.vendor, counts=counts, migrations=migrations, sums={})
        tar = archive.Tar()
        archive.write(_pieces(tar, copy, told), file, recipients)
        _settle(file, target)
    media = [name for name in tar.sums if name.startswith(f"{archive.MEDIA}/")]
    forgotten = _forget_older(target, keep)
    return Made(
        path=target,
        size=target.stat().st_size,
        is_locked=bool(recipients),
        files=len(media),
        missing=tar.missing,
        forgotten=forgotten,
    )


def _pieces(tar: archive.Tar, copy: Path, told: Manifest) -> Iterator[bytes]:
    """The archive from its beginning to its end: the database first, so that no row asks for a file made before the files."""
    yield from tar.file(copy.name, copy)
    copy.unlink()
    root = media_root()
    if root is not None:
        for path in files_under(root):
            yield from tar.file(f"{archive.MEDIA}/{path.relative_to(root).as_posix()}", path)
    whole = replace(told, sums=tar.sums, missing=tar.missing, media="here" if root else "elsewhere")
    yield from tar.words(archive.MANIFEST, whole.as_bytes())
    yield from tar.end()


def media_root() -> Path | None:
    """The folder of what was uploaded; None where uploads lie in a bucket, which is copied there."""
    return Path(default_storage.location) if isinstance(default_storage._wrapped, FileSystemStorage) else None  # type: ignore[attr-defined]


def files_under(root: Path) -> Iterator[Path]:
    """Plain files, in a settled order; links lead elsewhere and are left out."""
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _target(path: Path, moment: datetime, *, is_locked: bool) -> Path:
    if path.is_dir():
        ending = "tar.age" if is_locked else "tar"
        path = path / f"together-{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}.{ending}"
    if path.exists():
        raise CannotBackUp(f"{path.name} is there already, and is not written over.")
    if not path.parent.is_dir():
        raise CannotBackUp("The folder of the archive does not exist.")
    return path


def home() -> Path:
    """The folder in which the portal keeps what changes: beside its database, so the same disk and the same owner."""
    return Path(connection.settings_dict["NAME"]).parent if connection.vendor == "sqlite" else Path(settings.VAR_DIR)


@contextlib.contextmanager
def alone(name: str) -> Iterator[Path]:
    """An empty folder of this name in which one process at a time works; what a killed one left there goes first."""
    folder = home() / name
    with folder.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotBackUp("Another backup or restore is running on this machine.") from None
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _check_room(scratch: Path) -> None:
    if connection.vendor != "sqlite":
        return
    wanted = Path(connection.settings_dict["NAME"]).stat().st_size + HEADROOM
    if shutil.disk_usage(scratch).free < wanted:
        raise CannotBackUp("The backup was not made: there is no room for a second copy of the database on this disk.")


@contextlib.contextmanager
def _part_of(target: Path) -> Iterator[BinaryIO]:
    """The file that becomes the archive: one process at a time, readable by its owner, gone where anything goes wrong."""
    part = target.with_name(f"{target.name}.part")
    file = open(os.open(part, os.O_RDWR | os.O_CREAT, 0o600), "r+b")  # noqa: SIM115 - closed below, after its lock
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotBackUp("Another backup is just being written there.") from None
        try:
            # What a killed backup left is nothing to build on.
            file.truncate(0)
            yield file
        finally:
            part.unlink(missing_ok=True)
    finally:
        with contextlib.suppress(OSError):
            file.close()


def _settle(file: BinaryIO, target: Path) -> None:
    """On the disk first, then under its name, which nothing else may have taken meanwhile."""
    file.flush()
    os.fsync(file.fileno())
    part = target.with_name(f"{target.name}.part")
    try:
        os.link(part, target)
    except FileExistsError:
        raise CannotBackUp(f"{target.name} is there already, and is not written over.") from None
    except OSError:
        # A disk without links: look, then rename.
        if target.exists():
            raise CannotBackUp(f"{target.name} is there already, and is not written over.") from None
        part.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _forget_older(target: Path, keep: int) -> int:
    """Keep the newest so many of our archives in this folder, by the moment in their names; anything else is not ours."""
    if keep < 1:
        return 0
    ours = sorted((path for path in target.parent.iterdir() if OURS.fullmatch(path.name)), reverse=True)
    too_many = [path for path in ours if path != target][max(keep - 1, 0) :]
    for path in too_many:
        path.unlink()
    return len(too_many)
