"""The paper form asks what the web asks, in the same words, and says in words what depends on what."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from portal.pdf import typeset
from selfreferral.questions.pages import PAGES
from selfreferral.questions.paper import SIZES, form_values
from selfreferral.questions.wording import Words, laid_over
from tests.paper import is_tagged, pages_of, title_of, words_of

US = SimpleNamespace(
    name="Together", place_name="Horden", base_name="The Hub", base_address="1 Example Street", contact_phone=""
)


def values(**changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"pages": PAGES, "print_size": "", "identity": US, "numbers": (), "checked_on": None}
    return form_values(**{**given, **changes})


@pytest.mark.parametrize("print_size", SIZES)
def test_every_question_and_choice_is_on_paper_in_both_sizes(print_size: str) -> None:
    pdf = typeset("paper/form", values(print_size=print_size))
    said = words_of(pdf)
    for page in PAGES:
        assert page.heading in said
        for question in page.questions:
            assert question.asks in said, question.key
            for _, label in question.choices:
                assert label in said
    assert "If this is for somebody else, fill in this part too" in said
    assert "If you work with them:" in said
    assert "It is locked away" in said
    assert "this paper is destroyed" in said
    assert "The Hub, 1 Example Street" in said
    assert pages_of(pdf) <= (8 if print_size else 4)


@pytest.mark.parametrize("print_size", SIZES)
def test_it_is_made_for_everybody_and_its_title_says_nothing(print_size: str) -> None:
    pdf = typeset("paper/form", values(print_size=print_size))
    assert title_of(pdf) == "A form"
    assert is_tagged(pdf)


def test_large_print_is_eighteen_points_with_nothing_smaller() -> None:
    large = values(print_size="large")
    assert large["size"] * min(1, large["small"]) >= 18


def test_the_numbers_come_first_and_are_those_of_the_partnership() -> None:
    ours = values(numbers=[("At night", "0191 000 0000", "")], checked_on=date(2026, 11, 2))
    said = words_of(typeset("paper/form", ours))
    assert said.index("0191 000 0000") < said.index("Who is this for?")
    assert "Last checked on 2 November 2026" in said
    assert [number for _, number, _ in values()["numbers"]] == ["999", "111", "116 123"]


def test_words_of_staff_are_on_paper_at_once() -> None:
    pages = laid_over({"name": Words(asks="Your name, #please?")})
    assert "Your name, #please?" in words_of(typeset("paper/form", values(pages=pages)))
