"""How a browser is known that agreed with a comment: by a random number of its own in a cookie, and nothing else."""

import hashlib
import hmac
import re
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "agrees"
KEPT_SECONDS = 365 * 24 * 3600
_NUMBER = re.compile(r"[A-Za-z0-9_-]{22}")


def new_number() -> str:
    """A number that nobody can guess and that says nothing about anybody."""
    return secrets.token_urlsafe(16)


def number_of(request: HttpRequest) -> str:
    """The number that this browser carries; "" where it has none."""
    number = request.COOKIES.get(COOKIE, "")
    return number if _NUMBER.fullmatch(number) else ""


def remember(response: HttpResponse, number: str) -> None:
    """Have the browser carry this number, so that it counts once and can take back what it said."""
    response.set_cookie(
        COOKIE, number, max_age=KEPT_SECONDS, secure=settings.CSRF_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def browser_hash(number: str, comment_id: int) -> str:
    """What is stored: another one for each comment, so that nobody can see what one browser agreed with."""
    words = f"comments.support:{comment_id}:{number}"
    return hmac.new(settings.INDEX_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()
