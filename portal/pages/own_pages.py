"""Forms without a token: what they send is believed where the browser says that it comes from a page of ours.

A token needs a cookie, and a page that sets one is somebody's own: it cannot be kept ready for everybody. So this is for a
press that anybody may make, as often as they like, without being known. Browsers say where a form stood in
`Sec-Fetch-Site`, older ones in `Origin` or in `Referer`; one that says nothing at all is not believed.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from portal.pages.errors import expired_form

SAFE = {"GET", "HEAD", "OPTIONS"}


def from_our_own_pages(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Take a form from our own pages without a token, and refuse one from elsewhere as one with a wrong token is."""

    @wraps(view)
    def believing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # As Django's own check, so that whoever tries views without a browser is not asked.
        is_tried = getattr(request, "_dont_enforce_csrf_checks", False)
        if request.method in SAFE or is_tried or is_from_our_own_page(request):
            return view(request, *args, **kwargs)
        return expired_form(request, reason="not from a page of ours")

    return csrf_exempt(believing)


def is_from_our_own_page(request: HttpRequest) -> bool:
    """What the browser says of where the form stood; the newest way of saying it counts."""
    sent = request.headers
    if said := sent.get("Sec-Fetch-Site"):
        return said == "same-origin"
    page = sent.get("Origin") or sent.get("Referer", "")
    where = urlsplit(page)
    return (where.scheme, where.netloc) == (request.scheme, request.get_host())
