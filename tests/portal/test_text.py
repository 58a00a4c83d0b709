"""Residents' words come out as plain text, staff HTML as a few safe tags."""

from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text import plain, rich, without_tags

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java\u200bscript:alert(1)">x</a>',
    '<a href=" &#106;avascript:alert(1)">x</a>',
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button></form>',
    "<!--<img src=--><img src=x onerror=alert(1)>-->",
    '<p style="background:url(javascript:alert(1))">x</p>',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<x onclick=alert(1)>",
]


ALLOWED = {"p", "br", "a", "strong", "b", "em", "i", "ul", "ol", "li", "h2", "h3", "h4", "blockquote"}
SCHEMES = {"http", "https", "mailto", "tel"}


class Tags(HTMLParser):
    """Every tag and attribute that a browser would see in some HTML."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, tuple(attrs)))


@pytest.mark.parametrize("markup", HOSTILE)
def test_a_second_cleaner_finds_no_tag_or_link_left_to_take_out(markup: str) -> None:
    cleaned = rich(markup)
    again = nh3.clean(cleaned, tags=ALLOWED, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None)
    assert Tags(cleaned).seen == Tags(again).seen
    assert {tag for tag, _ in Tags(cleaned).seen} <= ALLOWED


def test_staff_html_keeps_what_an_editor_meant() -> None:
    assert rich('<p>Come <strong>in</strong>: <a href="/warm-spaces/">warm</a></p>') == (
        '<p>Come <strong>in</strong>: <a href="/warm-spaces/">warm</a></p>'
    )


def test_an_absurdly_long_text_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(ValueError, match="longer than"):
        rich("<" * 100_001)


def test_residents_words_keep_their_angle_brackets_and_line_breaks() -> None:
    assert plain("5 < 6 and I <3 the park\r\nreally") == "5 < 6 and I <3 the park\nreally"


def test_nul_and_other_invisible_characters_vanish() -> None:
    assert plain("a\x00b\u202ec\u200bd\x07") == "abcd"


def test_an_emoji_family_stays_together() -> None:
    assert plain("👨\u200d👩\u200d👧 happy") == "👨\u200d👩\u200d👧 happy"


def test_words_are_cut_at_the_limit() -> None:
    assert plain("x" * 30, limit=10) == "x" * 10


@given(st.text())
def test_cleaning_twice_is_cleaning_once(words: str) -> None:
    assert plain(plain(words)) == plain(words)


def test_html_becomes_words_for_a_text_mail() -> None:
    assert without_tags("<p>One &amp; two</p><p>three</p>") == "One & two\n\nthree"
