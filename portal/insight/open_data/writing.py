"""Writes a figure as CSV, and what its columns mean as CSVW (W3C's words for tables on the web)."""

import json
from typing import Any

from portal.emails.links import absolute
from portal.insight.open_data.published import OpenTable
from portal.insight.rounding import BASE
from portal.insight.table import Cell, Column, Table
from portal.insight.wording import caution, column_sentence
from portal.pages.settings import site_identity
from portal.spreadsheets import csv_text

# Before a figure's own columns, none of which has one of these names: which time each line is about, when that was counted,
# and of how many.
BEFORE = (
    ("period_begins_on", "The first day of the time that the line is about", "date"),
    ("period_ends_on", "The last day of that time", "date"),
    ("counted_at", "When it was counted", "dateTime"),
    ("n", "How many the whole figure is about", "nonNegativeInteger"),
)
TYPES = {
    "text": "string",
    "month": "gYearMonth",
    "count": "nonNegativeInteger",
    "percent": "nonNegativeInteger",
    "days": "decimal",
    "mean": "decimal",
}
EMPTY = "An empty cell is a number too small to show, or one that nobody knows any more; it is not nought."
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


def as_csv(table: OpenTable) -> str:
    """One line a row and time; what is not shown, or not known, is an empty cell."""
    own = [column.name for column in table.columns]
    rows = []
    for figure in table.figures:
        about: dict[str, Any] = {
            "period_begins_on": figure.period.begins_on.isoformat(),
            "period_ends_on": figure.period.ends_on.isoformat(),
            "counted_at": figure.made_at.isoformat(timespec="seconds"),
            "n": figure.table.n,
        }
        for row in figure.table.rows:
            cells = zip(figure.table.columns, row, strict=True)
            rows.append(about | {column.name: _cell(column, cell) for column, cell in cells if column.name in own})
    return csv_text([*(name for name, _, _ in BEFORE), *own], rows)


def _cell(column: Column, cell: Cell) -> Any:
    if cell is None:
        return ""
    return f"{cell:%Y-%m}" if column.kind == "month" else cell


def as_csvw(table: OpenTable, path: str) -> str:
    """The metadata that lies beside the file at `path`."""
    identity = site_identity()
    roughly = f", to the nearest {BASE}" if table.newest.table.is_n_rounded else ""
    told = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": absolute(path),
        "dc:title": table.newest.table.title,
        "dc:description": _about(table.newest.table),
        "dc:publisher": f"{identity.name} in {identity.place_name}",
        "dc:modified": {
            "@value": max(figure.made_at for figure in table.figures).date().isoformat(),
            "@type": "xsd:date",
        },
        "dc:license": {"@id": LICENCE},
        "dialect": {"lineTerminators": ["\r\n"], "header": True},
        "tableSchema": {
            "columns": [
                *(
                    {
                        "name": name,
                        "titles": name,
                        "dc:description": f"{words}{roughly if name == 'n' else ''}.",
                        "datatype": kind,
                    }
                    for name, words, kind in BEFORE
                ),
                *(
                    {
                        "name": column.name,
                        "titles": column.name,
                        "dc:description": column_sentence(table.newest.table, column),
                        "datatype": TYPES[column.kind],
                    }
                    for column in table.columns
                ),
            ]
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _about(table: Table) -> str:
    """What the file is about, with all that is to be borne in mind."""
    return " ".join(filter(None, [table.definition, *table.notes, caution(table), EMPTY]))
