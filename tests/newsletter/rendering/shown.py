"""What each edition of an issue shows, read back from what is sent, shown on the web or printed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import unescape
from html.parser import HTMLParser

from django.conf import settings

from newsletter.models import IssuePage
from newsletter.printing.editions import EDITIONS as PAPER
from newsletter.printing.editions import Paper
from newsletter.rendering.edition import (
    LEAVE_MARK,
    PREFERENCES_MARK,
    edition_of,
)
from newsletter.rendering.masthead import masthead_of
from tests.conftest import Person
from tests.paper import alts_of, links_of, squeezed, words_of


class Links(HTMLParser):
    """Every address that the HTML links to."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found |= {value for name, value in attrs if name == "href" and value}


def flat(text: str) -> str:
    return " ".join(text.split())


def words_in(markup: str) -> str:
    """What a person reads of some HTML, pictures' words included."""
    shown = re.sub(r"<(style|title|head)\b.*?</\1>|<!--.*?-->", " ", markup, flags=re.DOTALL)
    shown = re.sub(r'<img[^>]*?alt="([^"]*)"[^>]*>', r" \1 ", shown)
    return flat(unescape(re.sub(r"<[^>]+>", " ", shown)))


@dataclass(frozen=True)
class Shown:
    """What one edition shows: its words, and the whole addresses that it leads to, but for those of its head and foot."""

    words: str
    links: set[str]


def of_markup(markup: str) -> Shown:
    base = settings.BASE_URL
    links = {f"{base}{url}" if url.startswith("/") else url for url in Links(markup).found}
    return Shown(words_in(markup), links - {LEAVE_MARK, PREFERENCES_MARK, f"{base}/news/winter-in-horden/"})


def of_text(text: str) -> Shown:
    links = {found.rstrip(".,)") for found in re.findall(r"https?://\S+", text)}
    mails = {f"mailto:{found}" for found in re.findall(r"[\w.]+@[\w.]+\w", text)}
    return Shown(flat(text), (links | mails) - {f"{settings.BASE_URL}/news/winter-in-horden/"})


def of_web(issue: IssuePage, resident: Person) -> Shown:
    page = resident.get(issue.path_on_site).content.decode()
    own = page[page.index('<div class="issue">') : page.index('<aside class="issue-next')]
    shown = of_markup(own)
    return replace(shown, links={link for link in shown.links if "/news/winter-in-horden.pdf" not in link})


def of_paper(edition: str) -> Callable[[IssuePage, Person], Shown]:
    """What is printed: with the words that a picture has for those who do not see it, and without the foot of each page."""

    def shown(issue: IssuePage, resident: Person) -> Shown:
        paper, head = Paper(issue, edition), masthead_of(issue)
        pdf = paper.printed().content
        foot = squeezed(f"{head.name} in {head.place_name}.?{head.date_line}")
        said = re.sub(rf"{foot}Page\d+of\d+", "", squeezed(words_of(pdf)))
        base = settings.BASE_URL
        ours = {*paper.short_links.values(), f"{base}/news/winter-in-horden/", f"{base}/news/subscribe/"}
        return Shown(" ".join([said, *alts_of(pdf)]), links_of(pdf) - ours)

    return shown


# Every edition, with what it shows: one more is one line more.
EDITIONS: dict[str, Callable[[IssuePage, Person], Shown]] = {
    **{f"paper, {edition}": of_paper(edition) for edition in PAPER},
    "mail": lambda issue, resident: of_markup(edition_of(issue).html),
    "text": lambda issue, resident: of_text(edition_of(issue).text),
    "web": of_web,
}
