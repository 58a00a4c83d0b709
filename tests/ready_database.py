"""A migrated database that is kept from one run of the tests to the next, for as long as no migration changes."""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.settings.environment import ROOT, VAR_DIR

KEPT_IN = VAR_DIR / "tests"
SQLITE = "portal.one_writer"


def what_it_is_made_from() -> str:
    """A fingerprint of every migration: ours by their text, those of libraries by the lock that names them."""
    digest = hashlib.sha256((ROOT / "requirements" / "test.lock").read_bytes())
    for path in sorted(ROOT.glob("*/**/migrations/*.py")):
        if ".venv" not in path.parts:
            digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:20]


def kept_database() -> Path:
    return KEPT_IN / f"{what_it_is_made_from()}.sqlite3"


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Workers that begin together wait for the first one's database; where files cannot be locked, each makes its own."""
    KEPT_IN.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:
        yield
        return
    with (KEPT_IN / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def lay_out(kept: Path, name: str) -> bool:
    """Put a copy of the kept database where the tests expect theirs; whether there was one."""
    if kept.exists():
        shutil.copyfile(kept, name)
    return kept.exists()


def keep(kept: Path, name: str) -> None:
    """Keep a database that was just migrated in place of what was kept before; a kill leaves no half of it."""
    half = kept.with_suffix(f".{os.getpid()}")
    source, copy = sqlite3.connect(name), sqlite3.connect(half)
    try:
        source.backup(copy)
    finally:
        source.close()
        copy.close()
    for outdated in KEPT_IN.glob("*.sqlite3"):
        outdated.unlink(missing_ok=True)
    half.replace(kept)
