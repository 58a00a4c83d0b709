"""What search engines are shown: an index, and lists of at most 50,000 addresses, drawn piece by piece however many there are.

A list holds the rows of 50,000 numbers, so that none moves from one list to the next. What residents say is not offered one
by one: whoever takes their words back should not find them kept elsewhere. The answers that they got are.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from django.conf import settings
from django.db.models import Max, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from portal.accounts.permissions import public

MOST_IN_A_LIST = 50_000
AT_ONCE = 2_000
# A section with more is cut off there: an index may hold as many lists as a list addresses.
MOST_LISTS = 2_000
BEGINNING = '<?xml version="1.0" encoding="UTF-8"?>\n<{} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
XML = "application/xml; charset=utf-8"
Row = tuple[int, Any, Any]
# Rooms that are no rows: each a view without arguments.
ROOMS = [
    "warm_spaces",
    "whats_on",
    "groups",
    "comments",
    "you_said_we_did",
    "selfreferral:start",
    "privacy",
    "accessibility",
    "cookies",
]
NOT_TO_BE_READ = ("/staff/", "/accounts/", "/here/", "/survey/", "/*?")


@dataclass(frozen=True)
class Section:
    """Rows that everybody may see; `address` makes a path of each row's `by`."""

    name: str
    rows: Callable[[], QuerySet[Any]]
    by: str
    changed: str
    address: Callable[[], Callable[[Any], str]]


_sections: dict[str, Section] = {}


def register_section(name: str, rows: Callable[[], QuerySet[Any]], *, view: str, by: str, changed: str = "") -> None:
    """Let search engines know a feature's pages: those of the view that takes each row's `by`."""

    def address() -> Callable[[Any], str]:
        before, _, after = reverse(view, args=[0] if by == "pk" else ["0"]).rpartition("0")
        return lambda value: f"{before}{value}{after}"

    _sections[name] = Section(name, rows, by, changed, address)


def _pages() -> QuerySet[Page]:
    return Page.objects.live().public().descendant_of(_home(), inclusive=True)


def _home() -> Page:
    home: Page = Site.objects.select_related("root_page").get(is_default_site=True).root_page
    return home


def _page_address() -> Callable[[Any], str]:
    above = len(_home().url_path) - 1
    return lambda url_path: str(url_path)[above:]


_sections["pages"] = Section("pages", _pages, "url_path", "last_published_at", _page_address)


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    paths = [reverse("sitemap_rooms")]
    paths += [
        reverse("sitemap_list", args=[section.name, number])
        for section in _sections.values()
        for number in _numbers_of_lists(section.rows())
    ]
    found = "".join(f"<sitemap><loc>{escape(settings.BASE_URL + path)}</loc></sitemap>\n" for path in paths)
    return HttpResponse(f"{BEGINNING.format('sitemapindex')}{found}</sitemapindex>\n", content_type=XML)


@public
@require_safe
def rooms(request: HttpRequest) -> HttpResponse:
    lines = "".join(_line(reverse(name), None) for name in ROOMS)
    return HttpResponse(f"{BEGINNING.format('urlset')}{lines}</urlset>\n", content_type=XML)


@public
@require_safe
def one_list(request: HttpRequest, name: str, number: int) -> StreamingHttpResponse:
    section = _sections.get(name)
    if section is None or number >= MOST_LISTS or not _between(section.rows(), number).exists():
        raise Http404
    return StreamingHttpResponse(_drawn(section, number), content_type=XML)


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where the index is, and what is nobody's to read: lists that were asked for in words are endless."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_TO_BE_READ), ""]
    lines.append(f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _between(rows: QuerySet[Model], number: int) -> QuerySet[Model]:
    """The rows of one list."""
    return rows.filter(pk__gte=number * MOST_IN_A_LIST, pk__lt=(number + 1) * MOST_IN_A_LIST)


def _numbers_of_lists(rows: QuerySet[Model]) -> list[int]:
    last = rows.aggregate(last=Max("pk"))["last"]
    if last is None:
        return []
    return [number for number in range(min(last // MOST_IN_A_LIST + 1, MOST_LISTS)) if _between(rows, number).exists()]


def _drawn(section: Section, number: int) -> Iterator[str]:
    """Some thousands at a time, so that neither the list nor a reader who takes long holds memory or the database."""
    yield BEGINNING.format("urlset")
    address = section.address()
    for rows in _pieces(_between(section.rows(), number).values_list("pk", section.by, section.changed or "pk")):
        yield "".join(_line(address(value), changed if section.changed else None) for _, value, changed in rows)
    yield "</urlset>\n"


def _pieces(rows: Any) -> Iterator[list[Row]]:
    after = -1
    while piece := list(rows.filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        yield piece
        after = piece[-1][0]


def _line(path: str, changed: datetime | None) -> str:
    day = f"<lastmod>{changed:%Y-%m-%d}</lastmod>" if changed else ""
    return f"<url><loc>{escape(settings.BASE_URL + path)}</loc>{day}</url>\n"
