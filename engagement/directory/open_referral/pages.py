"""Answers in JSON: open to every site, kept for a few minutes, known by their words so that the same is not sent twice."""

import json
from collections.abc import Callable, Sequence
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from engagement.directory.open_referral.asking import Asked, BadRequest

METHODS = "GET, HEAD, OPTIONS"
FOR_FIVE_MINUTES = "public, max-age=300"
Answer = Callable[..., Any]


class NothingThere(Exception):
    """There is no record with this number."""


def open_data(answer: Answer) -> Callable[..., HttpResponseBase]:
    """A view that answers what `answer` returns as JSON; a refusal is JSON too, with what is wrong and what to do."""

    @wraps(answer)
    def view(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _open(HttpResponse(status=204), allow=True)
        if request.method not in {"GET", "HEAD"}:
            return _open(_json({"error": f"This is to read only: {METHODS}."}, status=405), allow=True)
        try:
            found = answer(request, **parts)
        except BadRequest as problem:
            return _open(_json({"error": str(problem)}, status=400))
        except NothingThere as problem:
            return _open(_json({"error": str(problem)}, status=404))
        response = _json(found)
        response.headers["Cache-Control"] = FOR_FIVE_MINUTES
        etag = f'"{sha256(response.content).hexdigest()[:32]}"'
        response.headers["ETag"] = etag
        return _open(get_conditional_response(request, etag=etag, response=response) or response)

    # Whatever would change something is refused in JSON here, and not as a form without its cookie.
    return csrf_exempt(view)


def envelope(contents: Sequence[Any], total: int, asked: Asked) -> dict[str, Any]:
    """One page of a list, as the standard wraps it."""
    pages = -(-total // asked.per_page)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(contents),
        "first_page": asked.page == 1,
        "last_page": asked.page >= pages,
        "empty": not contents,
        "contents": list(contents),
    }


def _json(said: Any, status: int = 200) -> HttpResponse:
    words = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(words, content_type="application/json; charset=utf-8", status=status)


def _open(response: HttpResponseBase, *, allow: bool = False) -> HttpResponseBase:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = METHODS
    if allow:
        response.headers["Allow"] = METHODS
    return response
