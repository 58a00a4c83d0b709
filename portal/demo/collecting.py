"""Collects and packs the demo's style sheets and scripts as production does, once for each state of them."""

import hashlib
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

COMMAND = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--clear", "--verbosity=0"]


class Collecting:
    """One start's work, which goes on beside the building of the village."""

    def __init__(self, root: Path) -> None:
        self.stamp = root.with_suffix(".stamp")
        self.wanted = _state()
        self.process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Start collecting, unless all lies there as it is now."""
        if self.stamp.exists() and self.stamp.read_text() == self.wanted:
            return
        self.stamp.unlink(missing_ok=True)
        self.process = subprocess.Popen(COMMAND, cwd=settings.BASE_DIR, env=settings.SURROUNDINGS)

    def finish(self) -> bool:
        """Wait until it is done; whether everything lies there."""
        if self.process is None:
            return True
        if self.process.wait():
            return False
        self.stamp.write_text(self.wanted)
        return True


def _state() -> str:
    """A word that is another one when a file, or what packs them, has changed."""
    seen = hashlib.sha256(f"{version('whitenoise')} {version('brotli')} {version('django')}".encode())
    seen.update((settings.BASE_DIR / "portal" / "static_files.py").read_bytes())
    for finder in finders.get_finders():
        for name, storage in sorted(finder.list([])):
            facts = Path(storage.path(name)).stat()
            seen.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return seen.hexdigest()
