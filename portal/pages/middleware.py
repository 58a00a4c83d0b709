"""What every request passes: no NUL bytes in; the right headers and content security policy out."""

import logging
from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.db import OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from portal.pages.errors import unavailable

logger = logging.getLogger(__name__)
STAFF_PATH = "/staff/"
# What is shown or typed here is kept by no browser and no proxy.
NEVER_KEPT = (STAFF_PATH, "/accounts/")
# Code and drawings of Wagtail's, the same for everybody.
BROWSERS_MAY_KEEP = (f"{STAFF_PATH}jsi18n/", f"{STAFF_PATH}sprite/")
# No page asks for any of these; where somebody is may be asked, by the map, when they press a button.
NOT_ASKED_FOR = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "gyroscope", "idle-detection",
    "local-fonts", "magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "serial", "usb",
)  # fmt: skip
PERMISSIONS = ", ".join([*(f"{name}=()" for name in NOT_ASKED_FOR), "geolocation=(self)"])


class Headers:
    """What every answer tells browsers: what a page may ask for, who may embed it, and that staff pages are not kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault(
            "Cross-Origin-Resource-Policy", "cross-origin" if _is_shared(response) else "same-origin"
        )
        is_private = request.path.startswith(NEVER_KEPT) and not request.path.startswith(BROWSERS_MAY_KEEP)
        if is_private or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        return response


def _is_shared(response: HttpResponseBase) -> bool:
    """Pictures are shown in mails, which people read on other sites; open data says so itself."""
    sort = response.headers.get("Content-Type", "")
    return sort.startswith("image/") or response.headers.get("Access-Control-Allow-Origin") == "*"


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
    """The database is locked, away, full, or not yet updated with the code: say that nothing was kept, and hand it back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, (OperationalError, ProgrammingError)):
            return None
        logger.exception("The database did not answer.")
        return unavailable(request)


class ContentSecurityPolicy(CSPMiddleware):
    """The strict policy everywhere; Wagtail's own screens start their date pickers inline, so they alone may.

    Staff screens of ours, where residents' words are read, run no script that stands in the page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if getattr(request, "is_dummy", False):
            # Wagtail draws a preview by a request of its own; the answer gets the policy of the staff page that asked.
            return response
        if request.path.startswith(STAFF_PATH) and not request.path.startswith(f"{STAFF_PATH}components/"):
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
            view = request.resolver_match.func if request.resolver_match else None
            response._csp_replace = {  # type: ignore[attr-defined]
                "script-src": [SELF] if hasattr(view, "required_permission") else [SELF, UNSAFE_INLINE],
                "style-src": [SELF, UNSAFE_INLINE],
                "frame-src": [SELF],
                "frame-ancestors": [SELF],
                "img-src": [SELF, "data:", "blob:"],
            }
        return super().process_response(request, response)
