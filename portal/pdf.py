"""Sets paper: a typst template from `templates/` and values from the code become a PDF."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings


def typeset(template: str, values: Mapping[str, Any], *, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF of `templates/<template>.typ`, tagged for screen readers.

    The template reads `values` with `json("values.json")` (numbers, words, lists, and nothing else) and each picture by
    its name, such as `image("map.svg")`. Words are data to it and never markup.
    """
    files = _files(template, values, pictures)
    # Several files at once are allowed, but its own types do not say so yet.
    pdf: bytes = typst.compile(files, format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True)  # type: ignore[call-overload]
    return pdf


def draw_pages(
    template: str, values: Mapping[str, Any], *, pictures: Mapping[str, bytes] | None = None, dots_an_inch: int = 90
) -> list[bytes]:
    """The same pages as pictures (PNG), to be looked at on a screen."""
    files = _files(template, values, pictures)
    pages = typst.compile(files, format="png", ppi=dots_an_inch, ignore_system_fonts=True)  # type: ignore[call-overload]
    return list(pages) if isinstance(pages, list) else [pages]


def _files(template: str, values: Mapping[str, Any], pictures: Mapping[str, bytes] | None) -> dict[str, bytes]:
    root = Path(settings.BASE_DIR) / "templates"
    return {
        "main": (root / f"{template}.typ").read_bytes(),
        "values.json": json.dumps(values, ensure_ascii=False).encode(),
        **{path.name: path.read_bytes() for path in (root / "paper").glob("*.typ")},
        **(pictures or {}),
    }


def qr_code(address: str) -> bytes:
    """An address as a QR code, as an SVG picture."""
    return segno.make(address, error="m", micro=False).svg_inline(scale=4, border=0).encode()
