"""The page that partners send people to says what the form, the table and the settings say."""

from typing import Any

import pytest
from wagtail.models import Page
from wagtail.rich_text import RichText

from portal.pages.models import StandardPage
from selfreferral.workflow import PUBLIC_LABELS, State
from tests.conftest import Person

pytestmark = pytest.mark.django_db


def test_it_tells_the_steps_the_days_and_the_questions(resident: Person, settings: Any) -> None:
    settings.FIRST_CONTACT_DAYS, settings.URGENT_CONTACT_DAYS = 3, 1
    page = resident.get("/get-help/pathway/").content.decode()
    assert "within 3 working days" in page
    assert "it is 1 working day." in page
    for state in set(PUBLIC_LABELS) - {State.DRAFT, State.MERGED, State.ERASED}:
        assert PUBLIC_LABELS[state] in page
    assert "Tell us what would help them" in page
    assert 'href="/get-help/paper.pdf"' in page


def test_editors_say_who_it_is_for(resident: Person) -> None:
    home = Page.objects.get(depth=2)
    page = StandardPage(
        title="Who we help", slug="who-we-help", body=[("words", RichText("<p>Everybody in Example.</p>"))]
    )
    home.add_child(instance=page)
    shown = resident.get("/get-help/pathway/").content.decode()
    assert "Everybody in Example." in shown
    assert "There is no test" not in shown


def test_it_is_found_from_the_first_page_and_from_the_foot(resident: Person) -> None:
    assert resident.get("/get-help/").content.decode().count('href="/get-help/pathway/"') == 2
