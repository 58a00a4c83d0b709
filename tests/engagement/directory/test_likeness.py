"""The same place listed twice with different words is proposed; two places side by side are not."""

from typing import Any

import pytest

from engagement.directory.likeness import Entry, alike_pairs
from portal.geo.coordinates import Point

HERE, ROUND_THE_CORNER, FAR = Point(54.763, -1.315), Point(54.7641, -1.3152), Point(54.9, -1.6)
# What most entries say, so that these words weigh little here too.
OTHERS = [
    Entry(
        100 + number,
        f"{name} {kind}",
        f"{name} {kind}, Peterlee, County Durham",
        f"DH{number} 1AA",
        Point(53 + number / 9, -2),
    )
    for number, (name, kind) in enumerate(
        (name, kind) for name in ("Oak", "Ash", "Elm", "Fir") for kind in ("Church", "Library", "Hall", "Warm Welcome")
    )
]


def found(*entries: Entry) -> list[tuple[int, int]]:
    return [(pair.first, pair.second) for pair in alike_pairs([*entries, *OTHERS])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Entry(1, "Eaglesfield Community Centre", "Orchard Parade, Stockton", "TS16 0EH", HERE),
            Entry(2, "Eaglesfield community center", "Eaglesfield Community Centre, Cleveland", "TS16 0EH", HERE),
        ),
        (
            Entry(1, "Hope House Coffee", "Alive Church, St George's", "NE8 4AE", HERE),
            Entry(2, "Refugee drop in", "Alive Church, St George's", "NE8 4AE", HERE),
        ),
        (
            Entry(1, "Stokesley Community Library", "Stokesley", "TS9 5DH", HERE),
            Entry(2, "The Globe Community Library at Stokesley", "North Road, Stokesley", "", HERE),
        ),
        (
            Entry(1, "Place of Welcome", "St Johns Church, Tyne and Wear", "NE9 5RD", FAR),
            Entry(2, "St John’s Place of Welcome", "Church Road, Gateshead", "NE9 5RD", HERE),
        ),
        (Entry(1, "Pit Lane Boxing Club"), Entry(2, "Pit Lane Boxing Club", "The Old Gym", "SR8 4LX", HERE)),
        (
            Entry(1, "Lantern Café", "", "SR8 4LX", HERE, phone="0191 586 0000"),
            Entry(2, "Lantern kitchen", "", "SR8 4LY", ROUND_THE_CORNER, phone="+44 191 586 0000"),
        ),
    ],
)
def test_one_place_with_different_words(one: Entry, other: Entry) -> None:
    assert found(one, other) == [(1, 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Entry(1, "Birtley Library", "Birtley, County Durham", "DH3 1LE", HERE),
            Entry(2, "Birtley Methodist Church", "Birtley, County Durham", "DH3 1DG", ROUND_THE_CORNER),
        ),
        (Entry(1, "The Well", "", "DL1 2EL", HERE), Entry(2, "The Well", "", "DL14 9HJ", FAR)),
        (Entry(1, "City Library", "", "NE1 8AX", HERE), Entry(2, "High Heaton Library", "", "NE7 7HD", HERE)),
    ],
)
def test_two_places(one: Entry, other: Entry) -> None:
    assert found(one, other) == []


def test_the_reason_is_told_and_the_likeliest_comes_first() -> None:
    same: dict[str, Any] = {"name": "Eaglesfield Hall", "postcode": "TS16 0EH", "point": HERE}
    pairs = alike_pairs([Entry(1, **same), Entry(2, **same), Entry(3, "Bowls Club", "", "TS16 0EH", HERE), *OTHERS])
    assert (pairs[0].first, pairs[0].second) == (1, 2)
    assert pairs[0].because == "the same postcode and point on the map, much the same words"
    assert pairs[0].score == 1.0


def test_a_crowd_at_one_spot_is_not_compared_each_with_each() -> None:
    crowd = [Entry(number, f"Stall {number}", "", "SR8 4LX", HERE) for number in range(300)]
    assert len(alike_pairs(crowd)) <= 300 * 5 * 2


def test_nothing_is_alike_to_nothing() -> None:
    assert alike_pairs([]) == []
    assert alike_pairs([Entry(1, ""), Entry(2, "!!!")]) == []
