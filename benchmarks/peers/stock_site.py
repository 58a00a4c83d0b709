"""The stock site made ready to be served: filled once in a folder of its own by the peers' own Python."""

import os
import subprocess
from pathlib import Path

from benchmarks.peers import environment

ROOT = Path(__file__).resolve().parent.parent.parent
APPLICATION = "benchmarks.peers.stock.wsgi:application"
CACHES = {
    "uncached": "",
    "Django’s page cache, in memory": "locmem",
    "Django’s page cache, in files": "file",
    "wagtail-cache": "wagtail-cache",
}


def surroundings(folder: Path, cache: str = "") -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "benchmarks.peers.stock.settings",
        "STOCK_DIR": str(folder),
        "STOCK_CACHE": cache,
        "PYTHONPATH": str(ROOT),
    }


def fill(folder: Path) -> int:
    """Make its database and its page of twenty blocks; how often that page asks the database."""
    folder.mkdir()
    done = subprocess.run(
        [environment.python(), "-m", "benchmarks.peers.stock.fill"],
        cwd=ROOT,
        env={**os.environ, **surroundings(folder)},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return int(done.stdout.split()[-1])
