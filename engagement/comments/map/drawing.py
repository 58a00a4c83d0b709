"""What a map shows of a selection: single comments where they are few, and otherwise counted squares.

The list and the map are one query: every comment of the list that has a pin is on the map, alone or in a count.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engagement.comments.map.bounds import Bounds
from engagement.comments.map.cells import LEVELS_BELOW_ZOOM, level_of, parent
from engagement.comments.map.clustering import (
    MOST_SINGLE,
    MOST_TILES,
    STACK_LEVEL,
    Group,
    bounds_of,
    few,
    joined,
    level_of_zoom,
    lies_within,
    tiles_over,
    touches,
)
from engagement.comments.map.counting import FIRST_LEVEL
from engagement.comments.models import CellCount, PlaceComment
from engagement.comments.models.comments import PlaceCommentQuerySet
from engagement.comments.selection import Selection

# Squares over the edge of what was asked for are counted exactly, comment by comment, up to so many; beyond that they
# are shown whole, and the answer says how far it reaches.
MOST_AT_THE_EDGE = 2000

Rows = list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Rows of single comments, groups of several, and how far these reach where that is further than was asked."""

    pins: Rows
    groups: list[Group]
    reach: Bounds | None = None


def draw(
    selection: Selection,
    *,
    consultations: Iterable[int],
    zoom: int,
    view: Bounds | None = None,
    is_brief: bool = False,
) -> Drawing:
    """The comments of a selection in these consultations, which are its own, as a map of this zoom shows them.

    `view` is the part of the map that somebody looks at: it is drawn by whole tiles, so that many share one answer. A
    brief drawing has no words.
    """
    around, level = selection.bounds or view, level_of_zoom(zoom)
    over = tiles_over(around, level) if around else None
    found = PlaceComment.objects.chosen(selection)
    if over and not selection.bounds:
        found = found.standing_in(over[1])
    reach = None
    if selection.is_counted:
        groups = _counted(selection, consultations=consultations, level=level, over=over, around=around)
        if selection.bounds:
            groups, reach = _cut(groups, found, selection.bounds)
        if sum(group.size for group in groups) <= MOST_SINGLE:
            return _one_by_one(_rows(found, is_brief))
    else:
        rows = _rows(found, is_brief, most=MOST_SINGLE + 1)
        if len(rows) <= MOST_SINGLE:
            return _one_by_one(rows)
        groups = joined((Group(*square) for square in found.squares(level)), level)
    groups = few(groups)
    alone = [group.cell for group in groups if group.size == 1]
    return Drawing(
        pins=_rows(found.few_in(alone), is_brief) if alone else [],
        groups=[group for group in groups if group.size > 1],
        reach=reach,
    )


def _rows(found: PlaceCommentQuerySet, is_brief: bool, *, most: int | None = None) -> Rows:
    return list(found.pins()[:most] if is_brief else found.for_map()[:most])


def _counted(
    selection: Selection,
    *,
    consultations: Iterable[int],
    level: int,
    over: tuple[int, list[int]] | None,
    around: Bounds | None,
) -> list[Group]:
    """Groups from the table of counts. Where too much is asked for at once it is looked at from afar, and closer as it allows."""
    counts = CellCount.objects.of(consultations, theme=selection.theme)
    here, tiles = over or (FIRST_LEVEL, [])
    groups = (counts.under(tiles) if over else counts.of_level(here)).groups(feeling=selection.feeling)
    while here + LEVELS_BELOW_ZOOM <= level and len(groups) <= MOST_TILES:
        if around:
            groups = [group for group in groups if touches(group.cell, around)]
        if sum(group.size for group in groups) <= MOST_SINGLE:
            break
        # A square is the tile of the squares two levels below it.
        groups = counts.under(group.cell for group in groups).groups(feeling=selection.feeling)
        here += LEVELS_BELOW_ZOOM
    return groups


def _cut(groups: list[Group], found: PlaceCommentQuerySet, bounds: Bounds) -> tuple[list[Group], Bounds | None]:
    """What of these groups lies within a rectangle, and how far they reach beyond it where the edge is too crowded to cut."""
    inside = [group for group in groups if lies_within(group.cell, bounds)]
    edge = [group for group in groups if not lies_within(group.cell, bounds) and touches(group.cell, bounds)]
    if not edge:
        return inside, None
    if sum(group.size for group in edge) <= MOST_AT_THE_EDGE:
        level = level_of(edge[0].cell)
        cut = found.few_in(group.cell for group in edge).squares(level)
        return joined([*inside, *(Group(*square) for square in cut)], level), None
    squares = [bounds_of(group.cell) for group in edge]
    reach = Bounds(
        min(bounds.west, *(square.west for square in squares)),
        min(bounds.south, *(square.south for square in squares)),
        max(bounds.east, *(square.east for square in squares)),
        max(bounds.north, *(square.north for square in squares)),
    )
    return joined([*inside, *edge], level_of(edge[0].cell)), reach


def _one_by_one(rows: Rows) -> Drawing:
    """Every comment by itself, but those that share one spot as a stack."""
    spots: dict[int, Rows] = defaultdict(list)
    for row in rows:
        spots[parent(row["cell"], STACK_LEVEL)].append(row)
    return Drawing(
        pins=[row for rows in spots.values() if len(rows) == 1 for row in rows],
        groups=[_stack(cell, rows) for cell, rows in spots.items() if len(rows) > 1],
    )


def _stack(cell: int, rows: Rows) -> Group:
    count = len(rows)
    north, east = (sum(row[name] for row in rows) / count for name in ("latitude", "longitude"))
    return Group(cell, count, north, east)
