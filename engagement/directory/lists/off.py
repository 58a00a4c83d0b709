"""What is called off at a place, so that nobody walks to a locked door."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from engagement.directory.lists.rows import Tag
from engagement.directory.models import ComingSession

A_WEEK = timedelta(days=7)


def called_off(now: datetime, venues: Iterable[int]) -> dict[int, Tag]:
    """By venue, what is off there in the coming week."""
    off: dict[int, Tag] = {}
    cancelled = ComingSession.objects.listed().at_venues(venues).cancelled()
    for coming in cancelled.starting_before(now + A_WEEK).not_over(now).soonest_first():
        said = coming.as_session.change_in_words(now.date())
        off.setdefault(coming.venue_id, Tag(f"{said} ({coming.schedule.activity.name})", "cross"))
    return off
