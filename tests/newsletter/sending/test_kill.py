"""A worker killed for real, by the signal that nothing can catch."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
READERS = Counter(f"reader{number}@example.org" for number in range(12))


@pytest.fixture
def migrated(tmp_path: Path, db: None) -> Path:
    """A place of its own with a migrated, empty database in it; `db` lets it run before tests that empty the tables."""
    if connection.vendor != "sqlite":
        pytest.skip("copies the test database as a file, which only SQLite has")
    tests = sqlite3.connect(connection.settings_dict["NAME"])
    with closing(tests) as whole, closing(sqlite3.connect(tmp_path / "together.sqlite3")) as copy:
        whole.backup(copy)
    return tmp_path


def send_and_kill(where: Path, moment: str, number: int) -> dict[str, Any]:
    environment = {
        **os.environ,
        "VAR_DIR": str(where),
        "DATABASE_URL": f"sqlite:///{where / 'together.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.newsletter.killing", moment, str(number)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.mark.parametrize(("moment", "number"), [("before", 5), ("after", 5)])
def test_a_killed_worker_doubles_nobody_and_skips_nobody(migrated: Path, moment: str, number: int) -> None:
    told = send_and_kill(migrated, moment, number)
    assert told["killed_by"] == signal.SIGKILL
    assert told["between"] == {"submitted": 4, "sending": 1, "queued": 7}
    assert told["state"] == "sent"
    assert told["after"] == {"submitted": 11, "uncertain": 1}
    mails, uncertain = Counter(told["mails"]), Counter(told["uncertain"])
    assert max(mails.values()) == 1
    assert mails | uncertain == READERS
    assert sum(mails.values()) == (11 if moment == "before" else 12)
