"""Writes answers in the two forms of GeoReport v2: JSON, and XML with the same names."""

import io
import json
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.http import HttpResponse
from django.utils.xmlutils import SimplerXMLGenerator

TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
# The element around each list, and around each of its members.
NO_ATTRIBUTES = AttributesImpl({})
NAMES = {"services": "service", "service_requests": "request", "errors": "error"}


def answer(what: str, records: Iterable[Mapping[str, Any]], form: str, *, status: int = 200) -> HttpResponse:
    """A list of records by the name of the list: "services", "service_requests" or "errors". Any site's script may read it."""
    body = _xml(what, records) if form == "xml" else json.dumps(list(records), ensure_ascii=False)
    return HttpResponse(body, content_type=TYPES[form], status=status, headers={"Access-Control-Allow-Origin": "*"})


def definition(code: str, form: str) -> HttpResponse:
    """What else may be said with a service: nothing, since a comment has no further questions."""
    if form == "xml":
        body = (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            f"<service_definition><service_code>{code}</service_code><attributes/></service_definition>"
        )
    else:
        body = json.dumps({"service_code": code, "attributes": []})
    return HttpResponse(body, content_type=TYPES[form], headers={"Access-Control-Allow-Origin": "*"})


def refusal(code: int, sentence: str, form: str) -> HttpResponse:
    """Why there is no answer, in the standard's own form."""
    return answer("errors", [{"code": code, "description": sentence}], form, status=code)


def _xml(what: str, records: Iterable[Mapping[str, Any]]) -> str:
    out = io.StringIO()
    writer = SimplerXMLGenerator(out, "utf-8")
    writer.startDocument()
    writer.startElement(what, NO_ATTRIBUTES)
    for record in records:
        writer.startElement(NAMES[what], NO_ATTRIBUTES)
        for name, value in record.items():
            writer.addQuickElement(name, _allowed(str(value)))
        writer.endElement(NAMES[what])
    writer.endElement(what)
    writer.endDocument()
    return out.getvalue()


def _allowed(text: str) -> str:
    """Only characters that XML 1.0 has; the others are invisible controls that no reader misses."""
    return "".join(
        letter for letter in text if letter in "\t\n\r" or (ord(letter) >= 32 and letter not in "\ufffe\uffff")
    )
