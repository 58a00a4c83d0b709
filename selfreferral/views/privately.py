"""What every page of somebody who asks for help has in common: it is kept nowhere, and it knows its own cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve
from django.utils import timezone

from portal.accounts.permissions import public
from portal.pages.middleware import PERMISSIONS
from selfreferral.actions.referrals import was_sent_lately
from selfreferral.refusals import NoDraft
from selfreferral.vault import VaultIsShut
from selfreferral.views.handed_back import again, closed, front_page, has_words, shut, stuck
from selfreferral.views.silence import silently

COOKIE = "here"
COOKIE_PATH = "/here/"
PrivateView = Callable[..., HttpResponse]


def privately(view: PrivateView) -> PrivateView:
    """A public page that no browser, proxy or search engine keeps.

    Without a cookie it leads to the front page and says nothing; with one that opens nothing any more it leads to what was
    sent, or says that pages close. Without keys, or with a database that is locked, full or away, it gives a telephone
    number and the words back.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except NoDraft:
            response = _nothing_open(request)
        except VaultIsShut:
            response = shut(request)
        except DatabaseError as error:
            response = stuck(request, error)
        return quietly(response)

    marked: PrivateView = public(silently(guarded))  # type: ignore[assignment]
    return marked


def _nothing_open(request: HttpRequest) -> HttpResponse:
    """Where somebody goes whose cookie opens no draft: to what it became, to the words that were typed, or home."""
    key = request.COOKIES.get(COOKIE, "")
    here = resolve(request.path).view_name
    if key and here != "selfreferral:sent" and was_sent_lately(key=key, now=timezone.now()):
        return redirect("selfreferral:sent")
    if key or has_words(request):
        return without_cookie(closed(request))
    return front_page()


@silently
def expired(request: HttpRequest) -> HttpResponse:
    """A form of these pages that was open too long, or whose cookies are gone: the words come back, and nothing is kept."""
    try:
        response = again(request) if request.COOKIES.get(COOKIE) else closed(request)
    except DatabaseError as error:
        response = stuck(request, error)
    return quietly(response)


def quietly(response: HttpResponse) -> HttpResponse:
    """Headers that keep a page out of every store and list.

    "same-origin" tells other sites nothing. "no-referrer" would also take the Origin from our own forms, and the check
    against forged forms would then refuse every one of them.
    """
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Permissions-Policy"] = PERMISSIONS.replace("geolocation=(self)", "geolocation=()")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    return response


def key_of(request: HttpRequest) -> str:
    """The draft's key from the cookie; raises NoDraft where there is none."""
    key = request.COOKIES.get(COOKIE, "")
    if not key:
        raise NoDraft
    return key


def with_cookie(response: HttpResponse, key: str) -> HttpResponse:
    """Hand the key to the browser for as long as it is open, for these pages only, out of reach of scripts."""
    response.set_cookie(
        COOKIE,
        key,
        path=COOKIE_PATH,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def without_cookie(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, path=COOKIE_PATH, samesite="Strict")
    response.cookies[COOKIE]["secure"] = settings.SESSION_COOKIE_SECURE
    response.cookies[COOKIE]["httponly"] = True
    return response
