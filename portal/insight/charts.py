"""Draws a figure as an SVG picture that is read in black and white: bars with their names and numbers written on them.

Pygal works out the bars. What it would add is taken out: no script, no style sheet, no address, no date; what is left are
plain shapes and words, so that the picture looks the same by itself, in a page and on paper. A table gives the same bytes
every time.
"""

import re
import textwrap
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from pygal import Bar, HorizontalBar, HorizontalStackedBar
from pygal.etree import etree

from portal.insight.table import Column, Table, say
from portal.insight.wording import drawn_columns, is_drawable, sentence

WIDTH = 340
INK, SHEET, RULE = "#14273a", "#ffffff", "#66747f"
FONT = "system-ui, 'Segoe UI', Roboto, 'Libertinus Serif', sans-serif"
NAME_SIZE, NUMBER_SIZE, MONTH_SIZE = 14, 14, 12
# A row: its name in one line or two, its bar below, and air.
ROW, BAR, BAR_DROP = 46, 17, 21
NAME_LINE, MOST_LINES = 17, 2
MARGIN, ROOM_FOR_NUMBER = 8, 76
MONTHS_HIGH, MONTHS_FOOT, MONTHS_HEAD = 150, 36, 20
# With more months than this, every third is named, and only the largest number is written.
ALL_NAMED = 13
LETTERS_A_LINE = 42
KEY_LINE, KEY_BOX = 22, 15
DIGIT = 9
PATTERNS = ("part-0", "part-1", "part-2", "part-3")
# What no XML may hold.
_NO_LETTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Box(NamedTuple):
    """Where a bar stands."""

    x: float
    y: float
    wide: float
    tall: float


class CannotBeDrawn(ValueError):
    """A picture of this table would say nothing."""


def draw(table: Table) -> bytes:
    """The picture of a table; CannotBeDrawn where `is_drawable` says no."""
    if not is_drawable(table):
        raise CannotBeDrawn(table.name)
    columns = drawn_columns(table)
    chart = _months(table, columns[0]) if table.columns[0].kind == "month" else _rows(table, columns)
    picture: bytes = chart.render()
    return picture


def height(table: Table) -> int:
    """How high the picture is where it is WIDTH wide."""
    if table.columns[0].kind == "month":
        return MONTHS_HIGH + MONTHS_FOOT + MONTHS_HEAD
    return _head(table) + sum(_row_height(table, row) for row in drawn_rows(table))


def _row_height(table: Table, row: int) -> int:
    return ROW + NAME_LINE * (len(_name_lines(table, row)) - 1)


def _name_lines(table: Table, row: int) -> list[str]:
    """A row's name in the lines that it takes; only a name of more than these is cut, and the table beside has it whole."""
    name = say(table.rows[row][0], table.columns[0].kind)
    return textwrap.wrap(name, LETTERS_A_LINE, max_lines=MOST_LINES, placeholder="…") or [name]


def drawn_rows(table: Table) -> list[int]:
    """Which rows have a bar, or a number that is not shown; a row of noughts stands in the table beside."""
    columns = drawn_columns(table)
    return [number for number, row in enumerate(table.rows) if any(cell != 0 for cell in table.known(row, columns))]


def _head(table: Table) -> int:
    """Room above the rows: for the key, where there are parts."""
    keys = _keys(table)
    return MARGIN + (KEY_LINE * len(keys) + MARGIN if keys else 0)


def _keys(table: Table) -> list[tuple[int, Column]]:
    """The parts that have a bar anywhere, with their places; none where nothing is parted."""
    columns = drawn_columns(table)
    return [(part, one) for part, one in enumerate(columns) if any(table.cells(one.name))] if len(columns) > 1 else []


def _rows(table: Table, columns: Sequence[Column]) -> Any:
    """Bars that lie, one row below the other, each in parts where there are several."""
    head, high = _head(table), height(table)
    sort = HorizontalStackedBar if len(columns) > 1 else HorizontalBar
    right = MARGIN if len(columns) > 1 else ROOM_FOR_NUMBER
    chart = sort(**_plain(high), margin_top=head, margin_bottom=0, margin_left=MARGIN, margin_right=right)
    # Pygal counts from below, people read from the top.
    for column in columns:
        cells = table.cells(column.name)
        chart.add(column.title, [cells[row] or 0 for row in drawn_rows(table)][::-1])
    chart.add_xml_filter(lambda root: _finish_rows(root, table, columns))
    return chart


def _months(table: Table, column: Column) -> Any:
    """Bars that stand, one for each month."""
    high = height(table)
    chart = Bar(
        **_plain(high), margin_top=MONTHS_HEAD, margin_bottom=MONTHS_FOOT, margin_left=MARGIN, margin_right=MARGIN
    )
    chart.add(column.title, [cell or 0 for cell in table.cells(column.name)])
    chart.add_xml_filter(lambda root: _finish_months(root, table, column))
    return chart


def _plain(high: int) -> dict[str, Any]:
    """What is the same for every chart: the bars and nothing else."""
    off = ("show_legend", "show_x_labels", "show_y_labels", "show_x_guides", "show_y_guides", "print_values")
    return {"width": WIDTH, "height": high, "js": [], "css": [], "no_prefix": True, "spacing": 0} | dict.fromkeys(
        off, False
    )


def _finish_rows(root: Any, table: Table, columns: Sequence[Column]) -> Any:
    # Part by part, each from the bottom row up.
    bars = _bars(root, shift=(MARGIN, 0))
    first = min(bar.x for bar in bars)
    sheet = _sheet(table)
    _key(sheet, _keys(table))
    top = _head(table)
    drawn = drawn_rows(table)
    for row, number_of_row in enumerate(drawn):
        cells = table.rows[number_of_row]
        for line, words in enumerate(_name_lines(table, number_of_row)):
            _words(sheet, MARGIN, top + NAME_SIZE + NAME_LINE * line, words, size=NAME_SIZE)
        bar_top = top + _row_height(table, number_of_row) - ROW + BAR_DROP
        end = float(MARGIN)
        for part, column in enumerate(columns):
            bar = bars[(part + 1) * len(drawn) - 1 - row]
            x, wide = bar.x - first + MARGIN, bar.wide
            _shape(sheet, Box(x, bar_top, wide, BAR), part)
            end = max(end, x + wide)
            number = say(cells[table.place(column.name)], column.kind)
            if len(columns) > 1 and wide >= DIGIT * len(number) + 4:
                _number_in_part(sheet, x + wide / 2, bar_top + BAR - 4, number, is_dark=part == 0)
        if len(columns) == 1:
            number = say(cells[table.place(columns[0].name)], columns[0].kind)
            _words(sheet, end + 6, bar_top + BAR - 3, number, size=NUMBER_SIZE, is_bold=True)
        top += _row_height(table, number_of_row)
    return sheet


def _finish_months(root: Any, table: Table, column: Column) -> Any:
    bars = _bars(root, shift=(MARGIN, MONTHS_HEAD))
    sheet = _sheet(table)
    foot = height(table) - MONTHS_FOOT
    step = 1 if len(table.rows) <= ALL_NAMED else 3
    most = max(cell or 0 for cell in table.cells(column.name))
    year = None
    for row, (month, cell) in enumerate(zip(_months_of(table), table.cells(column.name), strict=True)):
        bar = bars[row]
        middle = bar.x + bar.wide / 2
        _shape(sheet, bar, 0)
        if step == 1 or cell == most:
            number = "–" if cell is None else say(cell, "count" if column.kind == "days" else column.kind)
            _words(sheet, middle, bar.y - 5, number, size=MONTH_SIZE, is_bold=True, anchor="middle")
        if row % step == 0:
            _words(sheet, middle, foot + 15, f"{month:%b}", size=MONTH_SIZE, anchor="middle")
            if month.year != year:
                year = month.year
                _words(sheet, middle, foot + 29, str(year), size=MONTH_SIZE, anchor="middle")
    _add(sheet, "line", x1=MARGIN, x2=WIDTH - MARGIN, y1=foot, y2=foot, stroke=INK)
    return sheet


def _months_of(table: Table) -> list[date]:
    return [row[0] for row in table.rows if isinstance(row[0], date)]


def _bars(root: Any, *, shift: tuple[float, float]) -> list[Box]:
    """Where pygal put each bar, in its order; a nought has one without a length."""
    return [
        Box(
            float(rect.get("x", 0)) + shift[0],
            float(rect.get("y", 0)) + shift[1],
            float(rect.get("width", 0)),
            float(rect.get("height", 0)),
        )
        for rect in root.iter("rect")
        if rect.get("class", "").startswith("rect ")
    ]


def _sheet(table: Table) -> Any:
    """An empty white picture with the patterns, and its words for those who cannot see it."""
    high = height(table)
    sheet = etree.Element(
        "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {high}", width=str(WIDTH), height=str(high)
    )
    sheet.set("role", "img")
    sheet.set("font-family", FONT)
    _add(sheet, "title").text = _NO_LETTER.sub("", f"{table.title}. {sentence(table)}")
    _patterns(_add(sheet, "defs"))
    _add(sheet, "rect", width=WIDTH, height=high, fill=SHEET)
    return sheet


def _patterns(defs: Any) -> None:
    """Stripes, dots and a grid: parts that differ without colour."""
    side = 7
    for name in PATTERNS[1:]:
        pattern = _add(defs, "pattern", id=name, width=side, height=side, patternUnits="userSpaceOnUse")
        _add(pattern, "rect", width=side, height=side, fill=SHEET)
        if name == "part-1":
            _add(pattern, "path", d="M-2,2 L2,-2 M0,7 L7,0 M5,9 L9,5", stroke=INK, stroke_width=1.8)
        elif name == "part-3":
            _add(pattern, "circle", cx=3.5, cy=3.5, r=1.4, fill=INK)


def _shape(sheet: Any, box: Box, part: int) -> None:
    if not box.wide or not box.tall:
        return
    fill = INK if part == 0 else f"url(#{PATTERNS[part % len(PATTERNS)]})"
    _add(sheet, "rect", x=box.x, y=box.y, width=box.wide, height=box.tall, fill=fill, stroke=INK)


def _key(sheet: Any, keys: Sequence[tuple[int, Column]]) -> None:
    for line, (part, column) in enumerate(keys):
        top = MARGIN + KEY_LINE * line
        _shape(sheet, Box(MARGIN, top, KEY_BOX * 1.6, KEY_BOX), part)
        _words(sheet, MARGIN + KEY_BOX * 2.2, top + KEY_BOX - 3, column.title, size=NAME_SIZE)


def _number_in_part(sheet: Any, x: float, y: float, number: str, *, is_dark: bool) -> None:
    """White on ink; on a pattern the number stands on a white ground of its own."""
    if not is_dark:
        wide = DIGIT * len(number) + 4
        _add(sheet, "rect", x=x - wide / 2, y=y - 11.5, width=wide, height=14, fill=SHEET)
    words = _words(sheet, x, y, number, size=NUMBER_SIZE - 1, is_bold=True, anchor="middle")
    words.set("fill", SHEET if is_dark else INK)


def _words(
    sheet: Any, x: float, y: float, said: str, *, size: int, is_bold: bool = False, anchor: str = "start"
) -> Any:
    node = _add(sheet, "text", x=x, y=y, font_size=size, fill=INK, text_anchor=anchor)
    if is_bold:
        node.set("font-weight", "700")
    node.text = _NO_LETTER.sub("", said)
    return node


def _add(parent: Any, tag: str, **attributes: Any) -> Any:
    """A shape; `stroke_width` becomes "stroke-width", and numbers are kept short."""
    node = etree.SubElement(parent, tag)
    for name, value in attributes.items():
        said = f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        node.set(name if name in _CAMEL else name.replace("_", "-"), said)
    return node


# Written in an SVG as they are here; all others have a hyphen.
_CAMEL = {"patternUnits", "viewBox"}
