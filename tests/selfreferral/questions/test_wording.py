"""Questions as data: the same in the same words, and read back as they were asked."""

from hypothesis import given
from hypothesis import strategies as st

from selfreferral.questions.pages import PAGES
from selfreferral.questions.wording import Words, definition_of, digest_of, laid_over, page_key, pages_of, wordable

SAID = st.builds(Words, *(st.text(max_size=10) for _ in range(4)))
ANY_WORDS = st.dictionaries(st.sampled_from(sorted(wordable())), SAID)


@given(ANY_WORDS)
def test_a_definition_read_back_is_the_same_definition(words: dict[str, Words]) -> None:
    definition = definition_of(laid_over(words))
    assert definition_of(pages_of(definition)) == definition


def test_the_digest_changes_with_every_word_and_choice_and_with_nothing_else() -> None:
    mine = digest_of(definition_of(PAGES))
    assert len(mine) == 64
    assert digest_of(definition_of(laid_over({}))) == mine
    assert digest_of(definition_of(laid_over({"name": Words()}))) == mine
    assert digest_of(definition_of(laid_over({"name": Words(asks="Your name?")}))) != mine
    assert digest_of(definition_of(PAGES[1:])) != mine
    assert digest_of(definition_of(tuple(reversed(PAGES)))) != mine


def test_empty_words_leave_those_of_the_code() -> None:
    (page,) = (page for page in laid_over({"name": Words(hint="Any name.")}) if page.key == "name")
    name = page.questions[0]
    assert (name.asks, name.hint, name.asks_of_other) == (
        "What should we call you?",
        "Any name.",
        "What should we call them?",
    )


def test_what_stands_above_a_page_can_be_said_otherwise_too() -> None:
    reach = next(page for page in PAGES if page.key == "reach")
    (page,) = (
        page for page in laid_over({page_key(reach): Words("Where are you?", "Where are they?")}) if page.key == "reach"
    )
    assert page.title({}) == "Where are you?"
    assert page.title({"for_whom": "worker"}) == "Where are they?"
    assert page.hint == reach.hint


def test_every_question_and_every_heading_has_a_key_of_its_own_that_fits_its_column() -> None:
    keys = [question.key for page in PAGES for question in page.questions]
    headed = [page_key(page) for page in PAGES if page.heading]
    assert sorted(wordable()) == sorted(keys + headed)
    assert max(map(len, wordable())) <= 40


def test_words_for_a_key_that_nothing_has_change_nothing() -> None:
    assert laid_over({"gone": Words("Who?")}) == PAGES
