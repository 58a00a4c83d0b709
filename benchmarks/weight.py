"""What the main pages weigh: bytes over the wire of a first view, of a running demo asked as a new browser asks."""

import gzip
import re
import tempfile
import urllib.request
from pathlib import Path

import brotli

from benchmarks.first_view import Answer, weigh
from benchmarks.measure import Row
from benchmarks.running_demo import RunningDemo, demo

ROOT = Path(__file__).resolve().parent.parent
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}
# Each with what it may weigh at most, in kB, where there is such an aim.
PAGES: dict[str, tuple[str, int | None]] = {
    "home page": ("/", 40),
    "get help": ("/get-help/", None),
    "asking for help, first step": ("/here/good-to-know/", None),
    "warm spaces, with map": ("/warm-spaces/", 60),
    "a venue": ("/warm-spaces/ venues", None),
    "what’s on, with map": ("/whats-on/", 60),
    "have your say, with map": ("/have-your-say/", 180),
    "a comment": ("/have-your-say/ have-your-say/comments", None),
    "you said, we did": ("/you-said-we-did/", 60),
    "the newspaper": ("/news/", 60),
    "an issue": ("/news/ news", None),
}


def rows() -> list[Row]:
    """Each main page with all that its first view loads, pictures at their widest."""
    with (
        tempfile.TemporaryDirectory(prefix="together-bench-") as scratch,
        demo(ROOT, TOGETHER_ENV="here", VAR_DIR=scratch, DJANGO_SETTINGS_MODULE="portal.settings.dev") as running,
    ):
        return [_row(name, _address(running, where), aim, running) for name, (where, aim) in PAGES.items()]


def _row(name: str, path: str, aim: int | None, running: RunningDemo) -> Row:
    bytes_of, _ = weigh(path, lambda address: ask(running.url + address))
    parts = " · ".join(f"{sort} {size / 1000:.1f}" for sort, size in bytes_of.items())
    told = f"; aim at most {aim} kB" if aim else ""
    return Row(name.capitalize(), f"{sum(bytes_of.values()) / 1000:.1f} kB", f"{parts}{told}")


def _address(running: RunningDemo, where: str) -> str:
    """An address; of "page beginning" the first on that page which begins so and goes further."""
    page, _, beginning = where.partition(" ")
    if not beginning:
        return page
    found = re.search(rf'href="(/{beginning}/(?!rss|subscribe)[\w-]+/)"', ask(running.url + page).words)
    assert found, where
    return found[1]


def ask(url: str) -> Answer:
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "br, gzip"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        sent = answer.read()
    unpack = UNPACK.get(answer.headers.get("Content-Encoding", ""), bytes)
    return Answer(unpack(sent).decode(errors="replace"), len(sent))
