"""The files that the example village is built from, as the tests read them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "portal" / "demo" / "data"
FILES = sorted(path.name for path in DATA.glob("*.json"))


def read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return loaded


def texts(value: Any) -> Iterator[str]:
    """Every string in a file, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def slugs(name: str, rows: str) -> set[str]:
    return {row["slug"] for row in read(name)[rows]}
