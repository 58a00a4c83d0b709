"""Public pages that are kept ready: the same answer for everybody who carries no cookie, until something on it changes.

A view opts in. Kept is only an answer of 200 that sets no cookie, to a GET that brought none; it is sent packed as the
browser can unpack it, and not at all to one that has it already. What makes an answer old is known to `portal.changes`.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, wraps
from threading import Lock
from typing import Any, NamedTuple, TypeVar

import brotli
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch
from django.utils.cache import patch_vary_headers

from portal.changes import Read, noting
from portal.pages.packing import best_packing
from portal.slow_visitors import HANDED_OVER_WHOLE

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
# Seconds for which somebody waits until another has drawn the page; then they draw it themselves.
LONGEST_WAIT = 2
# What a phone's connection saves by the slower settings, it never gets back: these take a millisecond or two.
GZIP_LEVEL, BROTLI_LEVEL = 6, 5


class Key(NamedTuple):
    """All that an answer may depend on."""

    scheme: str
    host: str
    path: str
    query: str


class Sent(NamedTuple):
    """What goes over the line."""

    status: int
    headers: list[tuple[str, str]]
    content: bytes


class KeptPage:
    """One answer, with what was read for it."""

    def __init__(self, response: HttpResponse, read: Read, match: ResolverMatch | None) -> None:
        self.read, self.match, self.drawn_anew = read, match, Lock()
        self.body = response.content
        # With what it takes when it is packed.
        self.size = 2 * len(self.body)
        self.etag = f'W/"{hashlib.sha256(self.body).hexdigest()[:32]}"'
        patch_vary_headers(response, ["Accept-Encoding"])
        response.headers.setdefault("Cache-Control", "no-cache")
        response.headers["ETag"] = self.etag
        self.headers = [one for one in response.headers.items() if one[0] != "Content-Length"]

    def sent_to(self, asked: Mapping[str, Any]) -> Sent:
        """The page, packed as this browser likes it best; nothing but its name for one that has it."""
        if self.etag in asked.get("HTTP_IF_NONE_MATCH", ""):
            return self._known
        packing = best_packing(asked.get("HTTP_ACCEPT_ENCODING", ""))
        return self._as_brotli if packing == "br" else self._as_gzip if packing == "gzip" else self._plain

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The same for whoever asks by way of Django."""
        request.resolver_match = self.match
        status, headers, content = self.sent_to(request.META)
        return HttpResponse(content, status=status, headers=dict(headers))

    @cached_property
    def _known(self) -> Sent:
        return Sent(304, [one for one in self.headers if one[0] != "Content-Type"], b"")

    @cached_property
    def _plain(self) -> Sent:
        return self._packed(self.body)

    @cached_property
    def _as_brotli(self) -> Sent:
        packed = brotli.compress(self.body, mode=brotli.MODE_TEXT, quality=BROTLI_LEVEL)
        return self._packed(packed, ("Content-Encoding", "br"))

    @cached_property
    def _as_gzip(self) -> Sent:
        packed = gzip.compress(self.body, compresslevel=GZIP_LEVEL, mtime=0)
        return self._packed(packed, ("Content-Encoding", "gzip"))

    def _packed(self, content: bytes, *more: tuple[str, str]) -> Sent:
        return Sent(200, [*self.headers, *more, ("Content-Length", str(len(content)))], content)


class Shelf:
    """The pages that were drawn last, so many bytes and no more."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes, self.bytes, self.lock = most_bytes, 0, Lock()
        self.pages: OrderedDict[Key, KeptPage] = OrderedDict()

    def get(self, key: Key) -> KeptPage | None:
        page = self.pages.get(key)
        return page if page is not None and page.read.is_still_so() else None

    def put(self, key: Key, page: KeptPage) -> None:
        with self.lock:
            self._take_out(key)
            self.pages[key] = page
            self.bytes += page.size
            while self.bytes > self.most_bytes:
                self._take_out(next(iter(self.pages)))

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()
            self.bytes = 0

    @contextmanager
    def drawing(self, key: Key) -> Iterator[None]:
        """One draws a page anew, and whoever else asks for it waits a moment for that, where it was kept before."""
        old = self.pages.get(key)
        is_mine = old is not None and old.drawn_anew.acquire(timeout=LONGEST_WAIT)
        try:
            yield
        finally:
            if old is not None and is_mine:
                old.drawn_anew.release()

    def _take_out(self, key: Key) -> None:
        if (page := self.pages.pop(key, None)) is not None:
            self.bytes -= page.size


# Apart, so that whoever asks for a thousand addresses that nobody linked to pushes no page out.
PLAIN, WITH_QUERY = Shelf(16_000_000), Shelf(2_000_000)


def kept_page(view: View) -> View:
    """Let what this view answers be kept: it depends on nothing but the address and the database."""

    @wraps(view)
    def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        may_be_kept(request)
        return view(request, *args, **kwargs)

    return keeping  # type: ignore[return-value]


def may_be_kept(request: HttpRequest) -> None:
    request.may_be_kept = True  # type: ignore[attr-defined]


class KeptPages:
    """Answers from what is kept, before anything is asked or opened; keeps what may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = key_of(request.META, scheme=request.scheme or "")
        if key is None:
            return self.get_response(request)
        shelf = shelf_of(key)
        if (page := shelf.get(key)) is not None:
            return page.answer(request)
        with shelf.drawing(key):
            if (page := shelf.get(key)) is not None:
                return page.answer(request)
            with noting() as read:
                response = self.get_response(request)
            if not isinstance(response, HttpResponse) or not is_for_everybody(request, response):
                return response
            page = KeptPage(response, read, request.resolver_match)
            shelf.put(key, page)
            return page.answer(request)


def key_of(asked: Mapping[str, Any], *, scheme: str) -> Key | None:
    """Under which name the answer lies, where it may be kept at all: nobody is known by what they send with it."""
    if asked["REQUEST_METHOD"] not in {"GET", "HEAD"} or asked.get("HTTP_COOKIE") or "HTTP_AUTHORIZATION" in asked:
        return None
    return Key(scheme, asked.get("HTTP_HOST", ""), asked["PATH_INFO"], asked.get("QUERY_STRING", ""))


def shelf_of(key: Key) -> Shelf:
    return WITH_QUERY if key.query else PLAIN


def is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether this answer can be given to the next who asks."""
    return (
        getattr(request, "may_be_kept", False)
        and request.method == "GET"
        and response.status_code == 200
        and not response.cookies
        and not response.has_header("Content-Encoding")
        and not any(word in response.headers.get("Cache-Control", "") for word in ("private", "no-store"))
        and len(response.content) <= HANDED_OVER_WHOLE
        and not connection.in_atomic_block
    )


def forget() -> None:
    """Throw away what this process keeps."""
    PLAIN.clear()
    WITH_QUERY.clear()
