"""Pages for when something went wrong: what happened and what to do, and the words that were sent; nothing is looked up."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from portal.pages.handing_back import handed_back, to_read
from portal.pages.last_known import last_known

Expired = Callable[[HttpRequest], HttpResponse]
_EXPIRED: dict[str, Expired] = {}
_BROKEN: dict[str, Expired] = {}


def register_expired(start: str, answer: Expired) -> None:
    """Let a room answer by itself for its addresses, which begin like this, where a form was open too long."""
    _EXPIRED[start] = answer


def register_broken(start: str, answer: Expired) -> None:
    """Let a room, whose pages have a way out that ours have not, say by itself that something broke."""
    _BROKEN[start] = answer


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was open too long or cookies are off: say so, and how to go on."""
    for start, answer in _EXPIRED.items():
        if request.path.startswith(start):
            return answer(request)
    return _page(request, "403_csrf.html", 403, None if _is_harmless(request) else to_read(request))


def _is_harmless(request: HttpRequest) -> bool:
    """Whether the words may go on by one press: nobody's rights stand behind them, or a page of ours sent them."""
    return not request.path.startswith("/staff/") or request.headers.get("Sec-Fetch-Site") == "same-origin"


def too_many(request: HttpRequest) -> HttpResponse:
    """This address has sent a great deal in a short time; the page gives a telephone number."""
    return _page(request, "429.html", 429)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "400.html", 400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "403.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "404.html", 404)


def broken(request: HttpRequest) -> HttpResponse:
    for start, answer in _BROKEN.items():
        if request.path.startswith(start):
            return answer(request)
    return _page(request, "500.html", 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database is locked, away or its disk is full; the page says that nothing was kept."""
    response = _page(request, "503.html", 503)
    response.headers["Retry-After"] = "30"
    return response


def crowded(request: HttpRequest) -> HttpResponse:
    """Very many ask at once; nothing is looked up, and whoever asked is told when to come back."""
    response = _page(request, "crowded.html", 503, {"again": request.get_full_path()})
    response.headers["Retry-After"] = "30"
    # One line for each would fill the disk: portal/pages/crowd.py tells it once a minute.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    """More than any form takes; it was not read."""
    return _page(request, "413.html", 413, {})


def _page(request: HttpRequest, template: str, status: int, given_back: dict[str, Any] | None = None) -> HttpResponse:
    context = {"identity": last_known(), **(handed_back(request) if given_back is None else given_back)}
    response = HttpResponse(render_to_string(template, context), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
