"""A worker killed for real, by the signal that nothing can catch, at every step of a sending."""

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

from tests.newsletter.sending.killing import BATCH, STEPS

ROOT = Path(__file__).resolve().parent.parent.parent.parent
READERS = Counter(f"reader{number}@example.org" for number in range(12))
# For each step: how many the ledger calls gone right after the kill, how many are in doubt, and how many of those had arrived.
SAYS = {
    "first claim": (0, 0, 0),
    "claimed": (0, BATCH, BATCH),
    "begun, not committed": (0, BATCH, BATCH),
    "begun": (BATCH, BATCH, 0),
    "before a mail": (BATCH, BATCH, 1),
    "after data": (BATCH, BATCH, 2),
    "after a mail": (BATCH, BATCH, 2),
    "before settling": (BATCH, BATCH, BATCH),
    "settled, not committed": (BATCH, BATCH, BATCH),
    "finishing": (12, 0, 0),
}


def killed(where: Path, database: str, *words: str) -> dict[str, Any]:
    environment = {
        **os.environ,
        "VAR_DIR": str(where),
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.newsletter.sending.killing", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.fixture(scope="module", params=["one by one", "in groups"])
def at_each_step(
    request: pytest.FixtureRequest, django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """What came of a kill at each step; all in one process, for it takes longer to start than to send."""
    if connection.vendor != "sqlite":
        pytest.skip("copies the test database as a file, which only SQLite has")
    where = tmp_path_factory.mktemp("killed")
    tests = sqlite3.connect(connection.settings_dict["NAME"])
    with closing(tests) as whole, closing(sqlite3.connect(where / "together.sqlite3")) as copy:
        whole.backup(copy)
    return killed(where, f"sqlite:///{where / 'together.sqlite3'}", "1", request.param, *STEPS)


@pytest.mark.django_db
@pytest.mark.parametrize("step", STEPS)
def test_a_killed_worker_doubles_nobody_and_skips_nobody(step: str, at_each_step: dict[str, Any]) -> None:
    told = at_each_step[step]
    assert told["killed_by"] == signal.SIGKILL
    gone, in_doubt, arrived = SAYS[step]
    between = {"submitted": gone, "sending": in_doubt, "queued": 12 - gone - in_doubt}
    assert told["between"] == {state: how_many for state, how_many in between.items() if how_many}
    assert told["state"] == "sent"
    assert told["after"] == Counter(submitted=12 - in_doubt) + Counter(uncertain=in_doubt)
    mails, uncertain = Counter(told["mails"]), Counter(told["uncertain"])
    assert max(mails.values()) == 1
    assert mails | uncertain == READERS
    assert sum(mails.values()) == 12 - in_doubt + arrived


@pytest.mark.parametrize("way", ["one by one", "in groups"])
def test_three_workers_share_a_sending_and_one_of_them_is_killed(
    way: str, django_db_setup: None, django_db_blocker: Any, tmp_path: Path
) -> None:
    """On SQLite one worker at a time writes; only PostgreSQL lets three reach into one ledger together."""
    if connection.vendor != "postgresql":
        pytest.skip("three workers at once need PostgreSQL: set DATABASE_URL to try it")
    with django_db_blocker.unblock():
        connection.creation.clone_test_db(suffix="killed", verbosity=0, autoclobber=True)
        where = connection.creation.get_test_db_clone_settings("killed")
        address = f"postgres://{where['USER']}:{where['PASSWORD']}@{where['HOST']}:{where['PORT']}/{where['NAME']}"
        try:
            told = killed(tmp_path, address, "3", way, "after data")["after data"]
        finally:
            connection.creation.destroy_test_db(suffix="killed", verbosity=0)
    assert (told["killed_by"], told["others"]) == (signal.SIGKILL, [0, 0])
    assert told["state"] == "sent"
    mails, uncertain = Counter(told["mails"]), Counter(told["uncertain"])
    assert max(mails.values()) == 1
    assert mails | uncertain == READERS
    assert len(told["uncertain"]) <= BATCH
