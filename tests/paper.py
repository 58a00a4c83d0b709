"""Reads the PDFs that we make, as somebody would who has them on a screen."""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader


def words_of(pdf: bytes) -> str:
    """All that is written, with one space wherever there is room."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def pages_of(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def title_of(pdf: bytes) -> str:
    told = PdfReader(io.BytesIO(pdf)).metadata
    return str(told.title) if told else ""


def is_tagged(pdf: bytes) -> bool:
    """Whether a screen reader is told what is a heading and what is a table."""
    mark = PdfReader(io.BytesIO(pdf)).root_object.get("/MarkInfo")
    return bool(mark is not None and mark.get_object().get("/Marked"))


def squeezed(words: str) -> str:
    """Words without spaces, line ends and the places where a word may break."""
    return re.sub(r"[\s\u200b\u00ad]", "", words)


def links_of(pdf: bytes) -> set[str]:
    notes = (note.get_object() for page in PdfReader(io.BytesIO(pdf)).pages for note in page.get("/Annots", ()))
    return {note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})}


def elements(node: Any) -> Iterator[Any]:
    """What stands in the tags, however deep."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from elements(one)
    elif isinstance(node, dict):
        yield node
        if "/K" in node:
            yield from elements(node["/K"])


def tags_of(pdf: bytes) -> list[str]:
    root = PdfReader(io.BytesIO(pdf)).root_object["/StructTreeRoot"]
    return [str(one["/S"]) for one in elements(root) if "/S" in one]


def alts_of(pdf: bytes) -> list[str]:
    """The words of pictures, for those who do not see them."""
    root = PdfReader(io.BytesIO(pdf)).root_object["/StructTreeRoot"]
    return [str(one["/Alt"]) for one in elements(root) if one.get("/S") == "/Figure"]
