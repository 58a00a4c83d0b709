"""What people wrote under an older release is there after an update, and one step back and up again loses nothing."""

import json
import lzma
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from portal.settings.environment import ROOT
from tests.upgrades.keep import HERE, surroundings

RELEASES = sorted(path.name.removesuffix(".sqlite3.xz") for path in HERE.glob("*.sqlite3.xz"))
NEWEST = RELEASES[-1]


def unpacked(release: str, var: Path) -> Path:
    database = var / "together.sqlite3"
    database.write_bytes(lzma.decompress((HERE / f"{release}.sqlite3.xz").read_bytes()))
    return database


def climbed(var: Path, *options: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.upgrades.climb", *options],
        cwd=ROOT, env=surroundings(var), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("release", RELEASES)
def test_what_was_written_is_there_after_the_update(release: str, tmp_path: Path) -> None:
    with sqlite3.connect(unpacked(release, tmp_path)) as old:
        referrals, readers, events = (
            old.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("selfreferral_referral", "newsletter_subscriber", "audit_auditevent")
        )
        words = [text for (text,) in old.execute("SELECT words FROM comments_placecomment ORDER BY id")]
    assert referrals
    assert words
    found = climbed(tmp_path, *(["--step"] if release == NEWEST else []))
    assert found["referrals that open"] == referrals
    assert found["comments"] == words
    assert found["readers"] == readers
    assert found["events"] >= events
    assert found["wrong in the history"] == []
    assert set(found["pages"].values()) == {200}, found["pages"]
