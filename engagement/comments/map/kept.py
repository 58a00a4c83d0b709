"""Keeps answers until something changes that they show: the consultations' own versions are part of every name.

Nothing has to be thrown away: the transaction that publishes or hides a comment makes a new version, and from then on
nobody asks for the old name. Versions are read before comments, so that an answer is never older than its name.
"""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

# Another number where the same comments are told in another way.
SHAPE = 2
KEPT_SECONDS = 600
Answer = TypeVar("Answer", bound=HttpResponseBase)


@dataclass(frozen=True)
class Name:
    """What an answer is called while nothing changes: by what was asked and by what stood then."""

    parts: tuple[object, ...]

    @property
    def etag(self) -> str:
        """A weak one: the same answer may come packed or plain."""
        return f'W/"{hashlib.sha256(repr((SHAPE, *self.parts)).encode()).hexdigest()[:32]}"'


def unchanged(request: HttpRequest, name: Name) -> HttpResponse | None:
    """Not modified, where the asker has this answer already."""
    answer = get_conditional_response(request, etag=name.etag)
    return named(answer, name) if isinstance(answer, HttpResponse) and answer.status_code == 304 else None


def named(answer: Answer, name: Name) -> Answer:
    """An answer that anybody may keep, who then asks each time whether it still holds: what is hidden is hidden at once."""
    answer.headers["ETag"] = name.etag
    patch_cache_control(answer, public=True, no_cache=True)
    return answer


def packed(request: HttpRequest, name: Name, *, content_type: str, build: Callable[[], bytes]) -> HttpResponse:
    """The answer of this name, kept or built now, as the asker can read it; `build` makes it gzipped."""
    answer = unchanged(request, name)
    if answer is not None:
        return answer
    key = f"comments:{name.etag}"
    body = cache.get(key)
    if body is None:
        body = build()
        cache.set(key, body, KEPT_SECONDS)
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(body if is_packed else gzip.decompress(body), content_type=content_type)
    if is_packed:
        answer.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(answer, ["Accept-Encoding"])
    return named(answer, name)


def pack(text: str) -> bytes:
    return gzip.compress(text.encode(), compresslevel=6, mtime=0)
