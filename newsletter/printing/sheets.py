"""Which pages of a folded paper stand on which sheet."""

ON_A_SHEET = 4


def sides(pages: int) -> list[tuple[int, int]]:
    """Which two pages stand beside each other on each side of the sheets, in the order of printing: (4, 1), (2, 3)."""
    if pages % ON_A_SHEET or not pages:
        raise ValueError("A sheet that is folded once has four pages.")
    made = []
    for first in range(1, pages // 2, 2):
        last = pages + 1 - first
        made += [(last, first), (first + 1, last - 1)]
    return made
