"""Whatever takes names out of the house, or gives somebody more to do here, asks again who is there."""

import ast
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern

from tests.test_consistency import our_addresses

ROOT = Path(__file__).resolve().parents[3]
# Screens of roles and accounts, and files with people in them, by the last part of the name of their view.
ASK_AGAIN = {
    "portal.accounts.views.people": {"invite_person", "person", "pressed", "close"},
    "selfreferral.views.exports": {"people"},
    "selfreferral.views.papers": {"given"},
    "selfreferral.views.looks": {"looks_file"},
    "engagement.directory.keeping.views.keepers": {"held", "held_at_address"},
    "newsletter.views.readers": {"take_out"},
}
# Files that name nobody, or that everybody can read: numbers, comments as they are published, groups, sheets of stickers,
# links to a survey that were made this moment and lead to no answer.
NAME_NOBODY = {
    "engagement.comments.views.feeds",
    "engagement.comments.views.entering",
    "engagement.comments.views.consultations",
    "engagement.directory.groups.staff",
    "selfreferral.views.rounds",
}


def chain(pattern: URLPattern) -> list[Any]:
    """A view and whatever it wraps."""
    views: list[Any] = []
    view: Any = pattern.callback
    while view is not None:
        views.append(view)
        view = getattr(view, "__wrapped__", None)
    return views


@pytest.mark.parametrize("module", sorted(ASK_AGAIN))
def test_these_ask_again(module: str) -> None:
    asking = {
        view.__name__
        for _, pattern in our_addresses()
        for view in chain(pattern)
        if view.__module__ == module and any(getattr(one, "asks_again", False) for one in chain(pattern))
    }
    assert asking >= ASK_AGAIN[module]


def test_every_module_that_hands_out_a_file_was_thought_about() -> None:
    """A new file to save fails here until somebody has said whether people are in it."""
    handing_out = set()
    for package in ("portal", "engagement", "selfreferral", "newsletter"):
        for path in (ROOT / package).rglob("*.py"):
            text = path.read_text()
            if ('attachment; filename="' in text and "staff_view" in text) or (
                path.parent.name == "views" and "attachment;" in text
            ):
                handing_out.add(".".join(path.relative_to(ROOT).with_suffix("").parts))
    asking = {name for name in handing_out if _asks(name)}
    assert handing_out - asking <= NAME_NOBODY


def _asks(module: str) -> bool:
    tree = ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text())
    return any(isinstance(node, ast.ImportFrom) and node.module == "portal.accounts.again" for node in ast.walk(tree))
