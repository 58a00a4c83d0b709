"""A figure as it is shown: its sentence, chart and table, and beneath them what it counts, of how many, of when and made when."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from portal.clock import say_moment
from portal.insight.charts import WIDTH, draw, height
from portal.insight.periods import Period
from portal.insight.table import NOT_KNOWN, Cell, Table
from portal.insight.wording import (
    caution,
    cell_words,
    column_sentence,
    how_many,
    is_drawable,
    nothing_there,
    sentence,
)


class Said(NamedTuple):
    """One cell in words, with the head of its column where it stands below one."""

    words: str
    is_number: bool
    head: str = ""


@dataclass(frozen=True)
class Shown:
    """A table with the report that it stands in. Below `charts_at` lies its picture; without that it is held in the page."""

    table: Table
    period: Period
    made_at: datetime
    charts_at: str = ""

    @property
    def sentence(self) -> str:
        return sentence(self.table)

    @property
    def is_drawn(self) -> bool:
        return is_drawable(self.table)

    @cached_property
    def picture(self) -> bytes:
        return draw(self.table)

    @property
    def chart_url(self) -> str:
        """The picture's own address, or the picture itself where the report is not out yet."""
        if self.charts_at:
            return f"{self.charts_at}chart-{self.table.name}.svg"
        return f"data:image/svg+xml;base64,{b64encode(self.picture).decode()}"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture, so that nothing moves when it comes."""
        return WIDTH, height(self.table)

    @property
    def alt(self) -> str:
        return f"Bar chart: {self.table.title}. {self.sentence} The table beside it has every number."

    @property
    def heads(self) -> list[Said]:
        return [Said(column.title, column.kind not in {"text", "month"}) for column in self.table.columns]

    @property
    def lines(self) -> list[list[Said]]:
        """The rows in words; none where the sentence says why there is nothing to see."""
        if nothing_there(self.table):
            return []
        return [[*self._line(row)] for row in self.table.rows]

    def _line(self, row: Sequence[Cell]) -> Iterator[Said]:
        unknown = self.table.unknown(row)
        for cell, column in zip(row, self.table.columns, strict=True):
            words = NOT_KNOWN if column.name in unknown else cell_words(self.table, cell, column)
            yield Said(words, column.kind not in {"text", "month"}, column.title)

    @property
    def facts(self) -> list[str]:
        """Sentences: of how many it is, of which time, when that was counted, and what to be careful about."""
        counted = f"{self.period.words}, counted on {say_moment(self.made_at)}."
        return [how_many(self.table), counted, *filter(None, [caution(self.table)])]

    @property
    def meaning(self) -> list[str]:
        """Sentences: what is counted, and how."""
        return [self.table.definition, *dict.fromkeys(self.table.notes)]

    @property
    def columns_told(self) -> list[tuple[str, str]]:
        """Each column by the name that programs read, with a sentence of its own."""
        return [(column.name, column_sentence(self.table, column)) for column in self.table.columns]


class Part(NamedTuple):
    """One part of a report: "figure" with what is shown, or words of staff as their block has them."""

    kind: str
    block: object = None
    figure: Shown | None = None


def parts_of(blocks: Iterable[object], figures: Sequence[Shown]) -> Iterator[Part]:
    """A report's parts in the order that staff gave them; a figure that this report does not have is left out."""
    by_name = {figure.table.name: figure for figure in figures}
    for block in blocks:
        kind = block.block_type  # type: ignore[attr-defined]
        if kind != "figure":
            yield Part(kind, block)
        elif block.value in by_name:  # type: ignore[attr-defined]
            yield Part(kind, block, by_name[block.value])  # type: ignore[attr-defined]
