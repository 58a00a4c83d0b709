"""Somebody at a browser goes through the questions of the help form."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from selfreferral.questions.shapes import Value
from selfreferral.views.privately import COOKIE
from tests.conftest import Person
from tests.factories.selfreferral import FOR_MYSELF, a_draft


def start(person: Person) -> Any:
    return person.post("/get-help/")


def page_at(person: Person, number: int) -> str:
    found = re.search(r'name="page" value="(\w+)"', person.get(f"/here/{number}/").content.decode())
    assert found, f"no page at {number}"
    return found[1]


def answer(person: Person, number: int, **given: Value) -> Any:
    return person.post(f"/here/{number}/", {"page": page_at(person, number), **given})


def fill(person: Person, answers: Mapping[str, Value] = FOR_MYSELF) -> Any:
    """Go through every page, giving what each asks for; ends at the page to check."""
    start(person)
    response, number = person.get("/here/1/"), 1
    while True:
        response = answer(person, number, **answers)
        if response["Location"] == "/here/check/":
            return response
        number = int(response["Location"].strip("/").split("/")[-1])


def with_draft(person: Person, **changes: Any) -> Person:
    person.cookies[COOKIE] = a_draft(now=timezone.now(), **changes)
    return person
