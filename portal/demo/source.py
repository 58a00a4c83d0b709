"""Reads the facts that the demo carries."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"


@cache
def facts(name: str) -> dict[str, Any]:
    """One file of the demo's content, such as "venues"; its keys are told in `data/README.md`."""
    found: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text())
    return found


def edition() -> str:
    """A fingerprint of all the content: another one means that there is something new to load."""
    together = b"".join(path.read_bytes() for path in sorted(DATA.glob("*.json")))
    return hashlib.sha256(together).hexdigest()[:16]
