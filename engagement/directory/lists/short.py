"""Short lists for the front page: a few rows from near the middle of the site's map."""

from dataclasses import replace
from datetime import datetime

from engagement.directory.lists.places import Places, rows_of
from engagement.directory.lists.programme import Programme, row_with_day
from engagement.directory.lists.rows import CardRow
from engagement.directory.lists.wanted import SessionsWanted, Wanted
from portal.geo.coordinates import Point

CLOSE_MILES = 5
LOOKED_AT = 60


def warm_around(middle: Point, now: datetime, *, most: int) -> list[CardRow]:
    """Warm spaces: close by before far off, open before shut, soon before late; each with what it offers."""
    numbers = Places(Wanted(), now).first(most, around=middle, miles=CLOSE_MILES)
    return [replace(row, meta=row.offers.capitalize()) for row in rows_of(numbers, now).values()]


def coming_soon(middle: Point, now: datetime, *, most: int) -> list[CardRow]:
    """The next session of each of a few activities around a point."""
    programme = Programme(SessionsWanted(near=middle), now)
    first_of_each: dict[str, CardRow] = {}
    for coming in programme.chosen.soonest_first()[:LOOKED_AT]:
        row = row_with_day(coming, now)
        first_of_each.setdefault(row.url, row)
    return list(first_of_each.values())[:most]
