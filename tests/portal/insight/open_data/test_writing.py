"""Every file of open data: each column once, told beside it, with the numbers of the figure that it is of."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest

from portal.insight.open_data.published import OpenTable
from portal.insight.open_data.writing import BEFORE, as_csv, as_csvw
from portal.insight.rounding import PUBLISHED, published
from portal.insight.shown import Shown
from portal.insight.table import Cell
from tests.conftest import Person
from tests.factories.insight import COUNTED_AT, YEAR, a_full_year

pytestmark = pytest.mark.django_db
# What these are about is nobody, so it is said as it is.
EXACT_N = {"sessions_held", "directory_freshness"}


def written(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:%Y-%m}" if isinstance(cell, date) else str(cell)


def test_every_file_has_each_column_once_with_its_own_numbers(lead: Person, coordinator: Person) -> None:
    shown = [
        published(table)
        for table in a_full_year(lead=lead.user, coordinator=coordinator.user)
        if table.name in PUBLISHED
    ]
    assert {table.name for table in shown} == {*PUBLISHED}
    for table in shown:
        figure = Shown(table, YEAR, COUNTED_AT)
        file = OpenTable(figure, [figure])
        head, *lines = csv.reader(io.StringIO(as_csv(file)))
        told = columns_told(file)
        assert head == [*told] == [name for name, _, _ in BEFORE] + [column.name for column in table.columns]
        assert len(head) == len({*head}), table.name
        assert lines, table.name
        assert [line[len(BEFORE) :] for line in lines] == [[*map(written, row)] for row in table.rows]
        assert {line[head.index("n")] for line in lines} == {str(table.n)}
        about = "Of how many" if table.name in EXACT_N else "Of how many, to the nearest 5"
        assert told["n"]["dc:description"] == about, table.name


def columns_told(file: OpenTable) -> dict[str, Any]:
    """Each column as the metadata have it, by its name; twice where it is there twice."""
    columns = json.loads(as_csvw(file, "/open-data/a.csv"))["tableSchema"]["columns"]
    told = {column["name"]: column for column in columns}
    assert len(told) == len(columns), file.name
    return told
