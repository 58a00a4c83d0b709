"""Secrets: made once on a development machine, demanded with a hint in production, never weak."""

import base64
import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from portal.settings.dev_keys import development_keys

ROOT = Path(__file__).resolve().parent.parent.parent.parent
GOOD = {
    "SECRET_KEY": "a-key-of-many-different-letters-0123456789-and-long-enough",
    "REFERRAL_KEYS": base64.urlsafe_b64encode(b"k" * 32).decode(),
    "INDEX_KEY": base64.urlsafe_b64encode(b"i" * 32).decode(),
    "BASE_URL": "https://together.example.org",
    "ALLOWED_HOSTS": "together.example.org",
}


def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    first = development_keys(tmp_path)
    assert development_keys(tmp_path) == first
    path = tmp_path / "dev-keys.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(base64.urlsafe_b64decode(first["REFERRAL_KEYS"])) == 32
    assert first["REFERRAL_KEYS"] != first["INDEX_KEY"]
    assert [left.name for left in tmp_path.iterdir()] == ["dev-keys.json"]


def test_two_starts_at_once_agree_on_the_keys(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: json.dumps(development_keys(tmp_path)), range(16)))
    assert len(set(made)) == 1


def production_says(**changed: str) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, **GOOD, "DJANGO_SETTINGS_MODULE": "portal.settings.production", **changed}
    return subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
    )


def test_production_passes_djangos_own_check_without_a_warning(tmp_path: Path) -> None:
    said = production_says(VAR_DIR=str(tmp_path))
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize("name", sorted(GOOD))
def test_production_does_not_start_without_a_secret_and_says_which(name: str, tmp_path: Path) -> None:
    said = production_says(VAR_DIR=str(tmp_path), **{name: ""})
    assert said.returncode != 0
    assert f"{name} is not set." in said.stderr
    assert "docs/running.md" in said.stderr
