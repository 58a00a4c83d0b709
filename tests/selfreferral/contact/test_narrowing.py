"""No chain of corrections opens a way to somebody, unless the person said so."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfreferral.contact.card import Channel, Safe, answer_key, card_from
from selfreferral.contact.narrowing import (
    Given,
    SaidBy,
    is_same_detail,
    narrowed,
    on_new_details,
    opens_wrongly,
    widened,
)
from selfreferral.questions.shapes import Part

YES = {answer_key(channel): "yes" for channel in Channel}
DETAILS = {"phone": "07700 900123", "email": "jo@example.org", "place": "1 Example Street", "referrer_contact": "Ann"}
KEYS = sorted({*YES, *DETAILS})
VALUES = st.sampled_from(["yes", "no", "unknown", "", "YES", "maybe", "07700 900123", "07700 900456", "a@b.example"])
ANSWERS = st.dictionaries(st.sampled_from(KEYS), VALUES)


@pytest.mark.parametrize("odd", ["unknown", "", "YES", "true", "1", None, True, 1, ["yes"], "yes ", "maybe"])
def test_nothing_but_a_spoken_yes_is_a_yes(odd: Any) -> None:
    assert card_from({**DETAILS, **dict.fromkeys(YES, odd)}).allowed == ()


@given(answers=ANSWERS, channels=st.sets(st.sampled_from(list(Channel))))
def test_to_narrow_closes_those_ways_and_opens_none(answers: dict[str, str], channels: set[Channel]) -> None:
    before, after = card_from(answers), card_from(narrowed(answers, channels))
    assert set(after.allowed) <= set(before.allowed) - channels
    assert {channel: after.said[channel] for channel in channels} == dict.fromkeys(channels, Safe.NO)
    assert widened(before, after) == ()


@given(before=ANSWERS, after=ANSWERS)
def test_a_way_that_was_not_open_there_is_wider(before: dict[str, str], after: dict[str, str]) -> None:
    old, new = card_from(before), card_from(after)
    opened = widened(old, new)
    for channel in new.allowed:
        is_old = old.allows(channel) and is_same_detail(channel, old.detail(channel), new.detail(channel))
        assert (channel in opened) is not is_old


def test_a_new_number_is_a_new_way() -> None:
    old = card_from({**DETAILS, **YES})
    new = card_from({**DETAILS, **YES, "phone": "07700 900456"})
    assert on_new_details(old, new) == (Channel.RING, Channel.VOICEMAIL, Channel.TEXT) == widened(old, new)
    assert on_new_details(old, card_from({**DETAILS, **YES, "phone": "+44 (0)7700 900-123"})) == ()
    assert is_same_detail(Channel.EMAIL, "Jo@Example.org ", "jo@example.org")


CHANGES = st.tuples(
    st.sampled_from(list(SaidBy)), st.dictionaries(st.sampled_from([*KEYS, "for_whom", "who_may_answer"]), VALUES)
)


@given(
    first=ANSWERS, chain=st.lists(st.one_of(CHANGES, st.sets(st.sampled_from(list(Channel)), min_size=1)), max_size=6)
)
def test_no_chain_opens_a_way_without_the_person(first: dict[str, str], chain: list[Any]) -> None:
    standing = Given({Part.CONTACT: first})
    open_ways = {channel: standing.card.detail(channel) for channel in standing.card.allowed}
    for link in chain:
        if isinstance(link, set):
            standing = standing.narrowed(link)
            continue
        said_by, changes = link
        after = standing.put_right(changes, said_by)
        if opens_wrongly(standing, after, said_by):
            continue
        standing = after
        if said_by.is_the_person:
            open_ways |= {channel: standing.card.detail(channel) for channel in standing.card.allowed}
    for channel in standing.card.allowed:
        assert is_same_detail(channel, standing.card.detail(channel), open_ways[channel])


def test_who_may_answer_is_for_the_person_to_say() -> None:
    before = Given({Part.CONTACT: {"name": "Jo", "phone": "07700 900123", "safe_ring": "yes"}})
    for said_by in SaidBy:
        after = before.put_right({"who_may_answer": "Her husband"}, said_by)
        assert bool(opens_wrongly(before, after, said_by)) is not said_by.is_the_person


def test_what_follows_from_an_answer_goes_with_it_and_old_questions_stay() -> None:
    before = Given({Part.CONTACT: {"name": "Jo", "phone": "07700 900123", "safe_ring": "yes", "asked_once": "So"}})
    after = before.put_right({"phone": "", "for_whom": "worker", "nothing": "x"}, SaidBy.IN_A_TALK)
    assert after.whole == {"name": "Jo", "asked_once": "So"}


def test_only_the_persons_own_word_opens() -> None:
    assert [said.value for said in SaidBy if said.is_the_person] == ["in_a_talk", "in_writing"]
