"""The neutral list: every part of an issue as plain data, from which each edition is drawn."""

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from portal.text import rich

_LISTS = ("choices", "needs", "steps")
_LINK = re.compile(r'href="(/[^"]*)"')


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a list: what it is, where it leads, and the facts in words; `is_live` when it was looked up.

    `until_on` is the last day on which it can be answered, `sure_on` the day on which the directory was last sure of it, both
    as 2026-11-19; they are for the gate and are not drawn.
    """

    title: str
    detail: str = ""
    url: str = ""
    is_live: bool = False
    until_on: str = ""
    sure_on: str = ""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture ready to be shown, at most 1,200 pixels wide."""

    url: str
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    is_decorative: bool = False
    # Its sizes for the web, as a `srcset` names them; in a mail and in a feed there is only the one.
    avif: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of an issue. `words` hold a few safe tags, all else is plain text; links are on this site or whole.

    An invitation and a puzzle or recipe say in `sort` which they are: consultation, poll or volunteers; puzzle or recipe.
    An invitation's row says where to answer and until when. What a picture's file could not give is told by `lost_picture`.
    """

    kind: str
    key: str
    heading: str = ""
    standfirst: str = ""
    words: str = ""
    who: str = ""
    picture: Picture | None = None
    rows: tuple[Row, ...] = ()
    note: str = ""
    sort: str = ""
    choices: tuple[str, ...] = ()
    serves: str = ""
    needs: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    answer: str = ""
    lost_picture: bool = False


def whole_rich(markup: str) -> str:
    """Words cut down to a few safe tags, however long: the editor's screen refuses what is too long, and here none are lost."""
    return rich(markup, limit=max(len(markup), 1))


def as_data(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """The parts as JSON keeps them."""
    return [asdict(part) for part in parts]


def from_data(kept: Iterable[dict[str, Any]]) -> list[Part]:
    """The parts as they were kept; words are cleaned again on their way out."""
    return [
        Part(
            **{
                **entry,
                "words": whole_rich(entry["words"]),
                "picture": Picture(**entry["picture"]) if entry["picture"] else None,
                "rows": tuple(Row(**row) for row in entry["rows"]),
                **{name: tuple(entry.get(name) or ()) for name in _LISTS},
            }
        )
        for entry in kept
    ]


def with_whole_links(part: Part, whole: Callable[[str], str]) -> Part:
    """The part with every link on this site made whole, for a mail; `whole` turns "/news/" into "https://…/news/"."""

    def made(url: str) -> str:
        return whole(url) if url.startswith("/") else url

    return replace(
        part,
        words=whole_rich(_LINK.sub(lambda found: f'href="{whole(found[1])}"', part.words)),
        picture=replace(part.picture, url=made(part.picture.url), avif="") if part.picture else None,
        rows=tuple(replace(row, url=made(row.url)) for row in part.rows),
    )
