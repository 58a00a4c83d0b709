"""Keeps small numbers out of what is published, so that nobody can be picked out of a report.

A number of one to four people is never shown, nor anything from which it can be worked out: where hiding it alone would
let a total give it away, more is hidden, until somebody who knows all that is shown must still think it possible that
there are five or more. Tested against a reader who tries every table that fits what is shown.
"""

from collections import deque
from collections.abc import Container, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

SMALLEST = 5
Name = TypeVar("Name", bound=Hashable)
Row = TypeVar("Row", bound=Hashable)
Column = TypeVar("Column", bound=Hashable)
# What is not shown by name; its number is known, for every total is.
REST = "rest"


def is_small(count: int) -> bool:
    return 0 < count < SMALLEST


class TooFew(ValueError):
    """So few that nothing about how they are shared out can be shown."""


def hidden_of(counts: Mapping[Name, int]) -> set[Name]:
    """Which of the numbers that make up a known total are not shown; TooFew where not even the zeros may be.

    Zeros are shown, so a reader knows that each hidden number is one at the least. Hidden ones are safe together when
    any of them could still be five, given what they come to.
    """
    hidden = {name for name, count in counts.items() if is_small(count)}
    others = deque(sorted((name for name, count in counts.items() if count >= SMALLEST), key=lambda name: counts[name]))
    while hidden and sum(counts[name] for name in hidden) - (len(hidden) - 1) < SMALLEST:
        if not others:
            raise TooFew
        hidden.add(others.popleft())
    return hidden


def gathered(
    counts: Mapping[tuple[str, str], int], *, rows: Container[str], columns: Container[str]
) -> dict[tuple[str, str], int]:
    """The table with everything but these rows and columns added up under REST."""
    table: dict[tuple[str, str], int] = {}
    for (row, column), count in counts.items():
        key = (row if row in rows else REST, column if column in columns else REST)
        table[key] = table.get(key, 0) + count
    return table


class Table(Generic[Row, Column]):
    """A table of which every row total and column total is known to the reader, and a zero looks like any hidden number.

    `shown` says which inner numbers are: all of five or more, but for those that must be hidden so that no other number
    can be worked out. What lies in a row or column that is never to be shown (`unnamed`) is hidden from the start.
    """

    def __init__(
        self,
        counts: Mapping[tuple[Row, Column], int],
        *,
        rows: Iterable[Row],
        columns: Iterable[Column],
        unnamed: Hashable = None,
    ) -> None:
        self.rows, self.columns = [*rows], [*columns]
        self.counts = {(row, column): counts.get((row, column), 0) for row in self.rows for column in self.columns}
        self.hidden = {key for key, count in self.counts.items() if count < SMALLEST or unnamed in key}
        self._hide_more()

    @property
    def shown(self) -> dict[tuple[Row, Column], int]:
        return {key: count for key, count in self.counts.items() if key not in self.hidden}

    def _hide_more(self) -> None:
        """Hide one more number beside each that could be worked out, until there is none."""
        while given_away := [key for key in self.counts if key in self.hidden and self._is_given_away(key)]:
            more = self._corners(given_away[0]) or self._smallest_beside(given_away[0])
            if not more:
                raise TooFew
            self.hidden |= more

    def _corners(self, key: tuple[Row, Column]) -> set[tuple[Row, Column]]:
        """The three numbers that make a rectangle with this one and cost least to hide, where they leave it room to be five."""
        row, column = key
        room = SMALLEST - self.counts[key]
        beside = [other for other in self.columns if other != column and self.counts[row, other] >= room]
        below = [other for other in self.rows if other != row and self.counts[other, column] >= room]
        rectangles = [{(row, left), (down, column), (down, left)} - self.hidden for left in beside for down in below]
        return min(filter(None, rectangles), key=lambda cells: sum(self.counts[cell] for cell in cells), default=set())

    def _smallest_beside(self, key: tuple[Row, Column]) -> set[tuple[Row, Column]]:
        shown = [*self.shown]
        beside = [cell for cell in shown if cell[0] == key[0] or cell[1] == key[1]] or shown
        return {min(beside, key=lambda cell: self.counts[cell])} if beside else set()

    def _is_given_away(self, key: tuple[Row, Column]) -> bool:
        return is_small(self.counts[key]) and self.most(key) < SMALLEST

    def most(self, key: tuple[Row, Column]) -> int:
        """How large a hidden number could be for all that the reader knows, or five where it could be that or more.

        It can be one more for each way by hidden numbers from its column back to its row, on which they give one and take
        one by turns. That is a flow in a network, of which five are enough.
        """
        count, spare = self.counts[key], {cell: self.counts[cell] for cell in self.hidden}
        while count < SMALLEST and (way := self._way(key, spare)):
            for step, cell in enumerate(way):
                spare[cell] += 1 if step % 2 else -1
            count += 1
        return count

    def _way(self, key: tuple[Row, Column], spare: Mapping[tuple[Row, Column], int]) -> list[tuple[Row, Column]]:
        """Hidden numbers that give one (the first, third and so on) and take one; none where there is no way."""
        row, column = key
        # How each row and each column was reached: over which number.
        to_row: dict[Row, tuple[Row, Column]] = {}
        to_column: dict[Column, tuple[Row, Column] | None] = {column: None}
        waiting = deque([column])
        while waiting and row not in to_row:
            here = waiting.popleft()
            giving = [(other, here) for other in self.rows if spare.get((other, here), 0) > 0]
            for cell in giving:
                if cell == key or cell[0] in to_row:
                    continue
                to_row[cell[0]] = cell
                for taking in ((cell[0], other) for other in self.columns if (cell[0], other) in self.hidden):
                    if taking != key and taking[1] not in to_column:
                        to_column[taking[1]] = taking
                        waiting.append(taking[1])
        return self._steps(row, to_row, to_column)

    @staticmethod
    def _steps(
        row: Row,
        to_row: Mapping[Row, tuple[Row, Column]],
        to_column: Mapping[Column, tuple[Row, Column] | None],
    ) -> list[tuple[Row, Column]]:
        """The way back from a row to where it began, turned round."""
        if row not in to_row:
            return []
        steps = [to_row[row]]
        while (taking := to_column[steps[-1][1]]) is not None:
            steps += [taking, to_row[taking[0]]]
        return steps[::-1]
