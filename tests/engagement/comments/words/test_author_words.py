"""What an author is told about a comment that is held or not shown."""

import pytest

from engagement.comments.words.author_words import held_words, why_not_shown
from engagement.comments.workflow import CHANGES, REASONS


@pytest.mark.parametrize("reason", [*CHANGES["decline"].reasons, ""])
def test_every_reason_to_decline_has_words_for_the_author(reason: str) -> None:
    assert why_not_shown(reason).endswith(".")
    assert ("Ring us" in why_not_shown(reason)) is (reason in {"other", ""})


@pytest.mark.parametrize("reason", [*REASONS, ""])
def test_every_reason_to_hold_has_words_for_the_author(reason: str) -> None:
    assert held_words(reason).endswith(".")
