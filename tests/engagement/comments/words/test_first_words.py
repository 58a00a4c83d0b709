"""The first words stand in for a title."""

import pytest

from engagement.comments.words.first_words import first_words


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("", ""),
        ("Bins blow over.", "Bins blow over."),
        ("Bins\n\nblow   over.", "Bins blow over."),
        ("The bins blow over on windy days", "The bins blow over…"),
        ("x" * 50, "x" * 19 + "…"),
        ("a " + "x" * 50, "a " + "x" * 17 + "…"),
    ],
)
def test_first_words(words: str, title: str) -> None:
    assert first_words(words, 20) == title
    assert len(first_words(words, 20)) <= 20
