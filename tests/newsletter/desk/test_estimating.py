"""How long a sending will still take, in words."""

from datetime import timedelta

import pytest

from newsletter.desk.estimating import Speed, say_left, time_left


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0.4, "less than a minute"),
        (1.2, "about 1 minute"),
        (12.3, "about 12 minutes"),
        (33.4, "about 35 minutes"),
        (59, "about an hour"),
        (64, "about an hour"),
        (93, "about 1½ hours"),
        (121, "about 2 hours"),
        (2000, "more than a day"),
    ],
)
def test_no_finer_than_anybody_can_know(minutes: float, words: str) -> None:
    assert say_left(timedelta(minutes=minutes)) == words


def test_what_went_lately_says_how_long_the_rest_takes() -> None:
    pace = Speed(gone=200, span=timedelta(minutes=2))
    assert pace.per_minute == 100
    assert time_left(1200, pace) == timedelta(minutes=12)


def test_what_cannot_be_told_is_not_told() -> None:
    assert time_left(1200, Speed(gone=0, span=timedelta(minutes=2))) is None
    assert time_left(1200, Speed(gone=9, span=timedelta(seconds=1))) is None
    assert time_left(0, Speed(gone=200, span=timedelta(minutes=2))) is None
    assert Speed(gone=1, span=timedelta(minutes=2)).per_minute == 1
