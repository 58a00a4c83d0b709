"""Every file of open data: each column once, told beside it, with the numbers of the figure that it is of."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest

from portal.insight.open_data.published import OpenTable
from portal.insight.open_data.writing import BEFORE, EMPTY, as_csv, as_csvw
from portal.insight.rounding import PUBLISHED, published
from portal.insight.shown import Shown
from portal.insight.table import Cell
from tests.conftest import Person
from tests.factories.insight import COUNTED_AT, YEAR, a_full_year, a_report

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
        about = "How many the whole figure is about"
        roughly = "" if table.name in EXACT_N else ", to the nearest 5"
        assert told["n"]["dc:description"] == f"{about}{roughly}.", table.name
        sentences = [column["dc:description"] for column in told.values()]
        assert all(words.endswith(".") for words in sentences)
        assert len({*sentences}) == len(sentences), "each has one of its own"
        assert EMPTY in json.loads(as_csvw(file, "/a.csv"))["dc:description"]


def columns_told(file: OpenTable) -> dict[str, Any]:
    """Each column as the metadata have it, by its name; twice where it is there twice."""
    columns = json.loads(as_csvw(file, "/open-data/a.csv"))["tableSchema"]["columns"]
    told = {column["name"]: column for column in columns}
    assert len(told) == len(columns), file.name
    return told


def test_the_page_tells_every_column_and_what_an_empty_cell_is(stranger: Person) -> None:
    a_report("routes_in")
    page = stranger.get("/open-data/").content.decode()
    assert EMPTY.removeprefix("An empty cell is ") in page
    assert all(f"<code>{name}</code>" in page for name, _, _ in BEFORE)
    assert "<dt><code>requests</code></dt><dd>Requests: how many, to the nearest 5.</dd>" in page
