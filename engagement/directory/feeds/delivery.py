"""Hands out what is made from the directory: made once for all until something in the directory changes."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from portal import clock
from portal.audit.models import AuditEvent

# What changes the words of a calendar; checks, mails and messages do not.
TOLD = frozenset(
    f"directory.{name}"
    for name in (
        *("add_activity", "change_activity", "change_venue", "merge_venues", "undo_pair"),
        *("cancel_session", "move_session", "note_session", "restore_session", "cancel_sessions", "restore_sessions"),
        *("keep_school_break", "remove_school_break"),
    )
)
KEPT_FOR = 15 * 60
HELD_FOR = "public, max-age=300"


@dataclass(frozen=True)
class Version:
    """How far the history of the directory has come: every change of what calendars say adds one event to it."""

    number: int
    changed_at: datetime


def version() -> Version:
    """The last change of the directory or the turn of the year, when calendars move on; one query."""
    new_year = clock.now().replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    last = AuditEvent.objects.last_of(TOLD)
    return Version(last.pk, max(last.done_at, new_year)) if last else Version(0, new_year)


def deliver(
    request: HttpRequest, make: Callable[[], bytes], *, asked: str = "", content_type: str, filename: str
) -> HttpResponse:
    """What `make` gives, or "not modified" to a program that has it; it is made at most once for each address and change.

    `asked` is what of the address after its path was understood: other words there make nothing anew.
    """
    now_at = version()
    year = clock.now().year
    told = f"{settings.BASE_URL} {request.path} {asked} {now_at.number} {year}"
    key = f"directory:{hashlib.sha256(told.encode()).hexdigest()}"
    content: bytes | None = cache.get(key)
    if content is None:
        content = make()
        cache.set(key, content, KEPT_FOR)
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    answer = get_conditional_response(request, etag, int(now_at.changed_at.timestamp()), response)
    assert isinstance(answer, HttpResponse)
    if answer.status_code in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
        answer.headers["ETag"] = etag
        answer.headers["Last-Modified"] = http_date(now_at.changed_at.timestamp())
        answer.headers["Cache-Control"] = HELD_FOR
    return answer
