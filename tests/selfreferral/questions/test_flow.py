"""The path follows from the answers alone, and no answer from off the path survives."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from selfreferral.questions.flow import Progress, Step, in_words, walk
from selfreferral.questions.pages import PAGES
from selfreferral.questions.shapes import Kind, Question, Value
from selfreferral.questions.wording import Words, laid_over, wordable
from tests.factories.selfreferral import FOR_MY_SISTER, FOR_MYSELF

QUESTIONS = {question.key: question for page in PAGES for question in page.questions}


def values_of(question: Question) -> st.SearchStrategy[Value]:
    offered = [value for value, _ in question.choices]
    if question.kind is Kind.ONE:
        return st.sampled_from([*offered, "", "no longer offered"])
    if question.kind is Kind.MANY:
        return st.lists(st.sampled_from([*offered, "no longer offered"]), max_size=4)
    if question.kind is Kind.YEAR:
        return st.sampled_from(["1984", "84", "²²²²", "198x", ""])
    return st.text(max_size=20)


ANY_ANSWERS = st.fixed_dictionaries({}, optional={key: values_of(question) for key, question in QUESTIONS.items()})


def asked(progress_steps: tuple[Step, ...]) -> set[str]:
    return {key for step in progress_steps for key in step.keys}


@given(ANY_ANSWERS)
def test_no_answer_of_a_page_off_the_path_survives(answers: dict[str, Value]) -> None:
    path = walk(answers)
    assert set(path.answers) <= asked(path.steps)
    for step in path.steps:
        assert step.page.applies(path.answers)
        assert all(question.applies(path.answers) for question in step.questions)


@given(ANY_ANSWERS)
def test_no_answer_survives_that_another_takes_back(answers: dict[str, Value]) -> None:
    path = walk(answers)
    for key in path.answers:
        assert QUESTIONS[key].counts(path.answers), key


@given(ANY_ANSWERS)
def test_other_words_change_no_path_and_no_answer(answers: dict[str, Value]) -> None:
    reworded = laid_over({key: Words("Asked otherwise", "And of others") for key in wordable()})
    path, other = walk(answers), walk(answers, reworded)
    assert [step.keys for step in other.steps] == [step.keys for step in path.steps]
    assert other.answers == path.answers
    assert [path.lacks(step) for step in path.steps] == [other.lacks(step) for step in other.steps]


@given(ANY_ANSWERS)
def test_walking_twice_is_walking_once(answers: dict[str, Value]) -> None:
    once = walk(answers)
    assert walk(once.answers) == once


@given(ANY_ANSWERS, ANY_ANSWERS)
def test_going_page_by_page_ends_at_the_same_answers_as_walking_at_once(
    first: dict[str, Value], then: dict[str, Value]
) -> None:
    progress = Progress.empty()
    for answers in (first, then):
        for number in range(1, len(PAGES) + 1):
            steps = progress.path.steps
            if number <= len(steps):
                progress = progress.with_page(steps[number - 1], answers)
        assert set(progress.answers) <= asked(progress.path.steps)
    assert progress.path.answers == dict(progress.answers)


@given(ANY_ANSWERS)
def test_numbers_count_up_and_the_first_open_page_may_be_opened(answers: dict[str, Value]) -> None:
    progress = Progress(answers, {})
    assert [step.number for step in progress.path.steps] == list(range(1, len(progress.path.steps) + 1))
    assert progress.first_open is not None
    assert progress.may_open(progress.first_open.number)
    assert not progress.may_open(progress.first_open.number + 1)


@given(ANY_ANSWERS)
def test_what_is_stored_comes_back(answers: dict[str, Value]) -> None:
    progress = Progress.empty().with_page(Progress.empty().path.steps[0], answers)
    assert Progress.from_stored(progress.to_store()) == progress


def finished(answers: Mapping[str, Value]) -> Progress:
    progress = Progress.empty()
    while (step := progress.first_open) is not None:
        progress = progress.with_page(step, answers)
    return progress


def test_a_changed_mind_leaves_nothing_behind() -> None:
    progress = finished(dict(FOR_MY_SISTER))
    assert progress.answers["relationship"] == "Her sister"
    progress = progress.with_page(progress.path.steps[0], {"for_whom": "self"})
    assert not {"referrer_name", "relationship", "referrer_contact", "person_knows", "safe_referrer"} & set(
        progress.answers
    )
    assert progress.first_open is None


def test_a_number_taken_away_takes_its_yes_with_it() -> None:
    progress = finished(dict(FOR_MYSELF))
    reach = next(step for step in progress.path.steps if step.page.key == "reach")
    progress = progress.with_page(reach, {"phone": "", "email": "jo@example.org"})
    assert "safe_text" not in progress.answers
    assert progress.first_open is not None
    assert progress.first_open.page.key == "safe"


def test_a_new_way_in_is_asked_about() -> None:
    progress = finished({**FOR_MYSELF, "email": ""})
    reach = next(step for step in progress.path.steps if step.page.key == "reach")
    progress = progress.with_page(reach, {"phone": "07700 900123", "email": "jo@example.org"})
    assert progress.first_open is not None
    assert progress.first_open.page.key == "safe"


def test_a_new_branch_is_asked_before_anything_can_be_sent() -> None:
    progress = finished(dict(FOR_MYSELF)).with_page(Progress.empty().path.steps[0], {"for_whom": "worker"})
    assert progress.first_open is not None
    assert progress.first_open.page.key == "about_you"
    assert progress.after(1) == progress.first_open


def test_after_the_last_page_comes_the_check_and_after_an_early_one_the_next() -> None:
    progress = Progress.empty()
    first = progress.path.steps[0]
    progress = progress.with_page(first, {})
    assert progress.after(1) is not None
    assert progress.after(1).number == 2  # type: ignore[union-attr]
    assert finished(dict(FOR_MYSELF)).after(3) is None
    assert finished(dict(FOR_MYSELF)).may_open(8)
    assert not finished(dict(FOR_MYSELF)).may_open(9)
    assert not finished(dict(FOR_MYSELF)).may_open(0)


def test_all_may_be_skipped_but_a_name_and_a_safe_way() -> None:
    least = {"name": "Jo", "place": "The food table", "safe_visit": "yes"}
    assert finished(least).answers == least


def test_answers_read_as_words() -> None:
    assert in_words(QUESTIONS["for_whom"], "self") == "Me"
    assert in_words(QUESTIONS["needs"], ["large_print", "step_free"]) == "Large print, No steps"
    assert in_words(QUESTIONS["needs"], ["large_print", "no longer offered"]) == "Large print, no longer offered"
    assert in_words(QUESTIONS["name"], "Jo") == "Jo"
    assert in_words(QUESTIONS["name"], None) == ""
    assert in_words(QUESTIONS["danger"], None) == ""


def test_a_choice_of_the_wrong_shape_is_no_answer() -> None:
    assert walk({"for_whom": ["self"], "needs": "large_print", "name": ["Jo"]}).answers == {}


def test_how_they_agreed_is_forgotten_where_they_did_not() -> None:
    at_work = {**FOR_MY_SISTER, "for_whom": "worker", "how_agreed": "We talked", "duty_consents": ["referral"]}
    assert {"how_agreed", "duty_consents"} <= set(walk({**at_work, "person_knows": "agreed"}).answers)
    assert {"how_agreed", "duty_consents"} <= set(walk({**at_work, "person_knows": ""}).answers)
    for said in ("knows", "no"):
        assert not {"how_agreed", "duty_consents"} & set(walk({**at_work, "person_knows": said}).answers)


def test_a_year_has_four_digits_or_is_none() -> None:
    assert walk({"born": " 1984 "}).answers == {"born": "1984"}
    for odd in ("84", "1884", "19845", "year", "²⁰²⁰", "٢٠٢٠"):
        assert walk({"born": odd}).answers == {}
