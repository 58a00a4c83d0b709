"""How a resident's browser fills in the form for a comment."""

import re
from html import unescape
from typing import Any

from engagement.comments.models import Consultation
from tests.conftest import Person

ADD = "/have-your-say/add/"


def make_consultation(**words: Any) -> Consultation:
    """A question beside the standing conversation."""
    usual = {"name": "The park", "slug": "the-park", "question": "What should the park be like?"}
    return Consultation.objects.create(**{**usual, **words})


def shown_form(person: Person) -> dict[str, str]:
    """The hidden parts of the form, as a browser would send them back."""
    html = person.get(ADD).content.decode()
    hidden = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', html)
    return {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


def send(person: Person, **said: Any) -> Any:
    usual = {"words": "The bins blow over.", "feeling": "needs_work", "website": "", "go": "send"}
    return person.post(ADD, {**shown_form(person), **usual, **said})


def look(person: Person, **said: Any) -> str:
    """The page that comes before sending."""
    return str(send(person, **{"go": "preview", "where_words": "the park", **said}).content.decode())


def carried(html: str) -> dict[str, str]:
    """What the preview carries in its hidden boxes, as a browser would send it."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}
