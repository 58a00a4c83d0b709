"""What the logs say: one line for each request and each thing noticed, by numbers and names of ours, never what was typed."""

import json
import logging
import os
import secrets
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import ResolverMatch

ROOT = Path(__file__).resolve().parent.parent
requests = logging.getLogger("together.requests")
# The words of these we chose ourselves. Of others only the pattern is kept: what was put into it may be what was typed.
OURS = ("portal", "engagement", "selfreferral", "newsletter", "together", "django_tasks")
# A machine asks these every few seconds.
TOO_OFTEN = {"healthz", "readyz", "metrics"}
REFUSALS = {401, 403, 429}
# Whoever counts requests: told of the view, the status and the seconds.
listeners: list[Callable[[str, int, float], None]] = []
_number: ContextVar[str] = ContextVar("number of the request", default="")


def number_of_request() -> str:
    """The number under which the logs have what is happening just now; empty outside a request."""
    return _number.get()


class Numbered:
    """Gives each request a number, tells it in the answer, and writes its one line: by view, without path, query or address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        with numbered() as number:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = number
            status = response.status_code
            refused = _who_was_refused(request, status)
            say_request(method_of(request.method), view_of(request.resolver_match), status, began, **refused)
            return response


@contextmanager
def numbered() -> Iterator[str]:
    """A number for what is answered inside."""
    number = secrets.token_hex(5)
    before = _number.set(number)
    try:
        yield number
    finally:
        _number.reset(before)


def say_request(method: str, view: str, status: int, began: float, **more: int) -> None:
    """The one line of a request that came in at `began` of the machine's own clock."""
    if view in TOO_OFTEN:
        return
    seconds = time.perf_counter() - began
    told = {"method": method, "view": view, "status": status, "ms": round(seconds * 1000), **more}
    requests.info("request", extra={"told": told})
    for listener in listeners:
        listener(view, status, seconds)


def view_of(match: ResolverMatch | None) -> str:
    """The name of the view that answered; an address that leads nowhere has none."""
    return str(match.view_name or getattr(match.func, "__name__", "")) if match else ""


def method_of(method: str | None) -> str:
    """The method, where it is one: a stranger can send any word."""
    known = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
    return method if method in known else "other"


def _who_was_refused(request: HttpRequest, status: int) -> dict[str, int]:
    # Only where somebody has asked already who it is: the database may be what is away.
    account = getattr(getattr(request, "_cached_user", None), "pk", None)
    return {"account": account} if status in REFUSALS and account else {}


class Lines(logging.Formatter):
    """Each record as one line of JSON: a line break in a word stays inside its quotes, so nobody can forge a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "message": words_of(record),
            "process": os.getpid(),
        }
        if number := number_of_request():
            line["request"] = number
        line |= getattr(record, "told", {})
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = {"type": kind_of(record.exc_info[1]), "at": frames_of(record.exc_info[1])}
        return json.dumps(line, default=str)


class Plain(logging.Formatter):
    """For a developer's eyes: time, level, name and words on one line, and errors in full."""

    def format(self, record: logging.LogRecord) -> str:
        told = getattr(record, "told", None)
        record.message = record.getMessage()
        if told:
            record.message += " " + " ".join(f"{name}={value}" for name, value in told.items())
        record.message = "".join(one if one.isprintable() else " " for one in record.message)
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {record.message}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info and record.exc_info[1] else line


def words_of(record: logging.LogRecord) -> str:
    """What a record says, without what others put into it."""
    if record.name.split(".")[0].removesuffix("_db") in OURS:
        return record.getMessage()
    if record.args:
        return str(record.msg)
    return f"said at {record.module}:{record.lineno}"


def kind_of(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")


def frames_of(error: BaseException) -> list[str]:
    """Where an error came from, innermost last, and what led to it: files, lines and functions, without any value."""
    lines = [_place(frame) for frame in traceback.extract_tb(error.__traceback__, limit=-30)]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        lines = [*frames_of(cause), f"{kind_of(cause)}, and then", *lines]
    return lines[-60:]


def _place(frame: traceback.FrameSummary) -> str:
    path = Path(frame.filename)
    name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else Path(*path.parts[-3:])
    return f"{name}:{frame.lineno} {frame.name}"


def quiet_hooks() -> None:
    """What ends a process or a thread goes into the log like any other error, and not, with all its words, beside it."""

    def stopped(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            logging.getLogger("portal").critical("Stopped by an error.", exc_info=(kind, error, trace))

    sys.excepthook = stopped
