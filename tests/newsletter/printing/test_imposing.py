"""Sheets are in order once they are folded."""

import pytest

from newsletter.printing.sheets import sides


def test_one_sheet_has_the_last_page_beside_the_first() -> None:
    assert sides(4) == [(4, 1), (2, 3)]


def test_two_sheets_are_put_in_one_another() -> None:
    assert sides(8) == [(8, 1), (2, 7), (6, 3), (4, 5)]


@pytest.mark.parametrize("pages", [4, 8, 12, 40])
def test_a_folded_paper_is_read_from_the_first_page_to_the_last(pages: int) -> None:
    made = sides(pages)
    fronts, backs = made[::2], made[1::2]
    right_hand = [number for front, back in zip(fronts, backs, strict=True) for number in (front[1], back[0])]
    assert right_hand == list(range(1, pages // 2 + 1))
    assert sorted(number for side in made for number in side) == list(range(1, pages + 1))


@pytest.mark.parametrize("pages", [0, 1, 6])
def test_what_does_not_fill_a_sheet_is_refused(pages: int) -> None:
    with pytest.raises(ValueError, match="four pages"):
        sides(pages)
