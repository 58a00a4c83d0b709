"""What staff who are signed in still need before a page opens: somebody at the keyboard, and a second step."""

import re
from collections.abc import Callable
from datetime import timedelta
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.defaults import permission_denied

from portal.accounts.locking import NOTED_EVERY, is_by_a_person, is_locked
from portal.accounts.models import User
from portal.accounts.people import has_second_step

BEGUN, SEEN = "staff_begun_at", "staff_seen_at"
STAFF, DOORS = "/staff/", "/accounts/"
# Where being signed in opens more than a stranger sees.
PERSONAL = (STAFF, DOORS, "/keeping/", "/me/")
# Where only an account may write; a keeper's link has no number, and opens without one.
FOR_ACCOUNTS = re.compile(r"/staff/(?!(login|logout|password_reset)/)|/keeping/\d+/")
WAYS_BACK = {
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_logout",
    "account_login",
}
MOST_HELD = 200


class Why(Enum):
    """Why a form is not taken in yet, in a sentence for whoever sent it."""

    SIGNED_OUT = "You are signed out."
    LOCKED = "Nobody pressed anything for a while, or you signed in many hours ago. So we ask who you are."
    NO_SECOND_STEP = "Your account has no second step yet. It needs one before you go on."


STEPS = {
    Why.SIGNED_OUT: "Sign in again (opens a second tab)",
    Why.LOCKED: "Show that it is you (opens a second tab)",
    Why.NO_SECOND_STEP: "Set up a second step (opens a second tab)",
}


class StaffAtTheDoor:
    """Locks sessions of staff, and holds them to a second step where the installation asks for one.

    Until then they are a stranger on every page that is for everybody, and any other page sends them to the door.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """After the check of the form's token, so that what is given back was typed on a page of ours."""
        if request.method != "POST" and settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        user = request.user
        if not isinstance(user, User):
            # Whoever signed out in a second tab has no cookie any more, and words all the same.
            return held(request, reverse("account_login"), Why.SIGNED_OUT) if _is_a_form(request) else None
        if not user.works_here:
            # Wagtail would send them to sign in, where they are already.
            return permission_denied(request, PermissionDenied()) if request.path.startswith(STAFF) else None
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in WAYS_BACK:
            return None
        if _locked(request, user):
            return _until(request, _way_back(user), Why.LOCKED)
        if settings.REQUIRE_MFA and not has_second_step(user) and not request.path.startswith(DOORS):
            return _until(request, reverse("mfa_index"), Why.NO_SECOND_STEP)
        _note(request)
        return None


def begin(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Somebody signed in: both clocks of their session start."""
    if request is not None and hasattr(request, "session"):
        request.session[BEGUN] = request.session[SEEN] = timezone.now().timestamp()


def held(request: HttpRequest, way_back: str, why: Why) -> HttpResponse:
    """Give back what was typed, in the page itself: nothing of it is stored here, and one press sends it once more."""
    door = f"{way_back}?{urlencode({'next': reverse('back')})}"
    context = {"words": _words(request)[:MOST_HELD], "way_back": door, "because": why.value, "step": STEPS[why]}
    response = render(request, "accounts/held.html", context, status=403)
    response.headers["Cache-Control"] = "no-store"
    return response


def _until(request: HttpRequest, door: str, why: Why) -> HttpResponseBase | None:
    """A stranger on pages for everybody; elsewhere the door, with what they typed."""
    if not request.path.startswith(PERSONAL):
        request.user = AnonymousUser()
        return None
    if not _is_a_page(request):
        return JsonResponse({"error": "Sign in again."}, status=403)
    if request.method not in {"GET", "HEAD"}:
        return held(request, door, why)
    goes_on = why is Why.LOCKED
    return HttpResponseRedirect(f"{door}?{urlencode({'next': request.get_full_path()})}" if goes_on else door)


def _locked(request: HttpRequest, user: User) -> bool:
    records = get_authentication_records(request, user)
    shown = float(records[-1]["at"]) if records else 0.0
    now = timezone.now().timestamp()
    # A session from before these clocks starts them now.
    begun, seen = (float(request.session.get(name, now)) for name in (BEGUN, SEEN))
    return is_locked(
        begun=max(begun, shown),
        seen=max(seen, shown),
        now=now,
        idle=timedelta(minutes=settings.STAFF_IDLE_MINUTES),
        most=timedelta(hours=settings.STAFF_HOURS),
    )


def _note(request: HttpRequest) -> None:
    now = timezone.now().timestamp()
    request.session.setdefault(BEGUN, now)
    is_new = now - float(request.session.get(SEEN, 0)) >= NOTED_EVERY.total_seconds()
    if is_new and is_by_a_person(method=request.method or "GET", path=request.path, headers=request.headers):
        request.session[SEEN] = now


def _way_back(user: User) -> str:
    ways = get_adapter().get_reauthentication_methods(user)
    return str(ways[0]["url"]) if ways else reverse("account_logout")


def _is_a_page(request: HttpRequest) -> bool:
    """Whether a person waits for a page, and not a script for data."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate" and not request.headers.get(
        "X-Requested-With"
    )


def _is_a_form(request: HttpRequest) -> bool:
    """Whether somebody typed or chose something that would be lost; a bare press is done again as easily."""
    if request.method != "POST" or not FOR_ACCOUNTS.match(request.path) or not _was_on_our_page(request):
        return False
    return _is_a_page(request) and any(value.strip() for _, value in _words(request))


def _was_on_our_page(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of this site; every browser of staff does."""
    origin = urlsplit(request.headers.get("Origin", "")).netloc
    return request.headers.get("Sec-Fetch-Site") == "same-origin" or origin == request.get_host()


def _words(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name in request.POST for value in request.POST.getlist(name) if _may_go_back(name)]


def _may_go_back(name: str) -> bool:
    return name != "csrfmiddlewaretoken" and "password" not in name
