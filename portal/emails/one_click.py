"""Leaving with one click (RFC 8058): a mail program may press for its reader, and a scanner that opens a link changes nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]


def with_one_click(view: View) -> Callable[..., HttpResponseBase]:
    """Let mail programs post to a view whose address holds a signed key, without a token against forged forms.

    Such a post carries no cookie, and the link itself is the key. Any other post needs the token as everywhere.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_one_click = request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click"
        return (view if is_one_click else protected)(request, *args, **kwargs)

    return opened
