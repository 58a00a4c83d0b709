"""Everybody can take the form on paper along, under a name that says nothing."""

from typing import Any

import pytest
from django.utils import timezone

from selfreferral.actions.wording import reword
from selfreferral.questions.wording import Words
from selfreferral.views import paper
from tests.conftest import Person

pytestmark = pytest.mark.django_db
AT = "/get-help/paper.pdf"


@pytest.mark.parametrize(("query", "name"), [("", "form.pdf"), ("?print=large", "form-large.pdf")])
def test_the_form_comes_as_a_pdf_that_no_browser_keeps(resident: Person, query: str, name: str) -> None:
    response = resident.get(f"{AT}{query}")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{name}"'
    assert response["Cache-Control"] == "no-store"
    assert response.content.startswith(b"%PDF-")
    assert not response.cookies


def test_there_is_no_third_size(resident: Person) -> None:
    assert resident.get(f"{AT}?print=huge").status_code == 404
    assert resident.post(AT).status_code == 405


def test_it_is_set_once_and_again_when_a_word_changes(
    resident: Person, lead: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[dict[str, Any]] = []

    def typeset(template: str, values: dict[str, Any]) -> bytes:
        made.append(values)
        return b"%PDF-"

    monkeypatch.setattr(paper, "typeset", typeset)
    resident.get(AT)
    resident.get(AT)
    assert len(made) == 1
    reword(key="name", words=Words(asks="And who are you?"), by=lead.user, now=timezone.now())
    resident.get(AT)
    assert len(made) == 2
    assert "And who are you?" in str(made[1])


def test_the_first_page_leads_to_it(resident: Person) -> None:
    page = resident.get("/get-help/").content.decode()
    assert f'href="{AT}"' in page
    assert f'href="{AT}?print=large"' in page
