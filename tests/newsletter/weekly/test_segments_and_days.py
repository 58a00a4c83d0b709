"""For whom the weekly mail is made, and when it is due."""

from datetime import UTC, datetime, timedelta

from newsletter.weekly.due import is_to_be_seen_to, is_worth_sending, last_due
from newsletter.weekly.segments import LONGEST_KEY, THE_WHOLE, Segment, read_key
from portal.clock import LONDON

FRIDAY, NINE = 4, 9


def test_a_segment_has_one_key_whatever_the_order_of_its_topics() -> None:
    assert Segment(place=7, topics=frozenset({4, 1})).key == "7/1,4"
    assert read_key("7/1,4") == (7, [1, 4])
    assert Segment(place=None, topics=frozenset({4})).key == "/4"
    assert read_key("/4") == (None, [4])
    assert THE_WHOLE.key == ""


def test_a_great_many_topics_still_make_a_key_of_their_own() -> None:
    many, more = (Segment(place=7, topics=frozenset(range(1000, 1000 + count))) for count in (40, 41))
    assert len(many.key) <= LONGEST_KEY
    assert many.key != more.key
    assert read_key(many.key) == (7, [])


def test_the_last_time_it_was_due() -> None:
    friday = datetime(2026, 11, 27, 9, tzinfo=LONDON)
    for moment in (friday, friday + timedelta(minutes=3), friday + timedelta(days=6, hours=23)):
        assert last_due(weekday=FRIDAY, hour=NINE, now=moment) == friday
    assert last_due(weekday=FRIDAY, hour=NINE, now=friday - timedelta(seconds=1)) == friday - timedelta(days=7)


def test_the_hour_is_london_s_in_summer_too() -> None:
    due = last_due(weekday=FRIDAY, hour=NINE, now=datetime(2026, 7, 3, 8, 0, tzinfo=UTC))
    assert due == datetime(2026, 7, 3, 8, tzinfo=UTC)


def test_long_ago_nobody_is_asked_any_more() -> None:
    friday = datetime(2026, 11, 27, 9, tzinfo=LONDON)
    assert is_to_be_seen_to(due_at=friday, now=friday + timedelta(days=3))
    assert not is_to_be_seen_to(due_at=friday, now=friday + timedelta(days=3, minutes=1))
    assert is_worth_sending(due_at=friday, now=friday + timedelta(days=6))
    assert not is_worth_sending(due_at=friday, now=friday + timedelta(days=7))
