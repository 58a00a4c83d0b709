"""By when an author can expect somebody to have read their comment."""

from datetime import date

import pytest

from engagement.comments.leaving.deadlines import read_by


@pytest.mark.parametrize(
    ("sent", "by"),
    [
        (date(2026, 3, 2), date(2026, 3, 5)),  # Monday
        (date(2026, 3, 5), date(2026, 3, 10)),  # Thursday
        (date(2026, 3, 7), date(2026, 3, 11)),  # Saturday
        (date(2026, 4, 2), date(2026, 4, 9)),  # before Good Friday and Easter Monday
    ],
)
def test_it_is_read_by_the_third_working_day(sent: date, by: date) -> None:
    assert read_by(sent) == by
