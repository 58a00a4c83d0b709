"""How old somebody must be to read something."""

import pytest

from portal.reading_age import reading_age, syllables_of


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("warm", 1),
        ("space", 1),
        ("open", 2),
        ("Wednesday", 3),
        ("walked", 1),
        ("wanted", 2),
        ("table", 2),
        ("spaces", 2),
        ("neighbour", 2),
        ("community", 4),
        ("organisation", 5),
        ("the", 1),
        ("Hm", 1),
    ],
)
def test_beats_are_counted_by_vowels(word: str, count: int) -> None:
    assert syllables_of(word) == count


def test_the_formula_by_hand() -> None:
    # Four words, one sentence, four beats: 0.39 * 4 + 11.8 * 1 - 15.59 + 5.
    assert reading_age(["The hall is warm."]) == pytest.approx(2.77)
    assert reading_age(["The hall is warm. Come in!", "We are open"]) < reading_age(
        ["Residents are invited to participate in the consultation regarding the regeneration of the village."]
    )


def test_no_words_at_all_are_no_trouble() -> None:
    assert reading_age(["", "…", "12"]) == 0
