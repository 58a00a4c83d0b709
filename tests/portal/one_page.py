"""A site of one page, for what is about the server alone."""

from collections.abc import Callable, Iterable
from typing import Any

from portal.slow_visitors import Patient


def page(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3")])
    return [b"yes"]


application = Patient(page)
