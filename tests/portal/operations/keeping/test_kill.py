"""A clearing out killed for real, by the signal that nothing can catch: the next one goes on, and no promise is broken."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.portal.operations.keeping.killing import BATCH, FILES, LEFT, OVER, STEPS

ROOT = Path(__file__).resolve().parents[4]
# Right after each kill: comments whose words are gone, photos alone that are gone, and files that lie there without a row.
SAYS = {
    "a batch, not committed": (0, 0, 0),
    "between two batches": (BATCH, 0, 0),
    "between rows and files": (2 * BATCH, 0, BATCH * FILES),
    "among files": (OVER, 0, LEFT),
    "among other files": (OVER, BATCH, (BATCH - 1) * FILES - 1),
}
# Comments lose what hangs on them; what is counted and written about it is more than there was.
MAY_CHANGE = {
    "accounts.User",
    "audit.AuditEvent",
    "comments.ModerationDecision",
    "comments.Photo",
    "privacy.Announcement",
    "privacy.Certificate",
    "privacy.MonthlyCount",
}


@pytest.fixture
def told(django_db_setup: None, tmp_path: Path) -> dict[str, Any]:
    """All in one process, for it takes longer to start than to clear out."""
    if connection.vendor != "sqlite":
        pytest.skip("copies the test database as a file, which only SQLite has")
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as tests,
        closing(sqlite3.connect(tmp_path / "together.sqlite3")) as copy,
    ):
        tests.backup(copy)
    where = {
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'together.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
    }
    program = [sys.executable, "-m", "tests.portal.operations.keeping.killing"]
    done = subprocess.run(program, cwd=ROOT, env={**os.environ, **where}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.django_db
def test_a_killed_clearing_out_goes_on_and_all_that_is_over_goes_and_nothing_else(told: dict[str, Any]) -> None:
    for step in STEPS:
        there, (comments, photos, loose) = told["between"][step], SAYS[step]
        assert there["killed_by"] == signal.SIGKILL, step
        gone = (OVER + 2 - there["words"], OVER + 1 - there["alone"])
        assert (*gone, there["loose"]) == (comments, photos, [loose, 0]), step
        # The certificates say what is gone, and no more; each comment is counted as it goes, and once.
        assert (there["certified"], there["counted"]) == (sum(gone), gone[0]), step
    last = told["state"]
    assert (last["words"], last["alone"], last["files"], last["loose"]) == (2, 1, told["stays"], [0, 0])
    assert (last["certified"], last["counted"]) == (2 * OVER, OVER)
    kept = told["certificates"]
    assert kept["whole"] == [False] * len(STEPS) + [True]
    assert all(kept["sealed"])
    assert (kept["loose"]["without_row"], kept["loose"]["without_file"], kept["wrong"]) == (0, 0, [])
    assert set(told["touched"]) <= MAY_CHANGE
