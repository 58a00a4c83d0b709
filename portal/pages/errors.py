"""Pages for when something went wrong: they say what happened and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was open too long or cookies are off: say so, and how to go on."""
    return render(request, "403_csrf.html", status=403)


def too_many(request: HttpRequest) -> HttpResponse:
    """This address has sent a great deal in a short time; the page gives a telephone number."""
    return render(request, "429.html", status=429)
