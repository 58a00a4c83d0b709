"""Tables for spreadsheets: nothing that somebody wrote is ever run as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# What a spreadsheet skips before it looks for a formula, and what it then takes for one.
_RUNS = re.compile(r"[\s\ufeff\x00-\x1f]*[=+\-@|%＝＋－＠]|[\t\r\n]")


def harmless(value: Any) -> Any:
    """A cell that a spreadsheet shows as it is: words that would start a formula get an apostrophe, numbers stay."""
    return f"'{value}" if isinstance(value, str) and _RUNS.match(value) else value


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """A heading and one line a row; a column that a row lacks is empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n", restval="")
    writer.writeheader()
    writer.writerows({name: harmless(value) for name, value in row.items()} for row in rows)
    return out.getvalue()
