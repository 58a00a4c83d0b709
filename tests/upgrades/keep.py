"""Keeps a small populated database of the release at hand: `python -m tests.upgrades.keep 0.4`, once for each release."""

import lzma
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from portal.settings import test as kept_keys

HERE = Path(__file__).parent
PASSWORD = "a long enough password"


def surroundings(var: Path) -> dict[str, str]:
    """What a process needs that works on a database in this folder; the keys are those of the tests."""
    return {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "TOGETHER_ENV": "here",
        "VAR_DIR": str(var),
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "SECRET_KEY": kept_keys.SECRET_KEY,
        "REFERRAL_KEYS": ",".join(kept_keys.REFERRAL_KEYS),
        "INDEX_KEY": kept_keys.INDEX_KEY,
    }


def keep(release: str) -> Path:
    """Build the demo village in an empty place and pack its database."""
    kept = HERE / f"{release}.sqlite3.xz"
    if kept.exists():
        raise SystemExit(f"{kept.name} is there already.")
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder)
        for command in (["migrate", "--verbosity", "0"], ["load_demo", "--password", PASSWORD]):
            subprocess.run([sys.executable, "manage.py", *command], env=surroundings(var), check=True)
        with sqlite3.connect(var / "together.sqlite3") as whole:
            whole.execute("VACUUM INTO ?", (str(var / "packed.sqlite3"),))
        kept.write_bytes(lzma.compress((var / "packed.sqlite3").read_bytes(), preset=9 | lzma.PRESET_EXTREME))
    return kept


if __name__ == "__main__":
    sys.stdout.write(f"{keep(sys.argv[1])}\n")
