"""Pages for when something went wrong: they say what happened and what to do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Expired = Callable[[HttpRequest], HttpResponse]
_EXPIRED: dict[str, Expired] = {}


def register_expired(start: str, answer: Expired) -> None:
    """Let a room answer by itself for its addresses, which begin like this, where a form was open too long."""
    _EXPIRED[start] = answer


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was open too long or cookies are off: say so, and how to go on."""
    for start, answer in _EXPIRED.items():
        if request.path.startswith(start):
            return answer(request)
    return render(request, "403_csrf.html", status=403)


def too_many(request: HttpRequest) -> HttpResponse:
    """This address has sent a great deal in a short time; the page gives a telephone number."""
    return render(request, "429.html", status=429)
