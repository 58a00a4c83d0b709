"""Files that somebody gave us are served so that a browser runs nothing in them and takes them for nothing else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

POLICY = "default-src 'none'; sandbox"


def alone(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Serve a file in a sandbox of its own: no script, no style, no form, and no guess at what it is."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    return guarded
