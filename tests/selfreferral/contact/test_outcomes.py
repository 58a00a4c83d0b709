"""What can come of a try."""

from datetime import date, timedelta

import pytest

from selfreferral.contact.card import Channel
from selfreferral.contact.outcomes import OUTCOME_LABELS, OUTCOMES_OF, Outcome, Try, enough_tries, fits, is_a_talk


def test_every_channel_and_outcome_has_its_place() -> None:
    assert set(OUTCOMES_OF) == set(Channel)
    assert set().union(*OUTCOMES_OF.values()) == set(Outcome) == set(OUTCOME_LABELS)


def test_a_letter_cannot_ring_out() -> None:
    assert not fits(Channel.POST, Outcome.NO_ANSWER)
    assert fits(Channel.RING, Outcome.NO_ANSWER)


def test_a_message_is_no_talk() -> None:
    assert [outcome for outcome in Outcome if is_a_talk(outcome)] == [Outcome.SPOKE_TO_THE_PERSON]
    assert not fits(Channel.VOICEMAIL, Outcome.SPOKE_TO_THE_PERSON)


FIRST = date(2026, 11, 2)


def tries(*made: tuple[Channel, int]) -> list[Try]:
    return [Try(channel, FIRST + timedelta(days=day)) for channel, day in made]


def is_enough(made: list[Try], *safe: Channel) -> bool:
    return enough_tries(made, safe=safe, at_least=4, over=14)


@pytest.mark.parametrize(
    ("days", "is_so"), [((0, 5, 9, 14), True), ((0, 5, 9, 13), False), ((0, 7, 14), False), ((0, 1, 2, 3, 30), True)]
)
def test_four_tries_over_fourteen_days(days: tuple[int, ...], is_so: bool) -> None:
    assert is_enough(tries(*((Channel.TEXT, day) for day in days)), Channel.TEXT) is is_so


def test_two_ways_are_tried_where_two_are_safe() -> None:
    texts = tries((Channel.TEXT, 0), (Channel.TEXT, 5), (Channel.TEXT, 9), (Channel.TEXT, 14))
    assert not is_enough(texts, Channel.TEXT, Channel.EMAIL)
    both = [*texts[:3], *tries((Channel.EMAIL, 14))]
    assert is_enough(both, Channel.TEXT, Channel.EMAIL)
    assert is_enough(both, Channel.TEXT, Channel.EMAIL, Channel.POST)


def test_a_voicemail_is_no_other_way_than_to_ring() -> None:
    made = tries((Channel.RING, 0), (Channel.VOICEMAIL, 5), (Channel.RING, 9), (Channel.VOICEMAIL, 14))
    assert is_enough(made, Channel.RING, Channel.VOICEMAIL)
    assert not is_enough(made, Channel.RING, Channel.VOICEMAIL, Channel.TEXT)


def test_where_no_way_is_safe_any_more_nobody_is_asked_to_try() -> None:
    assert is_enough([])
    assert not is_enough([], Channel.TEXT)
