"""How often the short links of an issue were opened, by round and story, with small numbers kept out of sight."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.small_numbers import SMALLEST, is_small

FEW = f"fewer than {SMALLEST}"
NO_ROUND = None


@dataclass(frozen=True)
class CountLine:
    """One round: its name, the number of each story in words, and what they come to as far as that can be said."""

    name: str
    numbers: list[str]
    total: str


def count_lines(
    totals: Iterable[tuple[int | None, str, int]], *, rounds: Sequence[tuple[int | None, str]], stories: Sequence[str]
) -> list[CountLine]:
    """A line for each round. A number from one to four is never shown, and no sum holds one.

    The sum of a line is that of the numbers shown in it; where a small one is left out of it, it says so.
    """
    counts: dict[int | None, dict[str, int]] = defaultdict(dict)
    for drop_round, story, opened in totals:
        counts[drop_round][story] = counts[drop_round].get(story, 0) + opened
    return [_line(name, [counts[number].get(story, 0) for story in stories]) for number, name in rounds]


def _line(name: str, counts: list[int]) -> CountLine:
    shown = sum(count for count in counts if not is_small(count))
    hides_some = any(map(is_small, counts))
    return CountLine(name, list(map(in_words, counts)), _sum_in_words(shown, hides_some))


def in_words(count: int) -> str:
    return FEW if is_small(count) else str(count)


def _sum_in_words(shown: int, hides_some: bool) -> str:
    if not hides_some:
        return str(shown)
    return f"{shown}, and a few" if shown else "a few"
