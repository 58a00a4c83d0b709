"""The neutral list: every part of an issue as plain data, from which each edition is drawn."""

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from portal.text import rich

_LINK = re.compile(r'href="(/[^"]*)"')


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a list: what it is, where it leads, and the facts in words; `is_live` when it was looked up."""

    title: str
    detail: str = ""
    url: str = ""
    is_live: bool = False


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture ready to be shown, at most 1,200 pixels wide."""

    url: str
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    is_decorative: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of an issue. `words` hold a few safe tags, all else is plain text; links are on this site or whole."""

    kind: str
    key: str
    heading: str = ""
    standfirst: str = ""
    words: str = ""
    who: str = ""
    picture: Picture | None = None
    rows: tuple[Row, ...] = ()
    note: str = ""


def as_data(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """The parts as JSON keeps them."""
    return [asdict(part) for part in parts]


def from_data(kept: Iterable[dict[str, Any]]) -> list[Part]:
    """The parts as they were kept; words are cleaned again on their way out."""
    return [
        Part(
            **{
                **entry,
                "words": rich(entry["words"]),
                "picture": Picture(**entry["picture"]) if entry["picture"] else None,
                "rows": tuple(Row(**row) for row in entry["rows"]),
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
        words=rich(_LINK.sub(lambda found: f'href="{whole(found[1])}"', part.words)),
        picture=replace(part.picture, url=made(part.picture.url)) if part.picture else None,
        rows=tuple(replace(row, url=made(row.url)) for row in part.rows),
    )
