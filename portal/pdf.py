"""Sets paper: a typst template from `templates/` and values from the code become a PDF."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import segno
from django.conf import settings

from portal.typesetting import compiled

_PAGES = re.compile(rb"/Type\s*/Pages\s*/Count\s+(\d+)")


def typeset(template: str, values: Mapping[str, Any], *, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF of `templates/<template>.typ`, tagged for screen readers.

    The template reads `values` with `json("values.json")` (numbers, words, lists, and nothing else) and each picture by
    its name, such as `image("map.svg")`. Words are data to it and never markup.
    """
    return tagged(_files(template, values, pictures))


def tagged(files: Mapping[str, bytes]) -> bytes:
    """The PDF of a typst file called "main" and what it reads; CannotBeSet with typst's own words where it refuses."""
    return compiled(files, {"format": "pdf", "pdf_standards": ["ua-1"]}, is_apart=settings.IS_SET_APART)[0]


def draw_pages(
    template: str, values: Mapping[str, Any], *, pictures: Mapping[str, bytes] | None = None, dots_an_inch: int = 90
) -> list[bytes]:
    """The same pages as pictures (PNG), to be looked at on a screen."""
    files = _files(template, values, pictures)
    return compiled(files, {"format": "png", "ppi": dots_an_inch}, is_apart=settings.IS_SET_APART)


def _files(template: str, values: Mapping[str, Any], pictures: Mapping[str, bytes] | None) -> dict[str, bytes]:
    root = Path(settings.BASE_DIR) / "templates"
    return {
        "main": (root / f"{template}.typ").read_bytes(),
        "values.json": json.dumps(values, ensure_ascii=False).encode(),
        **{path.name: path.read_bytes() for path in (root / "paper").glob("*.typ")},
        **(pictures or {}),
    }


def pages_in(pdf: bytes) -> int:
    """How many pages a PDF of ours has: it says so in plain letters, and a library that reads PDFs takes 14 MB."""
    return max(map(int, _PAGES.findall(pdf)))


def qr_code(address: str) -> bytes:
    """An address as a QR code, as an SVG picture."""
    return segno.make(address, error="m", micro=False).svg_inline(scale=4, border=0).encode()
