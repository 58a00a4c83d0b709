"""Files and their rows: what lies in a folder without a row, what a row names that is not there, and sweeping the former."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.files.storage import Storage, default_storage

from portal.privacy.rows import Destroyed

# A file is stored a little before its row, while a form is being taken in.
YOUNG_FOR = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Folder:
    """Where files of some rows lie: `known` gives the name of every file that a row has, `beside` those that may lie beside
    one of them."""

    name: str
    title: str
    path: str
    known: Callable[[], Iterable[str]]
    beside: Callable[[str], Iterable[str]] = field(default=lambda name: ())


@dataclass(frozen=True)
class Loose:
    """What was found in one folder; names of files are drawn at random and say nothing."""

    folder: Folder
    without_row: list[str] = field(default_factory=list)
    without_file: list[str] = field(default_factory=list)

    @property
    def told(self) -> dict[str, str | int]:
        return {
            "title": self.folder.title,
            "without_row": len(self.without_row),
            "without_file": len(self.without_file),
        }


_FOLDERS: dict[str, Folder] = {}


def register_folder(folder: Folder) -> Folder:
    _FOLDERS[folder.name] = folder
    return folder


def look_for_loose(now: datetime) -> dict[str, Loose]:
    """Every folder, compared with its rows."""
    return {name: loose_in(folder, now) for name, folder in sorted(_FOLDERS.items())}


def loose_in(folder: Folder, now: datetime) -> Loose:
    """What is loose in one folder; a file that is younger than a day may yet get its row."""
    # Files first: whatever is stored while we look has a row by then, or is young.
    there = set(_files(default_storage, folder.path))
    known = {name for name in folder.known() if name}
    beside = {other for name in known for other in folder.beside(name)}
    strays = [name for name in sorted(there - known - beside) if _is_old(name, now)]
    return Loose(folder, strays, sorted(name for name in known - there if not default_storage.exists(name)))


def _is_old(name: str, now: datetime) -> bool:
    try:
        return default_storage.get_modified_time(name) < now - YOUNG_FOR
    except FileNotFoundError:
        return False


def _files(storage: Storage, path: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(path)
    except FileNotFoundError:
        return
    yield from (f"{path}/{name}" for name in files)
    for folder in folders:
        yield from _files(storage, f"{path}/{folder}")


@dataclass(frozen=True)
class Strays:
    """Files without a row, as things that a period keeps a promise about: a worker that died left them behind."""

    folder: Folder

    def due(self, cutoff: datetime) -> int:
        return len(loose_in(self.folder, cutoff + YOUNG_FOR).without_row)

    def kept_back(self, cutoff: datetime) -> int:
        return 0

    def destroy(self, cutoff: datetime, now: datetime) -> Destroyed:
        names = loose_in(self.folder, cutoff + YOUNG_FOR).without_row
        for name in names:
            default_storage.delete(name)
        return Destroyed(files=len(names))
