"""Opens an archive into a folder of its own and looks whether all of it is whole, before anything else is touched."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.operations.backup import archive, manifest, snapshot
from portal.operations.backup.manifest import Manifest
from portal.operations.backup.words import CannotRestore


@dataclass(frozen=True)
class Opened:
    """A whole archive, unpacked; `notes` are what a person should know and may live with."""

    folder: Path
    manifest: Manifest
    notes: list[str]

    @property
    def database(self) -> Path:
        return self.folder / archive.DATABASES[self.manifest.vendor]

    @property
    def media(self) -> Path:
        return self.folder / archive.MEDIA


def open_archive(path: Path, folder: Path, *, identity: Path | None, vendor: str) -> Opened:
    """Unlock, unpack and check everything that can be checked without putting anything in its place."""
    if not path.is_file():
        raise CannotRestore("There is no such archive.")
    tar = path
    if archive.is_locked(path):
        if identity is None:
            raise CannotRestore("The archive is locked: name the file with its key by --identity.")
        tar = folder / "archive.tar"
        archive.unlock(path, tar, archive.identities_from(identity))
    inside = folder / "inside"
    inside.mkdir(mode=0o700)
    archive.unpack(tar, inside)
    if tar is not path:
        tar.unlink()
    told = inside / archive.MANIFEST
    if not told.is_file():
        raise CannotRestore("The archive is damaged: it does not say what is in it.")
    return _checked(Opened(inside, manifest.read(told.read_bytes()), []), vendor)


def _checked(opened: Opened, vendor: str) -> Opened:
    told = opened.manifest
    if told.vendor not in archive.DATABASES:
        raise CannotRestore("The archive is of a kind of database that this code does not know.")
    if told.vendor != vendor:
        raise CannotRestore(f"The archive is of {told.vendor}, and DATABASE_URL is {vendor} here.")
    _check_sums(opened)
    if unknown := told.unknown_migrations():
        raise CannotRestore(f"The archive was made by newer code ({_some(unknown)}). Update the code first.")
    if lacking := told.missing_keys():
        raise CannotRestore(f"REFERRAL_KEYS lacks the key named {_some(lacking)}: referrals would never open again.")
    if told.index_key != manifest.index_key_name():
        raise CannotRestore("INDEX_KEY is not the one with which the archive was made.")
    if vendor == "sqlite":
        check_counts(told, snapshot.look_into_sqlite(opened.database))
    else:
        snapshot.look_into_dump(opened.database)
    return Opened(opened.folder, told, _notes(told))


def _check_sums(opened: Opened) -> None:
    """Every member that was written is there as it was written, and nothing else."""
    paths = [path for path in opened.folder.rglob("*") if path.is_file()]
    found = {path.relative_to(opened.folder).as_posix(): path for path in paths}
    found.pop(archive.MANIFEST)
    if set(found) != set(opened.manifest.sums) or not opened.database.is_file():
        raise CannotRestore("The archive is damaged: files are missing from it, or are too many.")
    for name, path in found.items():
        if not hmac.compare_digest(sum_of(path), opened.manifest.sums[name]):
            raise CannotRestore("The archive is damaged: a file in it is not as it was.")


def sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_counts(told: Manifest, found: tuple[dict[str, int], Sequence[Any]]) -> None:
    counts, migrations = found
    if counts != told.counts or [list(row) for row in migrations] != told.migrations:
        raise CannotRestore("The archive is damaged: its tables do not hold what it says.")


def _notes(told: Manifest) -> list[str]:
    notes = []
    if different := told.different_settings():
        notes.append(f"Settings that were different then: {', '.join(different)}.")
    if told.media == "elsewhere":
        notes.append("Uploads lay in a bucket, and are not in the archive.")
    if told.missing:
        notes.append(f"{len(told.missing)} uploads went away while the backup was made.")
    return notes


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
