"""The entries of a session as a CSV file that comes back: written for a spreadsheet, read whole or refused in one sentence."""

import csv
import io
from collections.abc import Iterable, Mapping

from django.core.management.base import CommandError

from engagement.comments.sessions.paper.entries import FIELDS
from portal.imports import csv_rows
from portal.refusals import Refused
from portal.spreadsheets import harmless

LARGEST = 1024 * 1024
MOST_ROWS = 5000
BYTE_ORDER_MARK = "\ufeff"


def write_rows(rows: Iterable[Mapping[str, str]]) -> str:
    """The file, with the mark by which spreadsheets know UTF-8; nothing in it is run as a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _as_written(row[name]) for name in FIELDS})
    return BYTE_ORDER_MARK + out.getvalue()


def read_bytes(content: bytes) -> str:
    """The text of a file that somebody chose; Refused for one that is too large or no text."""
    if len(content) > LARGEST:
        raise Refused("This file is larger than 1 MB. Is it the file of this session?")
    if b"\x00" in content:
        raise Refused("This is not a CSV file. In your spreadsheet choose “Save as” and then CSV UTF-8.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What older spreadsheets on Windows save when they are asked for CSV.
        return content.decode("cp1252", errors="replace")


def read_rows(text: str) -> list[tuple[int, dict[str, str]]]:
    """The rows of the file, numbered from the first one under the heading; Refused, in one sentence, for anything else."""
    try:
        rows = csv_rows(text.removeprefix(BYTE_ORDER_MARK), needs=FIELDS)
    except CommandError as problem:
        raise Refused(str(problem)) from None
    if len(rows) > MOST_ROWS:
        raise Refused(f"This file has {len(rows):,} rows. Is it the file of this session?")
    return [(number, {name: as_typed(row[name]) for name in FIELDS}) for number, (_, row) in enumerate(rows, start=1)]


def as_typed(cell: str) -> str:
    """A cell without the apostrophe that made it harmless."""
    return cell[1:] if cell.startswith("'") and _would_run(cell) else cell


def _as_written(cell: str) -> str:
    return f"'{cell}" if _would_run(cell) else cell


def _would_run(cell: str) -> bool:
    """Whether a spreadsheet would run it, were it not for apostrophes before it."""
    bare = cell.lstrip("'")
    return bool(harmless(bare) != bare)
