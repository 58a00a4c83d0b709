"""What can come of a try."""

from selfreferral.contact import OUTCOME_LABELS, OUTCOMES_OF, Outcome, fits, is_a_talk
from selfreferral.safe_contact import Channel


def test_every_channel_and_outcome_has_its_place() -> None:
    assert set(OUTCOMES_OF) == set(Channel)
    assert set().union(*OUTCOMES_OF.values()) == set(Outcome) == set(OUTCOME_LABELS)


def test_a_letter_cannot_ring_out() -> None:
    assert not fits(Channel.POST, Outcome.NO_ANSWER)
    assert fits(Channel.RING, Outcome.NO_ANSWER)


def test_a_message_is_no_talk() -> None:
    assert [outcome for outcome in Outcome if is_a_talk(outcome)] == [Outcome.SPOKE_TO_THE_PERSON]
    assert not fits(Channel.VOICEMAIL, Outcome.SPOKE_TO_THE_PERSON)
