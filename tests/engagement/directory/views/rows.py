"""The lists of what is warm and what is on, as a person reads them."""

import re

from tests.conftest import Person

OPEN, SHUT = "We 11:30-13:30; PH off", "Tu 10:00-12:00; PH off"


def titles(page: str) -> list[str]:
    return re.findall(r'<p class="row-title"><a [^>]+>([^<]+)</a>', page)


def ask(resident: Person, query: str = "", page: str = "/warm-spaces/") -> str:
    answer = resident.get(f"{page}{query}")
    assert answer.status_code == 200
    return answer.content.decode()
