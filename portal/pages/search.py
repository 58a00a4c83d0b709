"""One search over pages and over what the features offer to be found."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from wagtail.models import Page

MOST_OF_A_KIND = 10


@dataclass(frozen=True)
class SearchResult:
    """Something found, in the words that a list shows."""

    title: str
    url: str
    kind: str
    summary: str = ""


Search = Callable[[str], list[SearchResult]]
_searches: list[Search] = []


def register_search(search: Search) -> None:
    """Let a feature's things be found; called once from its AppConfig."""
    if search not in _searches:
        _searches.append(search)


def find(query: str) -> list[SearchResult]:
    """What the features and the pages have for these words, features first."""
    # Signs are taken out: SQLite's search reads some of them as commands and answers others with an error.
    words = " ".join(re.findall(r"\w+", query))
    if not words:
        return []
    found = [result for search in _searches for result in search(words)[:MOST_OF_A_KIND]]
    return found + [
        SearchResult(title=page.title, url=page.url or "/", kind="Page", summary=page.summary)
        for page in _pages(words)
        if hasattr(page, "summary")
    ]


def _pages(words: str) -> list[Page]:
    """Pages with these words anywhere, and those with words in their title of which only the beginning was typed."""
    pages = Page.objects.live().public().specific()
    found = [*pages.search(words)[:MOST_OF_A_KIND], *pages.autocomplete(words)[:MOST_OF_A_KIND]]
    return list({page.pk: page for page in found}.values())[:MOST_OF_A_KIND]
