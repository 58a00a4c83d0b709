"""How dates and columns of other people's files are read."""

from datetime import UTC, datetime

import pytest

from engagement.comments.imported_rows import flat_feature, read_date, read_map

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2015/06/29 20:15:02+00", "2015-06-29 20:15"),
        ("2015-06-29T20:15:02Z", "2015-06-29 20:15"),
        ("2015-06-29", "2015-06-28 23:00"),
        ("29/06/2015", "2015-06-28 23:00"),
        ("29/06/2015 20:15", "2015-06-29 19:15"),
        (" 29/01/2015 20:15:09 ", "2015-01-29 20:15"),
        ("2026-03-02T12:00:00Z", "2026-03-02 12:00"),
    ],
)
def test_a_date_is_read_in_the_ways_people_write_it(text: str, moment: str) -> None:
    read = read_date(text, now=NOW)
    assert read is not None
    assert f"{read:%Y-%m-%d %H:%M}" == moment


@pytest.mark.parametrize("text", ["", "soon", "2999/01/01", "0001-01-01", "2026-03-02T12:00:01Z", "31/31/2015", "\x00"])
def test_no_date_nonsense_and_the_future_are_no_date(text: str) -> None:
    assert read_date(text, now=NOW) is None


def test_a_map_says_which_column_is_what() -> None:
    assert read_map("text=COMMENTS, longitude=X,latitude=Y,") == {"text": "COMMENTS", "longitude": "X", "latitude": "Y"}
    assert read_map("") == {}


@pytest.mark.parametrize("text", ["text", "text=", "=X", "colour=X", "text=A,colour"])
def test_a_map_that_says_something_else_is_one_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="--map takes name=COLUMN"):
        read_map(text)


@pytest.mark.parametrize(
    "geometry",
    [None, "x", {}, {"type": "Point"}, {"type": "Point", "coordinates": [1]}, {"type": "Line", "coordinates": [1, 2]}],
)
def test_a_feature_without_a_point_has_no_place(geometry: object) -> None:
    assert flat_feature({"geometry": geometry, "properties": {"text": "Bins"}}) == {"text": "Bins"}
