"""The demo village under production's settings, with a page of twenty blocks: made once, then copied for each measuring."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from benchmarks.surroundings import usual_surroundings

ROOT = Path(__file__).resolve().parent.parent
# What a proxy in front says of everybody; it stands in for HTTPS.
PROXY = {"x_forwarded_proto": "https", "x_forwarded_for": "192.0.2.1"}
HELD = tempfile.TemporaryDirectory(prefix="together-bench-")


def run(*words: str, **surroundings: str) -> str:
    """One of the portal's commands in a process of its own; what it prints."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**usual_surroundings(), "TOGETHER_ENV": "here", **surroundings},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return done.stdout


def fill(**surroundings: str) -> dict[str, int]:
    """Build the village in an empty database, and a page of twenty blocks in it; how often its pages ask the database."""
    dev = {"DJANGO_SETTINGS_MODULE": "portal.settings.dev", **surroundings}
    run("manage.py", "migrate", "--verbosity=0", **dev)
    run("manage.py", "load_demo", "--password=bench", **dev)
    asked: dict[str, int] = json.loads(run("-m", "benchmarks.village_at", **dev).splitlines()[-1])
    return asked


@cache
def _made() -> tuple[Path, dict[str, int]]:
    """The folder of a village on SQLite that nobody has touched, and how often its pages ask."""
    folder = Path(HELD.name) / "made"
    asked = fill(VAR_DIR=str(folder))
    run("manage.py", "collectstatic", "--noinput", "--verbosity=0", **as_production(folder))
    return folder, asked


def queries() -> dict[str, int]:
    return _made()[1]


def as_production(folder: Path, **more: str) -> dict[str, str]:
    """What the portal's processes need to run there as on a server."""
    keys = json.loads((folder / "dev-keys.json").read_text())
    return {
        **keys,
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "VAR_DIR": str(folder),
        "ALLOWED_HOSTS": "localhost",
        "BASE_URL": "https://localhost",
        "EMAIL_BACKEND": "portal.emails.backends.EmlFiles",
        # Both are settings of every installation: visitors come from as many addresses as the proxy says, and type fast.
        "TRUSTED_PROXIES": "1",
        "FASTEST_PERSON_SECONDS": "0",
        **more,
    }


@contextmanager
def village(**more: str) -> Iterator[dict[str, str]]:
    """The surroundings of a village of one's own, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="together-bench-") as scratch:
        folder = Path(scratch) / "var"
        shutil.copytree(_made()[0], folder)
        yield as_production(folder, **more)


@contextmanager
def working(surroundings: Mapping[str, str]) -> Iterator[None]:
    """A worker beside the web process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "django", "worker", "-v0", "--no-startup-delay"],
        cwd=ROOT,
        env={**usual_surroundings(), "PYTHONPATH": str(ROOT), **surroundings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def folder_of(surroundings: Mapping[str, str]) -> Path:
    return Path(surroundings["VAR_DIR"])
