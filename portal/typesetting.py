"""Runs typst in a process of its own: setting a newspaper takes a hundred megabytes, which a process that goes on would keep.

The child is this file, run as a program; it needs nothing of Django and is up in a tenth of a second.
"""

import base64
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LONGEST_SECONDS = 120
REFUSED = 3
ROOT = Path(__file__).resolve().parent.parent


class CannotBeSet(RuntimeError):
    """What typst says is wrong with a template or its values."""


def compiled(files: Mapping[str, bytes], options: Mapping[str, Any], *, is_apart: bool) -> list[bytes]:
    """What comes of `files`, of which one is called "main": one PDF, or a picture for each page."""
    return _elsewhere(files, options) if is_apart else _here(files, options)


def _here(files: Mapping[str, bytes], options: Mapping[str, Any]) -> list[bytes]:
    # Whoever has paper set elsewhere has no use for it.
    import typst

    try:
        # Several files at once are allowed, but its own types do not say so yet.
        made: Any = typst.compile(dict(files), ignore_system_fonts=True, **options)
    except RuntimeError as refusal:
        raise CannotBeSet(str(getattr(refusal, "diagnostic", refusal))) from None
    return list(made) if isinstance(made, list) else [made]


def _elsewhere(files: Mapping[str, bytes], options: Mapping[str, Any]) -> list[bytes]:
    asked = {"files": {name: _as_words(content) for name, content in files.items()}, "options": dict(options)}
    return [base64.b64decode(one) for one in json.loads(made_by("portal.typesetting", json.dumps(asked).encode()))]


def made_by(program: str, given: bytes) -> bytes:
    """What one of our modules makes of `given`, run as a program; CannotBeSet with what it says where it fails."""
    command = [sys.executable, "-m", program]
    try:
        done = subprocess.run(command, input=given, capture_output=True, cwd=ROOT, timeout=LONGEST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise CannotBeSet(f"It was not set within {LONGEST_SECONDS} seconds.") from None
    if done.returncode:
        raise CannotBeSet(done.stderr.decode(errors="replace"))
    return done.stdout


def _as_words(content: bytes) -> str:
    return base64.b64encode(content).decode()


def main() -> None:
    asked = json.load(sys.stdin)
    files = {name: base64.b64decode(content) for name, content in asked["files"].items()}
    try:
        made = _here(files, asked["options"])
    except CannotBeSet as refusal:
        sys.stderr.write(str(refusal))
        sys.exit(REFUSED)
    json.dump([_as_words(one) for one in made], sys.stdout)


if __name__ == "__main__":
    main()
