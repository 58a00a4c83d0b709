"""Draws the map of a session as a picture in black and white: outlines, places, postcodes and squares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape

from engagement.comments.sessions.paper.grid import Grid
from engagement.comments.sessions.paper.labels import WIDTH_OF_A_LETTER, Box, Wanted, dot_box, find_room
from portal.geo.coordinates import Point

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# Millimetres on A4; a larger sheet is this one, enlarged.
WIDE, HIGH, BAND = 224.0, 168.0, 5.0
FACE = "Libertinus Serif"
PLACE_DOT, PLACE_LETTERS = 0.9, 3.1
CODE_DOT, CODE_LETTERS = 0.55, 2.3
AREA_LETTERS, SQUARE_LETTERS, BAND_LETTERS = 3.4, 2.2, 4.0
MOST_CODES = 2000
MIDDLE = ' text-anchor="middle"'
HOME_PEN = 'stroke="#000" stroke-width="0.9" stroke-linejoin="round"'
NEXT_PEN = 'stroke="#444" stroke-width="0.35" stroke-dasharray="2 1.2"'


class Outline(NamedTuple):
    """An area with its GeoJSON geometry; the map of a session is about the home ones."""

    name: str
    geometry: Any
    is_home: bool


class Spot(NamedTuple):
    """Something with a name at a point."""

    name: str
    point: Point


@dataclass(frozen=True)
class Picture:
    """The map, and in which square each named place lies."""

    svg: bytes
    index: list[tuple[str, str]]


def draw_map(*, grid: Grid, outlines: Iterable[Outline], places: Sequence[Spot], postcodes: Sequence[Spot]) -> Picture:
    """The map of these squares. Names that have no room are left out of the picture; the index has every place."""
    frame = Box(0, 0, WIDE, HIGH)
    codes = list(zip(postcodes, _short_codes(postcodes), strict=True))[:MOST_CODES]
    named = [_wanted(grid, spot, spot.name, PLACE_DOT, PLACE_LETTERS) for spot in places]
    coded = [_wanted(grid, spot, short, CODE_DOT, CODE_LETTERS) for spot, short in codes]
    corners = list(_corners(grid))
    taken = [corner for _, corner in corners] + [dot_box(one) for one in (*named, *coded)]
    names = find_room(named, frame=frame, taken=taken)
    room_of_names = [Box(n.x, n.y - n.height, n.x + len(n.words) * n.height * 0.5, n.y + n.height / 4) for n in names]
    short_names = find_room(coded, frame=frame, taken=[*taken, *room_of_names])
    parts = [
        *(_area(grid, outline) for outline in sorted(outlines, key=lambda one: one.is_home)),
        *_lines(grid),
        *(_words(name, corner.left, corner.bottom - 0.5, SQUARE_LETTERS, fill="#555") for name, corner in corners),
        *(_ring(one) for one in coded),
        *(_words(one.words, one.x, one.y, one.height) for one in short_names),
        *(_block(one) for one in named),
        *(_words(one.words, one.x, one.y, one.height, ' font-weight="bold"') for one in names),
        f'<rect width="{WIDE:g}" height="{HIGH:g}" fill="none" stroke="#000" stroke-width="0.6"/>',
        *_band(grid),
    ]
    whole = f"{-BAND:g} {-BAND:g} {WIDE + 2 * BAND:g} {HIGH + 2 * BAND:g}"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{whole}">{"".join(parts)}</svg>'
    index = [(spot.name, grid.square_of(spot.point) or "") for spot in places]
    return Picture(svg.encode(), sorted((name, square) for name, square in index if square))


def _paper(grid: Grid, longitude: float, latitude: float) -> tuple[float, float]:
    west, south, east, north = grid.bounds
    return (longitude - west) / (east - west) * WIDE, (north - latitude) / (north - south) * HIGH


def _wanted(grid: Grid, spot: Spot, words: str, dot: float, height: float) -> Wanted:
    x, y = _paper(grid, spot.point.longitude, spot.point.latitude)
    return Wanted(words=words, x=x, y=y, dot=dot, height=height)


def _short_codes(postcodes: Sequence[Spot]) -> list[str]:
    """The last half of each postcode where all share the first one, as a map of one village does."""
    firsts = {spot.name.split(" ")[0] for spot in postcodes}
    return [spot.name.split(" ")[-1] if len(firsts) == 1 else spot.name for spot in postcodes]


def _area(grid: Grid, outline: Outline) -> str:
    """An outline as far as it lies on the sheet; nothing for one that cannot be drawn."""
    # It takes 8 MB, and is asked only when a map is printed.
    from shapely import make_valid
    from shapely.errors import ShapelyError
    from shapely.geometry import box, shape

    try:
        whole = make_valid(shape(outline.geometry))
        sheet = box(*grid.bounds)
        edge, inside = whole.boundary.intersection(sheet), whole.intersection(sheet)
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        return ""
    pen = HOME_PEN if outline.is_home else NEXT_PEN
    lines = [f'<polyline points="{_points(grid, line)}" fill="none" {pen}/>' for line in _lines_of(edge)]
    if not outline.is_home and not inside.is_empty:
        middle = inside.representative_point()
        x, y = _paper(grid, middle.x, middle.y)
        half = len(outline.name) * AREA_LETTERS * WIDTH_OF_A_LETTER / 2
        x, y = min(max(x, half), WIDE - half), min(max(y, AREA_LETTERS), HIGH - 1)
        lines.append(_words(outline.name, x, y, AREA_LETTERS, f'{MIDDLE} font-style="italic"', fill="#444"))
    return "".join(lines)


def _lines_of(geometry: "BaseGeometry") -> "list[BaseGeometry]":
    parts = getattr(geometry, "geoms", [geometry])
    return [part for part in parts if part.geom_type == "LineString" and not part.is_empty]


def _points(grid: Grid, line: "BaseGeometry") -> str:
    return " ".join("{:.2f},{:.2f}".format(*_paper(grid, x, y)) for x, y, *_ in line.coords)


def _ring(one: Wanted) -> str:
    return f'<circle cx="{one.x:.2f}" cy="{one.y:.2f}" r="{one.dot}" fill="#fff" stroke="#000" stroke-width="0.25"/>'


def _block(one: Wanted) -> str:
    left, top, right, bottom = dot_box(one)
    return f'<rect x="{left:.2f}" y="{top:.2f}" width="{right - left:.2f}" height="{bottom - top:.2f}"/>'


def _words(words: str, x: float, y: float, height: float, more: str = "", *, fill: str = "#000") -> str:
    """Words on a white edge, so that lines under them do not strike them out."""
    letters = f'<text x="{x:.2f}" y="{y:.2f}" font-family="{FACE}" font-size="{height}"{more}'
    edge = f'{letters} fill="#fff" stroke="#fff" stroke-width="0.7" stroke-linejoin="round">{escape(words)}</text>'
    return f'{edge}{letters} fill="{fill}">{escape(words)}</text>'


def _corners(grid: Grid) -> Iterable[tuple[str, Box]]:
    """Each square's own name in its top left corner."""
    for column, letter in enumerate(grid.letters):
        for row in range(grid.rows):
            left, top = column * WIDE / grid.columns + 0.8, row * HIGH / grid.rows + 0.5
            yield f"{letter}{row + 1}", Box(left, top, left + 3.2, top + SQUARE_LETTERS + 0.4)


def _lines(grid: Grid) -> Iterable[str]:
    pen = 'stroke="#666" stroke-width="0.2"'
    for column in range(1, grid.columns):
        x = column * WIDE / grid.columns
        yield f'<line x1="{x:.2f}" y1="0" x2="{x:.2f}" y2="{HIGH:g}" {pen}/>'
    for row in range(1, grid.rows):
        y = row * HIGH / grid.rows
        yield f'<line x1="0" y1="{y:.2f}" x2="{WIDE:g}" y2="{y:.2f}" {pen}/>'


def _band(grid: Grid) -> Iterable[str]:
    """Letters above and below the map, numbers left and right of it."""
    more = f'{MIDDLE} font-weight="bold"'
    for column, letter in enumerate(grid.letters):
        x = (column + 0.5) * WIDE / grid.columns
        yield _words(letter, x, -1.1, BAND_LETTERS, more)
        yield _words(letter, x, HIGH + 3.9, BAND_LETTERS, more)
    for row in range(grid.rows):
        y = (row + 0.5) * HIGH / grid.rows + 1.3
        yield _words(str(row + 1), -2.6, y, BAND_LETTERS, more)
        yield _words(str(row + 1), WIDE + 2.6, y, BAND_LETTERS, more)
