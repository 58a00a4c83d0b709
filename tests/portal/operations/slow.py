"""A site for the test of stopping: it answers when a file says so, and tells by another that it has begun."""

from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event
from typing import Any

FOLDER = Path.cwd()
LONGEST = 400  # looks, of a twentieth of a second


def application(surroundings: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    if surroundings["PATH_INFO"] == "/slow":
        (FOLDER / "begun").touch()
        for _ in range(LONGEST):
            if (FOLDER / "go on").exists():
                break
            Event().wait(0.05)
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"answered"]
