"""Kept pages before everything else: a page that is kept ready is handed out without waking Django for it."""

import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.conf import settings

from portal.logs import method_of, numbered, say_request, view_of
from portal.pages.kept_pages import KeptPage, key_of, shelf_of

Start = Callable[..., Any]
Served = Callable[[dict[str, Any], Start], Iterable[bytes]]
STATUS_LINES = {status: f"{status} {HTTPStatus(status).phrase}" for status in (200, 304)}


class KeptFirst:
    """Stands before the application; what is not kept goes on to it, and is kept there (`KeptPages`) where it may be."""

    def __init__(self, served: Served) -> None:
        self._served = served

    def __call__(self, asked: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        began = time.perf_counter()
        page = _kept(asked)
        if page is None:
            return self._served(asked, start_response)
        sent = page.sent_to(asked)
        with numbered() as number:
            start_response(STATUS_LINES[sent.status], [*sent.headers, ("X-Request-ID", number)])
            say_request(method_of(asked["REQUEST_METHOD"]), view_of(page.match), sent.status, began)
        return [] if asked["REQUEST_METHOD"] == "HEAD" else [sent.content]


def _kept(asked: dict[str, Any]) -> KeptPage | None:
    # Django reads other addresses by rules of its own.
    if not asked["PATH_INFO"].isascii() or asked.get("SCRIPT_NAME"):
        return None
    key = key_of(asked, scheme=_scheme_of(asked))
    return shelf_of(key).get(key) if key else None


def _scheme_of(asked: dict[str, Any]) -> str:
    """As `HttpRequest.scheme`: what our own proxy says, where there is one."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        if (said := asked.get(name)) is not None:
            return "https" if str(said).split(",", 1)[0].strip() == secure else "http"
    return str(asked["wsgi.url_scheme"])
