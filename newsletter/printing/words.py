"""Turns cleaned words with a few tags into a small tree that a typst template walks; no word and no link is lost."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from newsletter.printing.addresses import on_paper

Tree = list[dict[str, Any]]
Numbered = Callable[[str, str], int]
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = {"ul": "bullets", "ol": "numbers"}
_STRONG, _EMPHASIS = frozenset({"strong", "b"}), frozenset({"em", "i"})


def tree_of(markup: str, *, number: Numbered = lambda url, words: 0) -> Tree:
    """The words as blocks, each `{"kind": "p" | "h" | "quote" | "bullets" | "numbers", ...}`.

    p and h hold `runs`, quote holds `blocks`, a list holds `items` of blocks. A run is a link or not (`url`), with the
    `number` that `number(url, words)` gave it (0: none is printed) and its `pieces` of text, strong and emphasised or not.
    """
    reader = _Reader(number)
    reader.feed(markup)
    reader.close()
    return reader.finished()


@dataclass
class _Box:
    """A block being filled: where its finished blocks go, and the runs of the paragraph that stands open in it."""

    tag: str
    blocks: Tree = field(default_factory=list)
    runs: list[dict[str, Any]] = field(default_factory=list)
    kind: str = "p"


class _Reader(HTMLParser):
    """Reads the tags that `portal.text.rich` lets through; others are passed over and their words kept."""

    def __init__(self, number: Numbered) -> None:
        super().__init__(convert_charrefs=True)
        self._number = number
        self._boxes = [_Box("")]
        self._strong = self._emphasis = 0
        self._link: dict[str, Any] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _STRONG:
            self._strong += 1
        elif tag in _EMPHASIS:
            self._emphasis += 1
        elif tag == "a":
            self._end_link()
            self._link = {"url": (dict(attrs).get("href") or "").strip(), "number": 0, "pieces": []}
        elif tag == "br":
            self._add({"text": "\n", "strong": False, "em": False})
        elif tag in _HEADINGS or tag == "p":
            self._end_paragraph()
            self._box.kind = "p" if tag == "p" else "h"
        elif tag in _LISTS or tag in {"li", "blockquote"}:
            self._end_paragraph()
            self._boxes.append(_Box(tag))

    def handle_endtag(self, tag: str) -> None:
        if tag in _STRONG:
            self._strong = max(0, self._strong - 1)
        elif tag in _EMPHASIS:
            self._emphasis = max(0, self._emphasis - 1)
        elif tag == "a":
            self._end_link()
        elif tag in _HEADINGS or tag == "p":
            self._end_paragraph()
        elif any(box.tag == tag for box in self._boxes[1:]):
            while self._close_box() != tag:
                pass

    def handle_data(self, data: str) -> None:
        spaced = " ".join(data.split())
        if not spaced:
            spaced = " " if data else ""
        else:
            spaced = f"{' ' if data[0].isspace() else ''}{spaced}{' ' if data[-1].isspace() else ''}"
        if spaced:
            self._add({"text": spaced, "strong": self._strong > 0, "em": self._emphasis > 0})

    def finished(self) -> Tree:
        while len(self._boxes) > 1:
            self._close_box()
        self._end_paragraph()
        return self._boxes[0].blocks

    @property
    def _box(self) -> _Box:
        return self._boxes[-1]

    def _add(self, piece: dict[str, Any]) -> None:
        if self._link is not None:
            self._link["pieces"].append(piece)
            return
        runs = self._box.runs
        if not runs or runs[-1]["url"]:
            runs.append({"url": "", "number": 0, "pieces": []})
        runs[-1]["pieces"].append(piece)

    def _end_link(self) -> None:
        link, self._link = self._link, None
        if link is None or not (link["pieces"] or link["url"]):
            return
        words = "".join(piece["text"] for piece in link["pieces"])
        if link["url"] and words.strip() in {"", link["url"]}:
            # A link with no words would be lost on paper: its address speaks for it, as people write it down.
            words = on_paper(link["url"])
            link["pieces"] = [{"text": words, "strong": False, "em": False}]
        if link["url"]:
            link["number"] = self._number(link["url"], words)
        self._box.runs.append(link)

    def _end_paragraph(self) -> None:
        self._end_link()
        box = self._box
        runs, kind, box.runs, box.kind = box.runs, box.kind, [], "p"
        if any(piece["text"].strip() for run in runs for piece in run["pieces"]):
            box.blocks.append({"kind": kind, "runs": runs})

    def _close_box(self) -> str:
        self._end_paragraph()
        box = self._boxes.pop()
        if not box.blocks:
            return box.tag
        if box.tag in _LISTS:
            items = [block["blocks"] if block["kind"] == "item" else [block] for block in box.blocks]
            self._box.blocks.append({"kind": _LISTS[box.tag], "items": items})
        elif box.tag == "li" and self._box.tag in _LISTS:
            self._box.blocks.append({"kind": "item", "blocks": box.blocks})
        elif box.tag == "li":
            self._box.blocks.extend(box.blocks)
        else:
            self._box.blocks.append({"kind": "quote", "blocks": box.blocks})
        return box.tag
