"""Taking out: only the author's words are left, with a mark at each gap; nothing can be put in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.comments.words.redaction import is_made_of, pieces_of, redacted
from engagement.comments.words.screening import TAKEN_OUT
from portal.refusals import Refused


@pytest.mark.parametrize(
    ("sent", "typed", "shown"),
    [
        ("Ring Ann on 07700 900123 about it.", "Ring on about it", "Ring [taken out] on [taken out] about it."),
        ("Ring (07700) 900-123.", "ring", "Ring [taken out]."),
        ("Ring me (07700 900123) please", "Ring me please", "Ring me [taken out] please"),
        ("Call +44 7700 900123 now", "Call now", "Call [taken out] now"),
        ("Write to a.b@x.org or c@x.org", "Write to or c@x.org", "Write to [taken out] or c@x.org"),
        ("The lane and the park", "The lane and park", "The lane and [taken out] park"),
        ("Dave at no. 12 parks here", f"{TAKEN_OUT} parks here", "[taken out] parks here"),
        ("Nothing goes.\n\nReally.", "nothing goes really", "Nothing goes.\n\nReally."),
        ("All of it", "", ""),
        ("", "", ""),
    ],
)
def test_what_is_left_out_is_marked_and_the_rest_is_the_authors(sent: str, typed: str, shown: str) -> None:
    assert redacted(sent, typed) == shown


@pytest.mark.parametrize("typed", ["It is not good here", "here good", "It is goods here", "It is good here here"])
def test_no_word_can_be_put_in_moved_or_changed(typed: str) -> None:
    with pytest.raises(Refused, match="taken out, not put in"):
        redacted("It is good here", typed)


def test_the_pieces_are_what_was_sent() -> None:
    pieces = pieces_of("Ring Ann today", "Ring [taken out] today")
    assert [(piece.text, piece.is_out) for piece in pieces] == [("Ring ", False), ("Ann", True), (" today", False)]


A_FEW = ["the", "a", "bin", "lane", "is", "dark", "(here)", "+44", "07700", "Ann's,", "x@y.z.", "\n"]
WORDS = st.lists(st.sampled_from(A_FEW), max_size=30)


@given(WORDS, st.data())
def test_any_selection_of_the_words_can_be_left_and_nothing_else_comes_out(
    words: list[str], data: st.DataObject
) -> None:
    sent = " ".join(words)
    left = [word for word in words if data.draw(st.booleans())]
    shown = redacted(sent, " ".join(left))
    assert "".join(piece.text for piece in pieces_of(sent, " ".join(left))) == sent
    assert redacted(sent, shown) == shown
    rest = iter(sent)
    assert all(letter in rest for letter in shown.replace(TAKEN_OUT, ""))


def test_what_was_sent_is_known_again_with_and_without_its_marks() -> None:
    sent = "Ring Dave on (07700) 900123 about the bins"
    for typed in (sent, "Ring about the bins", "the bins"):
        assert is_made_of(sent, redacted(sent, typed))
    assert is_made_of("Ring [taken out] about it", "Ring [taken out] about it")
    assert not is_made_of(sent, "The lane is dark")
    assert not is_made_of(f"{sent}, please", sent)
