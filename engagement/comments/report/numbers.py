"""Arranges the counts of a consultation so that every number in them may be published.

Totals come first: those of feelings, themes and places, with few said together as "the rest". Two tables follow, themes by
feelings and places by feelings; they share only the totals of feelings, so neither gives anything of the other away. Last
comes how each place feels about each theme, one table for each feeling, between the numbers that the two tables show.
What a small number means, and when it could be worked out, `small_numbers` says.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from portal.small_numbers import REST, SMALLEST, Table, TooFew, gathered, hidden_of

# Place, theme and feeling of a comment, each by a name of ours; empty where it has none.
Said = tuple[str, str, str]
Pair = tuple[str, str]


@dataclass(frozen=True)
class Totals:
    """Numbers that add up to all comments: those shown, in the order given, and the names that share the rest."""

    shown: Mapping[str, int]
    rest: int = 0
    together: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """What the rows or columns of a table are called."""
        return [*(name for name, count in self.shown.items() if count), *([REST] if self.together else [])]

    def total(self, name: str) -> int:
        return self.rest if name == REST else self.shown[name]


@dataclass(frozen=True)
class Numbers:
    """Everything that is published of one consultation; parts are None where they would give somebody away."""

    total: int | None
    sources: Totals | None = None
    feelings: Totals | None = None
    themes: Totals | None = None
    places: Totals | None = None
    themes_by_feeling: Mapping[Pair, int] = field(default_factory=dict)
    places_by_feeling: Mapping[Pair, int] = field(default_factory=dict)
    # Place, theme, feeling.
    detail: Mapping[Said, int] = field(default_factory=dict)


def arrange(
    counts: Mapping[Said, int],
    *,
    sources: Mapping[str, int],
    places: Sequence[str],
    themes: Sequence[str],
    feelings: Sequence[str],
) -> Numbers:
    """The publishable numbers; `places`, `themes` and `feelings` are all that could have been named, in their order."""
    total = sum(counts.values())
    if total < SMALLEST:
        return Numbers(total=None if total else 0)
    by_feeling, by_theme, by_place = (
        _totals(_along(counts, axis), names) for axis, names in ((2, feelings), (1, themes), (0, places))
    )
    theme_table = _table(counts, by_theme, by_feeling, axis=1)
    place_table = _table(counts, by_place, by_feeling, axis=0)
    return Numbers(
        total=total,
        sources=_totals(sources, [*sources]),
        feelings=by_feeling,
        themes=by_theme,
        places=by_place,
        themes_by_feeling=theme_table,
        places_by_feeling=place_table,
        detail=dict(_detail(counts, theme_table, place_table)),
    )


def _along(counts: Mapping[Said, int], axis: int) -> dict[str, int]:
    """All comments by their place (0), their theme (1) or their feeling (2)."""
    added: Counter[str] = Counter()
    for said, count in counts.items():
        added[said[axis]] += count
    return dict(added)


def _totals(counts: Mapping[str, int], names: Sequence[str]) -> Totals | None:
    """The totals that may be shown; None where even to show which are nought would give the others away."""
    whole = {name: counts.get(name, 0) for name in dict.fromkeys([*names, *counts])}
    try:
        hidden = hidden_of(whole)
    except TooFew:
        return None
    return Totals(
        shown={name: count for name, count in whole.items() if name not in hidden},
        rest=sum(whole[name] for name in hidden),
        together=tuple(name for name in whole if name in hidden),
        silent=tuple(name for name, count in whole.items() if not count),
    )


def _table(counts: Mapping[Said, int], rows: Totals | None, feelings: Totals | None, *, axis: int) -> dict[Pair, int]:
    """What may be shown of places (axis 0) or themes (axis 1) by feelings."""
    if rows is None or feelings is None:
        return {}
    pairs: Counter[Pair] = Counter()
    for said, count in counts.items():
        pairs[said[axis], said[2]] += count
    together = gathered(pairs, rows=rows.shown, columns=feelings.shown)
    return Table(together, rows=rows.names, columns=feelings.names).shown


def _detail(
    counts: Mapping[Said, int], themes: Mapping[Pair, int], places: Mapping[Pair, int]
) -> Iterable[tuple[Said, int]]:
    """How a place feels about a theme, where both its own number and the theme's are shown for this feeling."""
    for feeling in dict.fromkeys(feeling for _, feeling in themes if feeling != REST):
        rows = [place for place, felt in places if felt == feeling and place != REST]
        columns = [theme for theme, felt in themes if felt == feeling and theme != REST]
        pairs = {said[:2]: count for said, count in counts.items() if said[2] == feeling}
        together = gathered(pairs, rows=rows, columns=columns)
        table = Table(together, rows=[*rows, REST], columns=[*columns, REST], unnamed=REST)
        yield from (((place, theme, feeling), count) for (place, theme), count in table.shown.items())
