"""Unknown means no, a voicemail is a ring first, and nothing odd is ever a yes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfreferral.contact.card import DETAIL_OF, Channel, Safe, answer_key, card_from

ALL_DETAILS = {"phone": "07700 900123", "email": "jo@example.org", "place": "1 Example Street", "referrer_contact": "x"}


@pytest.mark.parametrize("channel", Channel)
def test_not_answered_means_no(channel: Channel) -> None:
    card = card_from(ALL_DETAILS)
    assert card.said[channel] is Safe.UNKNOWN
    assert not card.allows(channel)


@pytest.mark.parametrize("channel", sorted(set(Channel) - {Channel.VOICEMAIL}))
def test_a_yes_with_something_to_reach_them_on_is_allowed(channel: Channel) -> None:
    assert card_from({**ALL_DETAILS, answer_key(channel): "yes"}).allowed == (channel,)


@pytest.mark.parametrize("channel", Channel)
def test_a_yes_with_nothing_to_reach_them_on_is_not(channel: Channel) -> None:
    assert not card_from({answer_key(channel): "yes"}).allows(channel)


def test_a_voicemail_needs_leave_to_ring() -> None:
    assert not card_from({**ALL_DETAILS, "safe_voicemail": "yes"}).allows(Channel.VOICEMAIL)
    assert not card_from({**ALL_DETAILS, "safe_voicemail": "yes", "safe_ring": "no"}).allows(Channel.VOICEMAIL)
    assert card_from({**ALL_DETAILS, "safe_voicemail": "yes", "safe_ring": "yes"}).allows(Channel.VOICEMAIL)


@given(
    st.dictionaries(
        st.sampled_from([answer_key(channel) for channel in Channel]),
        st.one_of(st.text(), st.booleans(), st.none(), st.integers()),
    )
)
def test_only_the_word_yes_is_a_yes(said: dict[str, Any]) -> None:
    card = card_from({**ALL_DETAILS, **said})
    for channel in card.allowed:
        assert said[answer_key(channel)] == "yes"


def test_every_channel_knows_what_it_uses() -> None:
    assert set(DETAIL_OF) == set(Channel)
    assert card_from({**ALL_DETAILS, "good_times": "After tea", "say_we_are": 3}).say_we_are == ""
    assert card_from(ALL_DETAILS).detail(Channel.POST) == "1 Example Street"
