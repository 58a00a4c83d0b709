"""Every question says why it is asked and how long its answer is kept, and the person gets every answer back."""

from pathlib import Path
from typing import Any

import pytest

from selfreferral.models import Answer
from selfreferral.questions.pages import PAGES
from selfreferral.questions.purposes import WHY, as_table, rows
from selfreferral.questions.shapes import Kind, Value
from selfreferral.questions.wording import definition_of
from selfreferral.reading.answers import answers_for_export
from tests.factories.selfreferral import a_referral

PRIVACY = Path(__file__).resolve().parents[3] / "docs" / "privacy.md"
QUESTIONS = {question.key: question for page in PAGES for question in page.questions}
KEYS = [question["key"] for page in definition_of(PAGES) for question in page["questions"]]


def anything(key: str) -> Value:
    question = QUESTIONS[key]
    if question.kind is Kind.MANY:
        return [value for value, _ in question.choices]
    if question.kind is Kind.ONE:
        return question.choices[0][0]
    return {Kind.YEAR: "1984", Kind.PHONE: "07700 900123", Kind.EMAIL: "jo@example.org"}.get(
        question.kind, f"Example {key}"
    )


def test_no_question_is_asked_without_a_reason() -> None:
    assert list(WHY) == KEYS


def test_the_map_in_the_documentation_is_this_one() -> None:
    assert as_table() in PRIVACY.read_text(), f"docs/privacy.md should have:\n{as_table()}"


def test_every_row_of_the_map_is_whole() -> None:
    for row in rows():
        assert all(row), row
        assert row[3] == Answer.personal_data.kept


@pytest.mark.django_db
def test_whoever_answers_everything_gets_everything_back() -> None:
    given: dict[str, Any] = {key: anything(key) for key in KEYS} | {"for_whom": "worker", "person_knows": "agreed"}
    referral = a_referral(**given)
    copied = list(answers_for_export(referral, referral.strongbox()))
    assert {key for sheet, _ in copied for key in sheet.answers} == set(KEYS)
    assert sum(len(lines) for _, lines in copied) == len(KEYS)
    assert not any(line.label in KEYS for _, lines in copied for line in lines)
