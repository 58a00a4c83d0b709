"""Cleaned words become a tree; no word and no link is lost."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.printing.words import Tree, tree_of
from portal.text import rich, without_tags


def pieces(tree: Tree) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for block in tree:
        if "runs" in block:
            found += [piece for run in block["runs"] for piece in run["pieces"]]
        for item in block.get("items", []):
            found += pieces(item)
        found += pieces(block.get("blocks", []))
    return found


def links(tree: Tree) -> list[str]:
    found: list[str] = []
    for block in tree:
        found += [run["url"] for run in block.get("runs", []) if run["url"]]
        for item in block.get("items", []):
            found += links(item)
        found += links(block.get("blocks", []))
    return found


def said(tree: Tree) -> str:
    return "".join("".join(piece["text"] for piece in pieces(tree)).split())


def test_a_paragraph_has_runs_of_words_strong_ones_and_links() -> None:
    numbers = iter([4])
    (block,) = tree_of(
        '<p>Come <b>in</b>, <a href="/x/">see <em>us</em></a>.</p>', number=lambda url, words: next(numbers)
    )
    assert block["kind"] == "p"
    words, link, end = block["runs"]
    assert [(piece["text"], piece["strong"]) for piece in words["pieces"]] == [
        ("Come ", False),
        ("in", True),
        (", ", False),
    ]
    assert (link["url"], link["number"]) == ("/x/", 4)
    assert [(piece["text"], piece["em"]) for piece in link["pieces"]] == [("see ", False), ("us", True)]
    assert end["pieces"][0]["text"] == "."


def test_lists_stand_in_lists_and_numbers_are_told_from_dots() -> None:
    dots, numbers = tree_of("<ul><li>a<ul><li>b</li></ul></li></ul><ol><li><p>c</p></li></ol>")
    assert [block["kind"] for block in dots["items"][0]] == ["p", "bullets"]
    assert (numbers["kind"], said([numbers])) == ("numbers", "c")


def test_headings_quotes_line_ends_and_loose_words_are_kept() -> None:
    tree = tree_of("loose<h3>Next</h3><blockquote><p>Yes</p></blockquote><p>one<br>two</p>")
    assert [block["kind"] for block in tree] == ["p", "h", "quote", "p"]
    assert pieces(tree[3:])[1]["text"] == "\n"


def test_a_link_without_words_is_spelled_out() -> None:
    assert said(tree_of('<p><a href="https://example.org/x"></a></p>')) == "example.org/x"
    assert said(tree_of('<p><a href="mailto:ann@example.org">mailto:ann@example.org</a></p>')) == "ann@example.org"


@pytest.mark.parametrize(
    "markup", ["", "<p></p>", "<p> &nbsp;</p>".replace("&nbsp;", " "), "<ul></ul>", "<ul><li></li></ul>"]
)
def test_what_says_nothing_becomes_nothing(markup: str) -> None:
    assert tree_of(markup) == []


_WORD = st.text(st.characters(categories=["L", "N"], max_codepoint=0x24F), min_size=1, max_size=8)
_OPEN = st.sampled_from(
    ["<p>", "</p>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<b>", "</b>", "<em>", "<h3>", "</h3>"]
)
_LINKED = _WORD.map(lambda word: f'<a href="/{word}/">{word}</a>')


@given(st.lists(st.one_of(_WORD, _OPEN, _LINKED, st.sampled_from([" ", "<br>", "&amp;", "<blockquote>"])), max_size=25))
def test_no_word_and_no_link_is_lost_however_the_tags_lie(bits: list[str]) -> None:
    markup = str(rich("".join(bits)))
    tree = tree_of(markup)
    assert said(tree) == "".join(without_tags(markup).split())
    assert len(links(tree)) == markup.count("<a ")
