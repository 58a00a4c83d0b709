"""An address is read the same by list, map and feed, whatever stands in it."""

import pytest

from engagement.comments.map.bounds import Bounds
from engagement.comments.selection import Selection, read_selection


def test_every_choice_is_read() -> None:
    asked = {
        "theme": "streets_and_bins",
        "feeling": "idea",
        "status": "not_answered",
        "place": "third-street",
        "q": " apple  trees ",
        "consultation": "the-park",
        "bbox": "-1.34,54.75,-1.29,54.78",
    }
    selection = read_selection(asked)
    assert selection == Selection(
        theme="streets_and_bins",
        feeling="idea",
        status="not_answered",
        place="third-street",
        query="apple  trees",
        consultation="the-park",
        bounds=Bounds(-1.34, 54.75, -1.29, 54.78),
    )
    assert read_selection(selection.as_parameters) == selection


@pytest.mark.parametrize(
    "asked",
    [
        {"theme": "a b"},
        {"theme": "x" * 200},
        {"theme": "../etc"},
        {"feeling": "angry"},
        {"place": "a street"},
        {"status": "'"},
        {"consultation": "\x00"},
        {"q": "\x00\x01"},
        {"page": "2", "zoom": "x"},
    ],
)
def test_a_choice_that_does_not_exist_narrows_nothing(asked: dict[str, str]) -> None:
    assert read_selection(asked) == Selection()
    assert not read_selection(asked).is_narrow


def test_a_bad_bbox_is_told_and_narrows_nothing() -> None:
    selection = read_selection({"bbox": "1,2,3"})
    assert "bbox must be four numbers" in selection.problem
    assert selection.bounds is None


def test_a_long_query_is_cut() -> None:
    assert len(read_selection({"q": "x" * 5000}).query) == 100


def test_the_end_of_an_address_is_empty_for_everything() -> None:
    assert Selection().as_query() == ""
    assert Selection(theme="safety", query="a&b").as_query() == "?theme=safety&q=a%26b"
    assert Selection(theme="safety", consultation="x").only_consultation.as_query() == "?consultation=x"


def test_each_choice_can_be_taken_away_alone() -> None:
    selection = Selection(
        theme="safety",
        feeling="idea",
        status="answered",
        place="third-street",
        query="tree",
        bounds=Bounds(1, 2, 3, 4),
    )
    chips = selection.chips({"safety": "Feeling safe"}, {"idea": "An idea"}, {"third-street": "Third Street"})
    assert [chip["label"] for chip in chips] == [
        "Feeling safe",
        "An idea",
        "Answered",
        "Third Street",
        "“tree”",
        "This part of the map",
    ]
    assert "theme" not in chips[0]["query"]
    assert "feeling=idea" in chips[0]["query"]
    assert "bbox" not in chips[-1]["query"]
    assert Selection().chips({}, {}, {}) == []
