"""What every request passes: no NUL bytes in, the right content security policy out."""

import logging
from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)
STAFF_PATH = "/staff/"


class WithoutNulBytes:
    """Takes NUL bytes out of the address's query before anything reads it; databases answer them with an error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\x00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "").replace("\x00", "")
        if "\x00" in request.path_info:
            request.path_info = request.path_info.replace("\x00", "")
        return self.get_response(request)


class HonestWhenStuck:
    """The database is locked, away or its disk is full: say that nothing was kept and what to do, instead of a bare error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError):
            return None
        logger.exception("The database did not answer.")
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "30"})


class ContentSecurityPolicy(CSPMiddleware):
    """The strict policy everywhere; Wagtail's admin starts its date pickers and icons inline, so it alone may."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if getattr(request, "is_dummy", False):
            # Wagtail draws a preview by a request of its own; the answer gets the policy of the staff page that asked.
            return response
        if request.path.startswith(STAFF_PATH) and not request.path.startswith(f"{STAFF_PATH}components/"):
            response._csp_replace = {  # type: ignore[attr-defined]
                "script-src": [SELF, UNSAFE_INLINE],
                "style-src": [SELF, UNSAFE_INLINE],
                "frame-src": [SELF],
                "frame-ancestors": [SELF],
                "img-src": [SELF, "data:", "blob:"],
            }
        return super().process_response(request, response)
