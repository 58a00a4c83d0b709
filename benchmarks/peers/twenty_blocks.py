"""A page of twenty blocks, the same for the portal and its peer: headings, words, pictures, quotes, notices, buttons."""

import json
from collections.abc import Sequence
from typing import Any

TWENTY = 20
WORDS = (
    "<p>Every Wednesday somebody puts the kettle on, and whoever comes is welcome. Bring a friend, bring nobody, stay for "
    'as long as you like. <a linktype="page" id="{0}">Read more of it</a>, or <a linktype="page" id="{1}">see what else '
    "is on</a>.</p><p>There is a ramp at the side door, and the heating is on from nine.</p>"
)


def twenty(*, pages: Sequence[int], pictures: Sequence[int]) -> str:
    """As Wagtail's stream fields take them; pages and pictures are used in turn."""
    blocks: list[dict[str, Any]] = []
    for number in range(4):
        picture = {"image": pictures[number % len(pictures)], "alt_text": f"The hall, seen from side {number}"}
        one, other = (pages[(number + more) % len(pages)] for more in (0, 1))
        blocks += [
            {"type": "heading", "value": f"What we do, part {number + 1}"},
            {"type": "words", "value": WORDS.format(one, other)},
            {"type": "picture", "value": {"image": {**picture, "decorative": False}, "caption": "The hall"}},
            {
                "type": "quote",
                "value": {"words": "I came for the soup and stayed for the people.", "who": "Example Ann"},
            },
            {"type": "link", "value": {"label": "Find out more", "page": one, "address": ""}}
            if number % 2
            else {"type": "notice", "value": "Not this Wednesday: the boiler is being mended."},
        ]
    assert len(blocks) == TWENTY
    return json.dumps(blocks)
