"""Signed links: who holds one may do one thing, without a password."""

import hashlib
import hmac
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core import signing


def sign(purpose: str, value: str | int) -> str:
    """A token for one purpose ("newsletter.confirm"); a token of one purpose is no good for another."""
    return signing.dumps(value, salt=_salt(purpose))


def signer(purpose: str) -> Callable[[str | int], str]:
    """`sign` for one purpose and many values at this moment: key and time are worked out once (as Django's `salted_hmac` does
    each time)."""
    stamp = signing.TimestampSigner(salt=_salt(purpose)).timestamp()
    key = hashlib.sha256(f"{_salt(purpose)}signer{settings.SECRET_KEY}".encode()).digest()

    def quick(value: str | int) -> str:
        said = b"%d" % value if isinstance(value, int) else signing.JSONSerializer().dumps(value)
        stamped = f"{signing.b64_encode(said).decode()}:{stamp}"
        return f"{stamped}:{signing.b64_encode(hmac.digest(key, stamped.encode(), 'sha256')).decode()}"

    return quick


def read(purpose: str, token: str, *, max_age: timedelta | None = None) -> str | int | None:
    """What the token was made for, or None when it is false, of another purpose, or too old."""
    try:
        value: str | int = signing.loads(token, salt=_salt(purpose), max_age=max_age)
    except signing.BadSignature:
        return None
    return value


def absolute(path: str) -> str:
    """The whole address of a page of this portal, for a mail."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"


def _salt(purpose: str) -> str:
    return f"portal.links.{purpose}"
