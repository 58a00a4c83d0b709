"""Whole sites in folders of their own: a database as a file and uploads, so that one can be copied and another filled."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.contrib.auth.models import Group
from django.db import connection

from portal.accounts.models import User
from portal.operations.backup.holding import ASIDE
from portal.tasks import enqueue_on_commit
from selfreferral.models import Referral
from selfreferral.models.sealing import place
from selfreferral.tasks import alert_navigators
from tests.factories.selfreferral import a_referral

__all__ = ["ASIDE", "Site", "words_of"]
UPLOAD = b"a picture of the hall" * 5000


@dataclass(frozen=True)
class Site:
    """One installation; `go_there` makes it the one that this process works in."""

    folder: Path
    settings: Any

    @property
    def database(self) -> Path:
        return self.folder / "together.sqlite3"

    def go_there(self) -> "Site":
        self.folder.mkdir(exist_ok=True)
        connection.close()
        connection.settings_dict["NAME"] = str(self.database)
        self.settings.MEDIA_ROOT = self.folder / "media"
        return self

    def everything(self) -> dict[str, bytes]:
        """Each file below the folder, without locks and keys."""
        found = [
            path
            for path in self.folder.rglob("*")
            if path.is_file() and path.suffix != ".lock" and not path.name.endswith("-shm")
        ]
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in found}


@pytest.fixture
def key(tmp_path: Path, settings: Any) -> Path:
    """A file with a private key of age; what is copied is locked for it."""
    made = pyrage.x25519.Identity.generate()
    settings.BACKUP_AGE_RECIPIENTS = [str(made.to_public())]
    file = tmp_path / "key.txt"
    file.write_text(f"# created for a test\n{made}\n")
    return file


@pytest.fixture
def migrated(django_db_setup: None) -> Path:
    """The database of the tests: as `migrate` leaves it, with nobody in it."""
    return Path(connection.settings_dict["NAME"])


@pytest.fixture
def sites(tmp_path: Path, settings: Any, migrated: Path, django_db_blocker: Any) -> Iterator[Callable[[str], Site]]:
    """Makes sites; the first named `old` has a database like that of the tests."""
    if connection.vendor != "sqlite":
        pytest.skip("these sites are files, which only SQLite has; PostgreSQL has a drill of its own")
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        yield lambda name: Site(tmp_path / name, settings).go_there()
        connection.close()
        connection.settings_dict["NAME"] = before


@pytest.fixture
def old(sites: Callable[[str], Site], migrated: Path) -> Site:
    """A small site in use."""
    site = sites("old")
    copy_of(migrated, site.database)
    fill(site.folder / "media")
    return site


def copy_of(one: Path, other: Path) -> None:
    with closing(sqlite3.connect(one)) as whole, closing(sqlite3.connect(other)) as copy:
        whole.backup(copy)


def fill(media: Path) -> None:
    """An account, a referral, an upload and a mail that waits to go."""
    lead = User.objects.create_user("lead@demo.example", "a long enough password")
    lead.groups.add(Group.objects.get(name="Triage lead"))
    a_referral()
    enqueue_on_commit(alert_navigators)
    upload = media / "images" / "hall.jpg"
    upload.parent.mkdir(parents=True)
    upload.write_bytes(UPLOAD)


@pytest.fixture
def place_for_it(sites: Callable[[str], Site]) -> Callable[[], Site]:
    """Goes to a place where nothing is yet."""
    return lambda: sites("new")


def words_of(referral: Referral) -> dict[str, Any]:
    """What somebody wrote, opened with the keys of this process."""
    opened: dict[str, Any] = {}
    for answer in referral.answers.all():
        opened |= referral.strongbox().open(answer.sealed_answers, place=place(answer, "answers"))
    return opened
