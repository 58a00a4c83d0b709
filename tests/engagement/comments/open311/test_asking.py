"""What another program asks is read as the standard says, and what cannot be read is told."""

from datetime import UTC, datetime

import pytest

from engagement.comments.map.bounds import Bounds
from engagement.comments.open311.asking import Asked, BadRequest, read_asked


def test_nothing_asked_is_the_first_page_of_everything() -> None:
    assert read_asked({}) == Asked()
    assert Asked().first == 0


def test_numbers_override_everything_else_and_may_be_typed_as_people_do() -> None:
    asked = read_asked({"service_request_id": "k7m 2qx, ABC-DEF", "status": "nonsense"})
    assert asked.references == ("K7M-2QX", "ABC-DEF")
    assert asked.status == ""


def test_all_that_can_be_asked() -> None:
    asked = read_asked(
        {
            "service_code": "safety, housing",
            "start_date": "2026-03-01T00:00:00Z",
            "end_date": "2026-03-02T01:00:00+01:00",
            "status": "closed",
            "bbox": "-1.34,54.75,-1.29,54.78",
            "page": "3",
            "page_size": "20",
        }
    )
    assert asked.services == ("safety", "housing")
    assert (asked.since, asked.until) == (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC))
    assert asked.status == "closed"
    assert asked.bounds == Bounds(-1.34, 54.75, -1.29, 54.78)
    assert (asked.first, asked.page_size) == (40, 20)


def test_a_plus_sign_that_became_a_space_is_understood() -> None:
    assert read_asked({"start_date": "2026-03-02T01:00:00 01:00"}).since == datetime(2026, 3, 2, tzinfo=UTC)


def test_both_states_are_no_choice() -> None:
    assert read_asked({"status": "open,closed"}).status == ""


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"page": "0"}, "page must be"),
        ({"page": "-1"}, "page must be"),
        ({"page": "٣"}, "page must be"),
        ({"page": "1" * 30}, "page must be"),
        ({"page_size": "1001"}, "page_size must be"),
        ({"page_size": "many"}, "page_size must be"),
        ({"start_date": "yesterday"}, "start_date must be"),
        ({"start_date": "2026-13-01T00:00:00Z"}, "start_date must be"),
        ({"end_date": "2026-03-01T00:00:00"}, "end_date must be a date and time with a zone"),
        ({"status": "new"}, "status must be"),
        ({"bbox": "1,2,3"}, "bbox must be"),
        ({"bbox": "nan,1,2,3"}, "bbox must be"),
        ({"service_code": ",".join(["a"] * 1001)}, "at most 1000"),
    ],
)
def test_what_cannot_be_read_is_told(asked: dict[str, str], told: str) -> None:
    with pytest.raises(BadRequest, match=told):
        read_asked(asked)
