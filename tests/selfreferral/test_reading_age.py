"""A child of nine can read what we ask, and every page around it."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from portal.reading_age import reading_age
from portal.text import without_tags
from selfreferral.questions.pages import PAGES

NINE = 9
PUBLIC = Path(__file__).resolve().parents[2] / "templates" / "selfreferral"
WHOLE_PAGES = sorted(path.name for path in PUBLIC.glob("*.html") if "{% block main %}" in path.read_text())


def test_what_we_ask_can_be_read_at_nine() -> None:
    said = [words for page in PAGES for words in (page.heading, page.heading_of_other, page.hint)]
    for page in PAGES:
        for question in page.questions:
            said += [question.asks, question.asks_of_other, question.hint, question.hint_of_other, question.must]
            said += [label for _, label in question.choices]
    assert reading_age(said) < NINE


@pytest.mark.parametrize("name", WHOLE_PAGES)
def test_every_page_around_it_can_be_read_at_nine(name: str) -> None:
    shown = {
        "identity": SimpleNamespace(name="Together"),
        "urgent_help": SimpleNamespace(lines=[], checked_on=None),
        "number": 1,
        "total": 10,
    }
    main = render_to_string(f"selfreferral/{name}", shown).split("<main")[1].split("</main>")[0]
    assert reading_age(without_tags(main).splitlines()) < NINE


def test_the_measure_tells_plain_words_from_those_of_an_office() -> None:
    plain = ["Tell us what would help.", "A person reads it and gets in touch."]
    office = ["Notification of eligibility determination will be communicated subsequent to comprehensive assessment."]
    assert reading_age(plain) < NINE < 16 < reading_age(office)
