"""What the templates of a printed report read: its parts as plain values, and its charts as pictures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from wagtail.rich_text import expand_db_html

from newsletter.printing.words import tree_of
from newsletter.rendering.parts import whole_rich
from portal.clock import say_moment
from portal.emails.links import absolute
from portal.insight.charts import drawn_rows
from portal.insight.rounding import ROUNDED, SHARES
from portal.insight.shown import Part, Shown
from portal.insight.table import Table
from portal.insight.wording import caution, drawn_columns, how_many, is_drawable
from portal.pages.settings import site_identity

if TYPE_CHECKING:
    from portal.insight.models import ReportPage

Values = dict[str, Any]
Pictures = dict[str, bytes]
_SENTENCE = re.compile(r"(?<=[.]) (?=[A-Z])")
# On the one page of the residents a chart has room for so many bars.
MOST_BARS = 6
# A wider or longer table stands below its chart, not beside it.
MOST_COLUMNS_BESIDE, MOST_ROWS_BESIDE = 4, 14


def report_values(page: "ReportPage", parts: Sequence[Part], *, is_exact: bool) -> tuple[Values, Pictures]:
    """A report and the pictures that it names."""
    identity = site_identity()
    drawn = {part.figure.table.name: part.figure for part in parts if part.figure and part.figure.is_drawn}
    shared = said_once([part.figure.table for part in parts if part.figure])
    values = {
        "site": f"{identity.name} in {identity.place_name}",
        "phone": identity.contact_phone,
        "title": page.title,
        "summary": page.summary,
        "period": page.snapshot.period.words,
        "made": say_moment(page.snapshot.made_at),
        "is_exact": is_exact,
        "is_out": page.live and not page.is_for_board,
        "address": absolute(page.path_on_site).split("://")[1],
        "parts": [*_leveled(parts, shared)],
        "shared": _gathered(shared),
    }
    return values, {f"chart-{name}.svg": figure.picture for name, figure in drawn.items()}


def in_short(parts: Sequence[Part]) -> list[Part]:
    """The same with long lists cut to what has room on one page."""
    return [part._replace(figure=_shortened(part.figure)) if part.figure else part for part in parts]


def _shortened(figure: Shown) -> Shown:
    """The rows with the largest numbers, in their order; what the foot of the page says of all is not said of each."""
    table = figure.table
    notes = tuple(note for note in table.notes if note not in {ROUNDED, SHARES})
    if not is_drawable(table) or table.columns[0].kind == "month" or len(drawn_rows(table)) <= MOST_BARS:
        return replace(figure, table=replace(table, notes=notes))
    places = [table.place(column.name) for column in drawn_columns(table)]
    largest = sorted(table.rows, key=lambda row: -sum(row[place] or 0 for place in places))[:MOST_BARS]  # type: ignore[misc]
    kept = tuple(row for row in table.rows if row in largest)
    # Of all of them a share would be, and the others are not here.
    shares = [place for place, column in enumerate(table.columns) if column.kind == "percent"]
    kept = tuple(tuple(None if place in shares else cell for place, cell in enumerate(row)) for row in kept)
    note = f"The {MOST_BARS} largest; the others are on the website."
    return replace(figure, table=replace(table, rows=kept, notes=(*notes, note)))


class Meaning(NamedTuple):
    """What a figure counts: what it says with others, and what is its own."""

    title: str
    shared: str
    own: str


def said_once(tables: Sequence[Table]) -> dict[str, Meaning]:
    """By the name of each figure, its definition with the sentences apart with which those of others begin too."""
    split = {table.name: _SENTENCE.split(table.definition) for table in tables}
    found = {}
    for table in tables:
        mine = split[table.name]
        same = [other for name, other in split.items() if other[0] == mine[0]]
        alike = takewhile(lambda said: len({*said}) == 1, zip(*same, strict=False))
        many = len([*alike]) if len(same) > 1 else 0
        found[table.name] = Meaning(table.title, " ".join(mine[:many]), " ".join(mine[many:]))
    return found


def _gathered(shared: Mapping[str, Meaning]) -> list[Values]:
    """What several figures say of themselves, once, with their titles."""
    titles: dict[str, list[str]] = {}
    for one in shared.values():
        if one.shared:
            titles.setdefault(one.shared, []).append(one.title)
    return [{"titles": ", ".join(f"“{title}”" for title in some), "words": words} for words, some in titles.items()]


def _leveled(parts: Sequence[Part], shared: Mapping[str, Meaning]) -> Iterator[Values]:
    """Each part with the level of the headings in it: below a heading of staff's they are one lower."""
    level = 1
    for part in parts:
        yield _part(part, shared) | {"level": level}
        if part.kind == "heading":
            level = 2


def _part(part: Part, shared: Mapping[str, Meaning]) -> Values:
    """One part as plain values."""
    if part.figure:
        return {"kind": "figure", **_figure(part.figure, shared[part.figure.table.name].own)}
    value = part.block.value  # type: ignore[attr-defined]
    if part.kind == "words":
        return {"kind": "words", "blocks": tree_of(whole_rich(expand_db_html(value.source)))}
    if part.kind == "quote":
        return {"kind": "quote", "words": value["words"], "who": value["who"]}
    return {"kind": part.kind, "words": str(value)}


def _figure(figure: Shown, own: str) -> Values:
    table = figure.table
    return {
        "name": table.name,
        "title": table.title,
        "sentence": figure.sentence,
        "is_drawn": figure.is_drawn,
        "alt": f"Bar chart: {table.title}. {figure.sentence}",
        "is_beside": len(table.columns) <= MOST_COLUMNS_BESIDE and len(table.rows) <= MOST_ROWS_BESIDE,
        "heads": [[*head] for head in figure.heads],
        "lines": [[cell.words for cell in line] for line in figure.lines],
        "definition": own,
        "n": how_many(table),
        "facts": " ".join(filter(None, [own, *dict.fromkeys(table.notes), *figure.facts])),
        "notes": [*table.notes, *filter(None, [caution(table)])],
    }
