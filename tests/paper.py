"""Reads the PDFs that we make, as somebody would who has them on a screen."""

import io

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
