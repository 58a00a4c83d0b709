"""What the main pages weigh over the wire at first view, and how they show pictures; nobody's phone pays for more."""

import gzip
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.contrib.staticfiles import finders

from benchmarks.first_view import Answer, weigh
from engagement.comments.actions.photos import hang_on
from engagement.comments.models import PlaceComment
from newsletter.models import IssuePage
from tests.conftest import Person
from tests.engagement.comments.actions.test_photos import make_photo
from tests.security.village import village as village  # a fixture

HOME, LIST, MAP = 40_000, 60_000, 180_000
# How much each may weigh, and how many of its pictures stand where they are seen at once.
PAGES = [
    ("home", HOME, 1),
    ("/get-help/", HOME, 0),
    ("/here/good-to-know/", HOME, 0),
    ("/warm-spaces/", LIST, 0),
    ("/venues/horden-youth-and-community-centre/", HOME, 0),
    ("/whats-on/", LIST, 0),
    ("/have-your-say/", MAP, 0),
    ("comment", LIST, 1),
    ("/you-said-we-did/", LIST, 0),
    ("/news/", HOME, 0),
    ("issue", LIST, 1),
]


UNPACK: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@cache
def packed(path: str) -> Answer:
    """A static file as it lies collected."""
    there = finders.find(path.removeprefix("/static/"))
    assert there, path
    content = Path(there).read_bytes()
    small = brotli.compress(content) if path.endswith((".css", ".js", ".svg")) else content
    return Answer(content.decode(errors="replace"), len(small))


def asked_by(somebody: Person) -> Callable[[str], Answer]:
    """How a browser that was never here asks, in this process."""

    def fetch(path: str) -> Answer:
        if path.startswith("/static/"):
            return packed(path)
        response: Any = somebody.get(path, headers={"Accept-Encoding": "br, gzip"})
        assert response.status_code == 200, path
        content = response.getvalue()
        words = UNPACK[response.headers.get("Content-Encoding", "")](content)
        return Answer(words.decode(errors="replace"), len(content))

    return fetch


@pytest.mark.usefixtures("village", "db")
def test_main_pages_weigh_little_and_their_pictures_move_nothing() -> None:
    comment = PlaceComment.objects.published().listed().newest_first().first()
    issue = IssuePage.objects.for_everybody().newest_first().first()
    assert comment is not None
    assert issue is not None
    hang_on(comment=comment, key=make_photo().key, words="A lamp")
    found = {"home": "/", "comment": comment.get_absolute_url(), "issue": issue.path_on_site}
    for name, most, at_once in PAGES:
        bytes_of, page = weigh(found.get(name, name), asked_by(Person()))
        assert sum(bytes_of.values()) <= most, (name, bytes_of)
        for image in page.images:
            assert {"width", "height", "alt"} <= set(image), (name, image)
        is_lazy = [image.get("loading") == "lazy" for image in page.images]
        assert is_lazy == [False] * at_once + [True] * (len(is_lazy) - at_once), (name, page.images)
