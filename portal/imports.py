"""How every import command reads a file: whole or not at all, bad rows by number and reason, the same twice as once."""

import csv
import io
import json
from abc import ABC, abstractmethod
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

LARGEST_FILE = 200 * 1024 * 1024
LONGEST_LINE = 10 * 1024 * 1024
# As many bad rows as somebody reads on a screen; more are counted.
MOST_SAID = 100
MOST_REASONS = 20


class BadRow(Exception):
    """A row that cannot be taken, with the reason in words for the person who has the file."""


@dataclass
class ImportReport:
    """What an import did, counted by row."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


class _DryRun(Exception):
    """Undoes the transaction of a rehearsal."""


class ImportCommand(BaseCommand, ABC):
    """Base of the import commands: a subclass reads its file into rows and takes them one by one."""

    noun = "rows"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        parser.add_argument(
            "--refused",
            type=Path,
            metavar="NEW.csv",
            help="write every row that was refused, with its reason, to a new file",
        )

    @abstractmethod
    def rows(self, text: str, options: dict[str, Any]) -> Iterable[tuple[int, Any]]:
        """Number and content of each row of the file."""

    @abstractmethod
    def take(self, row: Any, options: dict[str, Any]) -> str:
        """Store one row: "added", "changed" or "unchanged"; raise BadRow for one that cannot be taken."""

    def prepare(self, rows: list[tuple[int, Any]], options: dict[str, Any]) -> None:
        """What must stand before the first row is taken, inside the same transaction."""

    def finish(self, options: dict[str, Any]) -> None:
        """What is done once after the last row, inside the same transaction."""

    def handle(self, *args: Any, **options: Any) -> None:
        report = ImportReport()
        if (listed_in := options.get("refused")) is not None and listed_in.exists():
            raise CommandError(f"{listed_in} is there already.")
        self.refused = report.refused
        rows = list(self.rows(read_text(options["file"]), options))
        try:
            with transaction.atomic():
                self.prepare(rows, options)
                for number, row in rows:
                    self._take_one(number, row, options, report)
                self.finish(options)
                if options["dry_run"]:
                    raise _DryRun
        except _DryRun:
            self.stdout.write("Rehearsal only: nothing was changed.")
        self._say(report, everything_in=listed_in)

    def features(self, text: str) -> list[tuple[int, dict[str, Any]]]:
        """Features of a GeoJSON collection, numbered from one; what is none is refused by its number."""
        found = geojson_features(text)
        self.refused += [(number, "it is not a feature.") for number, one in found if not isinstance(one, dict)]
        return [(number, one) for number, one in found if isinstance(one, dict)]

    def _take_one(self, number: int, row: Any, options: dict[str, Any], report: ImportReport) -> None:
        try:
            outcome = self.take(row, options)
        except BadRow as reason:
            report.refused.append((number, str(reason)))
            return
        setattr(report, outcome, getattr(report, outcome) + 1)
        if self.stdout.isatty() and number % 500 == 0:
            self.stdout.write(f"{number:,} read", ending="\r")

    def _say(self, report: ImportReport, *, everything_in: Path | None) -> None:
        refused = sorted(report.refused)
        for number, reason in refused[:MOST_SAID]:
            self.stdout.write(f"Row {number}: {reason}")
        if (more := len(refused) - MOST_SAID) > 0:
            self.stdout.write(f"And {more:,} more rows; --refused NEW.csv lists them all. By reason:")
            for reason, how_many in Counter(reason for _, reason in refused).most_common(MOST_REASONS):
                self.stdout.write(f"{how_many:,} rows: {reason}")
        if everything_in is not None:
            _write_new(everything_in, refused)
        self.stdout.write(
            f"{self.noun.capitalize()}: {report.added} added, {report.changed} changed, "
            f"{report.unchanged} unchanged, {len(report.refused)} refused."
        )


def _write_new(path: Path, refused: list[tuple[int, str]]) -> None:
    """Every refused row with its reason; a file that is there already is left alone."""
    try:
        with path.open("x", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows([("row", "reason"), *refused])
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from None


def read_text(path: Path) -> str:
    """The file's text, or one clear error: missing, too large, not UTF-8, a NUL byte or an absurd line."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise CommandError(f"{path.name} is larger than {LARGEST_FILE // 1024 // 1024} MB.")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise CommandError(f"{path.name} is not UTF-8 text (byte {error.start:,}).") from None
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise CommandError(f"{path.name} has a NUL byte in line {line}.")
    for number, line_text in enumerate(io.StringIO(text), start=1):
        if len(line_text) > LONGEST_LINE:
            raise CommandError(f"Line {number} of {path.name} is longer than {LONGEST_LINE:,} characters.")
    return text


def csv_rows(text: str, *, needs: Iterable[str]) -> list[tuple[int, dict[str, str]]]:
    """Rows of a CSV below its heading, numbered as a spreadsheet does: the heading and empty rows count.

    A missing column is one clear error.
    """
    try:
        lines = enumerate(csv.reader(io.StringIO(text), strict=True), start=1)
        heading = next((cells for _, cells in lines if cells), [])
        missing = [name for name in needs if name not in heading]
        if missing:
            raise CommandError(
                f"The column {missing[0]} is missing. The file has: {', '.join(heading or ['nothing'])}."
            )
        rows = []
        for number, cells in lines:
            if cells and len(cells) != len(heading):
                raise CommandError(f"Row {number} does not have as many columns as the heading: is the file cut short?")
            if cells:
                rows.append((number, dict(zip(heading, cells, strict=True))))
    except csv.Error as error:
        raise CommandError(f"This is not a CSV file that can be read: {error}.") from None
    return rows


def geojson_features(text: str) -> list[tuple[int, Any]]:
    """What stands in a GeoJSON collection, numbered from one; any other file is one clear error."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise CommandError(f"This is not whole JSON{where}: is the file cut short?") from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise CommandError("This is not a GeoJSON FeatureCollection.")
    return list(enumerate(features, start=1))
