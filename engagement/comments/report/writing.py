"""Writes the report of a consultation: as a table for programs, and on paper."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from engagement.comments.models import Consultation
from engagement.comments.report.numbers import Numbers, Totals
from portal.clock import say_date
from portal.emails.links import absolute
from portal.pages.settings import site_identity
from portal.pdf import qr_code, typeset
from portal.small_numbers import REST, SMALLEST
from portal.spreadsheets import csv_text

COLUMNS = ("table", "place", "theme", "feeling", "source", "comments")
NOT_SHOWN = "not shown"
# How many lines of detail the paper has room for; the table for programs has all.
MOST_DETAIL = 40
# So many names that share a number are said; more are counted.
MOST_NAMED = 2

Line = dict[str, Any]


def as_csv(numbers: Numbers) -> str:
    """One line a number; what is not shown says so, and is no number."""
    return csv_text(COLUMNS, lines_of(numbers))


def lines_of(numbers: Numbers) -> Iterator[Line]:
    """Every number of the report with the names that it is about."""
    yield {"table": "all", "comments": _number(numbers.total)}
    for name, totals in (("source", numbers.sources), ("feeling", numbers.feelings), ("theme", numbers.themes)):
        yield from ({"table": name, name: who, "comments": count} for who, count in _counts(totals))
    yield from _inner("theme", numbers.themes, numbers)
    yield from ({"table": "place", "place": who, "comments": count} for who, count in _counts(numbers.places))
    yield from _inner("place", numbers.places, numbers)
    for (place, theme, feeling), count in numbers.detail.items():
        yield {
            "table": "place, theme and feeling",
            "place": place,
            "theme": theme,
            "feeling": feeling,
            "comments": count,
        }


def _inner(kind: str, rows: Totals | None, numbers: Numbers) -> Iterator[Line]:
    """The inner numbers of a table of themes or places by feelings."""
    shown = numbers.themes_by_feeling if kind == "theme" else numbers.places_by_feeling
    if rows is None or numbers.feelings is None:
        return
    for row in rows.names:
        for feeling in numbers.feelings.names:
            yield {
                "table": f"{kind} and feeling",
                kind: rest_said(rows) if row == REST else row,
                "feeling": rest_said(numbers.feelings) if feeling == REST else feeling,
                "comments": _number(shown.get((row, feeling))),
            }


def _counts(totals: Totals | None) -> Iterator[tuple[str, Any]]:
    if totals is None:
        return
    yield from totals.shown.items()
    if totals.together:
        yield rest_said(totals), totals.rest


def _number(count: int | None) -> int | str:
    return NOT_SHOWN if count is None else count


def rest_said(totals: Totals) -> str:
    """The names that share a number, or how many they are."""
    names = totals.together
    return " and ".join(names) if len(names) <= MOST_NAMED else f"{len(names)} others together"


def as_pdf(consultation: Consultation, numbers: Numbers, *, on: date) -> bytes:
    """The report on paper: A4, readable from a photocopy."""
    identity = site_identity()
    address = absolute(consultation.get_absolute_url())
    values = {
        "site": f"{identity.name} in {identity.place_name}",
        "name": consultation.name,
        "question": consultation.question,
        "days": consultation.days_said,
        "on": f"{say_date(on)} {on.year}",
        "is_final": bool(consultation.closes_on and on > consultation.closes_on),
        "address": address.removeprefix("https://").removeprefix("http://"),
        "csv": absolute(reverse("consultation_report_csv", args=[consultation.slug])).split("://")[1],
        "smallest": SMALLEST,
        "total": numbers.total,
        "sources": _bars(numbers.sources),
        "feelings": _bars(numbers.feelings),
        "themes": _grid(numbers.themes, numbers, numbers.themes_by_feeling),
        "places": _grid(numbers.places, numbers, numbers.places_by_feeling),
        "silent": sorted(numbers.places.silent) if numbers.places else None,
        "detail": [
            [place, theme, feeling, count]
            for (place, theme, feeling), count in sorted(numbers.detail.items(), key=lambda one: (-one[1], one[0]))
        ][:MOST_DETAIL],
        "detail_left": max(len(numbers.detail) - MOST_DETAIL, 0),
    }
    return typeset("paper/consultation-report", values, pictures={"qr.svg": qr_code(address)})


def _bars(totals: Totals | None) -> list[list[Any]] | None:
    return None if totals is None else [[name, count] for name, count in _counts(totals)]


def _grid(rows: Totals | None, numbers: Numbers, shown: Any) -> dict[str, Any] | None:
    """A table with its totals: heads, and for each row its name, its numbers (none where not shown) and its total."""
    if rows is None or numbers.feelings is None:
        return None
    feelings = numbers.feelings
    heads = [rest_said(feelings) if name == REST else name for name in feelings.names]
    lines = [
        [rest_said(rows) if row == REST else row, [shown.get((row, name)) for name in feelings.names], rows.total(row)]
        for row in sorted(rows.names, key=lambda name: (name == REST, -rows.total(name)))
    ]
    return {"heads": heads, "lines": lines, "totals": [feelings.total(name) for name in feelings.names]}
