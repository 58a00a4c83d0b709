"""The page that shows every component shows every component, and keeps what the forms need to be usable."""

import re
from pathlib import Path

import pytest
from django.template import loader
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from portal.pages.gallery import sample

COMPONENTS = Path(__file__).resolve().parents[3] / "templates" / "components"
# Seen on other pages: the search box, and where something failed, how to reach a person and what was sent.
ELSEWHERE = {"handed_back.html", "ring_us.html", "search_form.html"}


@pytest.fixture
def page() -> str:
    return loader.render_to_string("pages/components.html", {"sample": sample()}, RequestFactory().get("/"))


def included(name: str, seen: set[str] | None = None) -> set[str]:
    """Every component that a template draws, itself or through another."""
    seen = set() if seen is None else seen
    for found in re.findall(r'(?:include|extends) "([\w./]+)"', loader.get_template(name).template.source):  # type: ignore[attr-defined]
        if found not in seen:
            seen.add(found)
            included(found, seen)
    return seen


def test_every_component_is_shown() -> None:
    shown = {Path(name).name for name in included("pages/components.html") if name.startswith("components/")}
    assert {path.name for path in COMPONENTS.glob("*.html")} - shown == ELSEWHERE


@pytest.mark.django_db
def test_each_mistake_is_a_link_to_its_question(page: str) -> None:
    summary = page.split('class="error-summary"')[1].split("</ul>")[0]
    targets = re.findall(r'href="#([\w-]+)"', summary)
    assert targets == ["mistake_postcode", "mistake_feeling_0"]
    assert all(f'id="{target}"' in page for target in targets)


@pytest.mark.django_db
def test_every_control_is_described_by_words_that_exist(page: str) -> None:
    told = " ".join(re.findall(r'aria-describedby="([^"]+)"', page)).split()
    assert told
    assert all(f'id="{name}"' in page for name in told)


@pytest.mark.django_db
def test_no_id_stands_twice(page: str) -> None:
    names = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(set(names)) == sorted(names)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
def test_a_broken_site_still_says_what_to_do(name: str, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        words = loader.render_to_string(name)
    assert "999" in words
    assert "ring us" in words.lower()
    assert "{%" not in words
