"""An old answer is read in the words that were asked, whatever is asked today."""

from datetime import timedelta
from typing import Any

import pytest

from selfreferral.actions.wording import question_set_now, reword
from selfreferral.models import Answer, QuestionSet, Referral
from selfreferral.models.sealing import place
from selfreferral.questions.shapes import Part
from selfreferral.questions.wording import Words
from selfreferral.reading.answers import Line, answered, answers_for_export, opened_answers
from tests.conftest import Person
from tests.factories.selfreferral import FOR_MY_SISTER, WEDNESDAY, a_referral

pytestmark = pytest.mark.django_db
LATER = WEDNESDAY + timedelta(days=1)


def put_right(referral: Referral, part: Part, answers: dict[str, Any], why: str) -> Answer:
    last = referral.answers.filter(part=part).order_by("revision").last()
    assert last is not None
    row = Answer(referral=referral, part=part, revision=last.revision + 1, given_at=LATER)
    row.question_set = question_set_now(LATER)
    row.sealed_answers = referral.strongbox().seal(answers, place=place(row, "answers"))
    row.sealed_why = referral.strongbox().seal(why, place=place(row, "why"))
    row.save(force_insert=True)
    return row


def story(referral: Referral) -> dict[str, str]:
    return {line.label: line.value for line in answered(referral, referral.strongbox()).lines(Part.STORY)}


def test_new_words_change_no_old_answer(lead: Person) -> None:
    old = a_referral()
    reword(key="danger", words=Words(asks="Are you safe today?"), by=lead.user, now=WEDNESDAY)
    new = a_referral()
    assert story(old)["Is anybody in danger now?"] == "No"
    assert story(new)["Are you safe today?"] == "No"
    assert "Are you safe today?" not in story(old)


def test_a_choice_keeps_the_words_that_were_ticked() -> None:
    referral = a_referral()
    kept = QuestionSet.objects.get()
    for page in kept.definition:
        for question in page["questions"]:
            question["choices"] = [[value, f"{label}, as we said then"] for value, label in question["choices"]]
    QuestionSet.objects.update(definition=kept.definition)
    assert story(referral)["Is anybody in danger now?"] == "No, as we said then"


def test_an_answer_that_no_version_knows_is_still_read() -> None:
    referral = a_referral()
    put_right(referral, Part.STORY, {"danger": "perhaps", "asked_once": "Yes", "ticks": ["a", "b"]}, "A test")
    assert story(referral) == {"Is anybody in danger now?": "perhaps", "asked_once": "Yes", "ticks": "a, b"}


def test_without_a_version_the_words_of_the_code_are_used() -> None:
    referral = a_referral()
    Answer.objects.update(question_set=None)
    assert story(referral)["Tell us what would help"].startswith("Example")


def test_whoever_asked_for_another_reads_as_they_were_asked() -> None:
    assert "Tell us what would help them" in story(a_referral(**FOR_MY_SISTER))


def test_the_last_time_counts_and_what_is_left_out_is_left_out() -> None:
    referral = a_referral()
    put_right(referral, Part.CONTACT, {"name": "Example Kim", "phone": "07700 900999"}, "She told us")
    box = referral.strongbox()
    assert opened_answers(referral, box, (Part.CONTACT,)) == {"name": "Example Kim", "phone": "07700 900999"}
    assert answered(referral, box).lines(Part.CONTACT, but={"name"}) == (Line("Phone number", "07700 900999"),)
    assert answered(referral, box).lines(Part.REFERRER) == ()


def test_a_correction_leaves_the_words_of_what_it_did_not_touch(lead: Person) -> None:
    referral = a_referral()
    for key in ("danger", "what_would_help"):
        reword(key=key, words=Words(asks=f"New words: {key}"), by=lead.user, now=WEDNESDAY)
    before = opened_answers(referral, referral.strongbox(), (Part.STORY,))
    put_right(referral, Part.STORY, {**before, "danger": "worried"}, "He said so")
    put_right(referral, Part.STORY, {**before, "danger": "worried", "language": "Polish"}, "He said so")
    read = story(referral)
    assert read["Tell us what would help"] == before["what_would_help"]
    assert read["New words: danger"] == "Not now, but I am worried"
    assert "New words: what_would_help" not in read
    *_, (sheet, lines) = (
        one for one in answers_for_export(referral, referral.strongbox()) if one[0].part is Part.STORY
    )
    assert sheet.revision == 3
    assert Line("Tell us what would help", str(before["what_would_help"])) in lines


def test_the_person_gets_everything_that_was_ever_answered_in_order(lead: Person) -> None:
    referral = a_referral(**FOR_MY_SISTER)
    reword(key="name", words=Words(asks_of_other="Their name?"), by=lead.user, now=WEDNESDAY)
    put_right(referral, Part.CONTACT, {"name": "Example Kim"}, "She told us")
    found = list(answers_for_export(referral, referral.strongbox()))
    assert [(sheet.part, sheet.revision, sheet.why) for sheet, _ in found] == [
        (Part.STORY, 1, ""),
        (Part.CONTACT, 1, ""),
        (Part.CONTACT, 2, "She told us"),
        (Part.REFERRER, 1, ""),
    ]
    assert Line("What should we call them?", "Example Jo") in found[1][1]
    assert Line("Is it safe to text them?", "Yes") not in found[1][1]
    assert Line("Is it safe to send them a text?", "Yes") in found[1][1]
    assert found[2][1] == (Line("Their name?", "Example Kim"),)
    assert Line("How do you know them?", "Her sister") in found[3][1]
    assert found[2][0].given_at == LATER


def test_reading_answers_is_one_look_at_the_database(django_assert_num_queries: Any) -> None:
    referral = a_referral(**FOR_MY_SISTER)
    with django_assert_num_queries(1):
        answered(referral, referral.strongbox()).lines(Part.STORY)


def test_the_answers_of_fifty_are_opened_without_a_query_for_each(django_assert_num_queries: Any) -> None:
    for number in range(50):
        a_referral(name=f"Example {number}")
    with django_assert_num_queries(2):
        opened = [opened_answers(one, one.strongbox())["name"] for one in Referral.objects.with_words()]
    assert len(opened) == 50
