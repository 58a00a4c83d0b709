"""Keeps people's words out of error reports, whoever they are sent to."""

from collections.abc import Callable
from functools import wraps
from types import TracebackType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.debug import SafeExceptionReporterFilter


class TellsNothing(SafeExceptionReporterFilter):
    """An error report of this room names the line that broke, and no value, no form and no cookie."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: TracebackType) -> list[Any]:  # type: ignore[override]
        return []


def silently(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whatever breaks in this view is reported without anybody's words."""

    @wraps(view)
    def quiet(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.exception_reporter_filter = TellsNothing()  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return quiet
