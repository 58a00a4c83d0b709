"""What may be chosen for a partner, and that the worker writes down what is over."""

from collections.abc import Callable

import pytest

from selfreferral.models import SharedView
from selfreferral.questions.pages import PAGES
from selfreferral.questions.shapes import Part
from selfreferral.sharing.parts import in_words, questions
from selfreferral.tasks import end_what_was_shared
from tests.conftest import Person
from tests.factories.together import shared_as_of_now


def test_nothing_of_whoever_told_us_and_no_number_is_on_the_list() -> None:
    apart = {question.key for page in PAGES for question in page.questions if question.part is Part.REFERRER}
    assert apart
    assert not set(questions()) & (apart | {"for_whom", "phone", "email", "place", "name"})


def test_parts_are_told_in_words() -> None:
    assert in_words(["name", "gone_since"]) == "What to call them"
    assert in_words(["note:1", "note:2"]) == "2 notes"
    assert in_words(["risks", "note:1"]) == "Risks to know about; 1 note"


@pytest.mark.django_db
def test_the_worker_writes_down_what_is_over(lead: Person, partner: Person, run_worker: Callable[[], None]) -> None:
    view = shared_as_of_now(partner.user, by=lead.user)
    end_what_was_shared.enqueue()
    run_worker()
    assert SharedView.objects.standing().get() == view
    partner.user.groups.clear()
    end_what_was_shared.enqueue()
    run_worker()
    assert not SharedView.objects.standing().exists()
