"""Lines of the directory's lists, with the names that components/card_row.html reads."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from engagement.directory.hours.opening import OpenLine
from engagement.directory.hours.school_year import SchoolYear
from engagement.directory.models import ComingSession, Venue
from engagement.directory.models.checking import Checked
from engagement.directory.sessions import Session
from portal.clock import LONDON, say_date, say_day
from portal.geo.coordinates import Point, distance_metres, walking

LONG_AGO_DAYS = 300


@dataclass(frozen=True)
class Tag:
    """A word with a shape."""

    label: str
    shape: str


@dataclass(frozen=True)
class CardRow:
    """One line of a list; `note` is a second tag, for what is doubtful about the entry itself, and `offers` part of `meta`."""

    title: str
    url: str
    meta: str = ""
    status: OpenLine | None = None
    distance: str = ""
    tag: Tag | None = None
    note: Tag | None = None
    offers: str = ""
    point: Point | None = None

    def on(self, day: str) -> "CardRow":
        """The same row with its day in front, for a list that has no headings."""
        return replace(self, meta=f"{day}, {self.meta}")


def venue_row(
    venue: Venue, now: datetime, schools: SchoolYear, *, near: Point | None = None, off: Tag | None = None
) -> CardRow:
    """A place and what to say about it at this moment, with what is called off there; needs `with_exceptions`."""
    offers = ", ".join(venue.offers)
    return CardRow(
        title=venue.name,
        url=venue.get_absolute_url(),
        meta=" · ".join(filter(None, [venue.where, offers])),
        offers=offers,
        status=venue.open_line(now, schools),
        distance=how_far(near, venue.point),
        tag=off,
        note=stale_note(venue, now),
        point=venue.point,
    )


def session_row(coming: ComingSession, now: datetime, *, near: Point | None = None) -> CardRow:
    """One session under the heading of its day."""
    session, activity = coming.as_session, coming.schedule.activity
    return CardRow(
        title=activity.name,
        url=activity.get_absolute_url(),
        meta=" · ".join(filter(None, [session.times, coming.venue.name, activity.cost])),
        distance=how_far(near, coming.venue.point),
        tag=session_tag(session, now.date()),
        note=stale_note(activity, now),
        point=coming.venue.point,
    )


def session_tag(session: Session, today: date) -> Tag | None:
    """What was said about a session: "Not this Wednesday: boiler broken"."""
    said = session.change_in_words(today)
    return Tag(said, "cross" if session.is_cancelled else "info") if said else None


def stale_note(entry: Checked, now: datetime) -> Tag | None:
    """That nobody has looked at an entry for two months: "Nobody has checked this since 3 September"."""
    if not entry.is_stale(now):
        return None
    day = entry.sure_since.astimezone(LONDON).date()
    year = f" {day.year}" if (now.date() - day).days > LONG_AGO_DAYS else ""
    return Tag(f"Nobody has checked this since {day.day} {day:%B}{year}", "info")


def day_title(day: date, today: date) -> str:
    """A day as a heading: "Today, Sunday 22 November"."""
    said = say_day(day, today)
    return f"{said.capitalize()}, {say_date(day)}" if said in {"today", "tomorrow"} else said


def how_far(near: Point | None, point: Point | None) -> str:
    """The walk from one point to another, where both are known."""
    return walking(distance_metres(near, point)) if near and point else ""
