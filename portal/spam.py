"""Keeps machines out without a puzzle: a trap field, a minimum time to fill a form, and generous limits per address."""

import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

_SALT = "portal.spam.form"
# Who is told the name of a limit or trap that held something back.
_LISTENERS: list[Callable[[str], None]] = []


def when_held_back(listener: Callable[[str], None]) -> None:
    """Have a room told whenever a limit or a trap holds something back: its name, and nothing about whom it met."""
    _LISTENERS.append(listener)


def _held_back(name: str) -> None:
    for listener in _LISTENERS:
        listener(name)


class Guarded(forms.Form):
    """Mix into a public form: a field only machines fill, and a signed note of when the form was shown.

    A form that was open too long is accepted (typed words are never lost); one sent faster than a person can type, or
    with the trap filled, fails as a whole with a sentence a person can act on.
    """

    website = forms.CharField(
        required=False,
        label="Leave this empty",
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("shown", signing.dumps(timezone.now().timestamp(), salt=_SALT))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.errors:
            # A person who left something out hears about that alone.
            return cleaned
        if self.data.get(self.add_prefix("website")) or _too_fast(
            self.data.get(self.add_prefix("shown"), ""), now=timezone.now()
        ):
            _held_back("trap")
            raise forms.ValidationError("That was very quick. Wait a moment, then press the button again.")
        return cleaned


def _too_fast(shown: str, *, now: datetime) -> bool:
    try:
        at = float(signing.loads(shown, salt=_SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return True
    return now.timestamp() - at < settings.FASTEST_PERSON_SECONDS


def address_key(request: HttpRequest) -> str:
    """Today's fingerprint of the sender's address: it cannot be turned back and changes every day."""
    day = timezone.localdate().isoformat()
    address = client_address(request)
    return hmac.new(f"{settings.SECRET_KEY}{day}".encode(), address.encode(), hashlib.sha256).hexdigest()[:32]


def client_address(request: HttpRequest) -> str:
    """The sender's address, believing only as many proxies as the installation says it has."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    count = settings.TRUSTED_PROXIES
    if count and len(forwarded) >= count:
        return forwarded[-count]
    return str(request.META.get("REMOTE_ADDR", ""))


def within_limit(request: HttpRequest, action: str, *, limit: int, seconds: int, is_for_all: bool = False) -> bool:
    """Whether this address may do `action` once more in this window; many people may share one address, so be generous.

    `is_for_all` counts every address together: for what costs the machine much.
    """
    key = f"limit:{action}:{'' if is_for_all else address_key(request)}"
    cache.add(key, 0, timeout=seconds)
    try:
        is_within = int(cache.incr(key)) <= limit
    except (TypeError, ValueError):
        # Forgotten in between, or the cache is away: people come before limits.
        return True
    if not is_within:
        # "comments.agree.17" is the limit of one comment; the number is left out.
        _held_back(re.sub(r"\.\d+$", "", action))
    return is_within
