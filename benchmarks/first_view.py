"""What a browser loads before anybody scrolls: the page, its styles and scripts, what a map shows, and what stands at the top."""

import re
from collections import defaultdict
from collections.abc import Callable
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin

_MAP_DATA = ("data-geojson", "data-columns", "data-outline", "data-places")
_DRAWING_IN_A_STYLE = re.compile(r"""url\(["']?([^"')]+\.svg)["']?\)""")
_MODULE_IN_A_MODULE = re.compile(r"""from\s*["'](\.[^"']+)["']""")


class Answer(NamedTuple):
    """What stands in it, and how many bytes went over the wire for it."""

    words: str
    wire: int


class Page(HTMLParser):
    """What one page names, in its own words."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.loads: list[tuple[str, str]] = []
        self.images: list[dict[str, str | None]] = []
        self._source = ""
        self.feed(words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "link" and names.get("rel") in {"stylesheet", "icon", "modulepreload"}:
            sort = {"stylesheet": "styles", "icon": "drawings"}.get(names["rel"] or "", "scripts")
            self._load(sort, names.get("href"))
        elif tag == "script":
            self._load("scripts", names.get("src"))
        elif tag == "source":
            self._source = names.get("srcset") or ""
        elif tag == "img":
            self._see(names)
        for name in _MAP_DATA:
            self._load("map", names.get(name))

    def handle_endtag(self, tag: str) -> None:
        if tag == "picture":
            self._source = ""

    def _see(self, image: dict[str, str | None]) -> None:
        """Of several sizes the widest counts: nobody loads more."""
        self.images.append(image)
        if image.get("loading") != "lazy":
            sizes = self._source or image.get("srcset") or image.get("src") or ""
            self._load("pictures", max((one.split() for one in sizes.split(", ")), key=_width_of)[0])

    def _load(self, sort: str, address: str | None) -> None:
        if address and not address.startswith("data:"):
            self.loads.append((sort, address))


def _width_of(size: list[str]) -> int:
    return int(size[1].removesuffix("w")) if len(size) == 2 else 0


def weigh(path: str, fetch: Callable[[str], Answer]) -> tuple[dict[str, int], Page]:
    """Bytes over the wire of a first view by what they are for, and the page."""
    answer = fetch(path)
    page, bytes_of = Page(answer.words), defaultdict[str, int](int, {"page": answer.wire})
    waiting, seen = [(sort, urljoin(path, address)) for sort, address in page.loads], set[str]()
    while waiting:
        sort, address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        part = fetch(address)
        bytes_of[sort] += part.wire
        if sort == "styles":
            waiting += [("drawings", urljoin(address, one)) for one in _DRAWING_IN_A_STYLE.findall(part.words)]
        elif sort == "scripts":
            waiting += [("scripts", urljoin(address, one)) for one in _MODULE_IN_A_MODULE.findall(part.words)]
    return dict(bytes_of), page
