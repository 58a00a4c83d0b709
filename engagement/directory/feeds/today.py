"""Today in plain words, to read out on the phone: what is open, what is on, whom to ring."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from engagement.directory.feeds.around_here import Here
from engagement.directory.models import ComingSession, SchoolBreak, Venue
from portal.clock import at, say_date, say_time

A_DAY = timedelta(days=1)
MOST = 40


def today_in_words(here: Here, now: datetime, phone: str) -> str:
    """Short sentences, one thing a line; what is open comes first, then what opens later, then what is on today."""
    midnight = at(now.date() + A_DAY, time.min)
    lines = [f"Today in {here.name}.", f"It is {say_date(now.date())}, {say_time(now)}.", ""]
    near = Venue.objects.listed().vouched_for(now).within_or_unplaced(*here.box)
    open_now = near.open_in(now, now)
    later = near.open_in(now, midnight).exclude(pk__in=open_now.values("pk"))
    schools = SchoolBreak.objects.year()
    for title, found, nothing in (
        ("Open now.", open_now, "Nothing that we know of is open now."),
        ("Opens later today.", later, ""),
    ):
        chosen = list(found.with_exceptions(now.date() - A_DAY).by_name()[:MOST])
        told = [_place_said(venue, venue.open_line(now, schools).label) for venue in chosen]
        lines += [title, *told, ""] if told else [nothing, ""] if nothing else []
    coming = ComingSession.objects.listed().vouched_for(now).within_or_unplaced(*here.box).not_over(now)
    told = list(_sessions_said(coming.starting_before(midnight).soonest_first()[:MOST], now))
    lines += ["On today.", *told] if told else ["Nothing more is on today that we know of."]
    lines += ["", f"To ask us, ring {phone}." if phone else "Our number is on the back of the newspaper."]
    return "\n".join(lines) + "\n"


def _place_said(venue: Venue, line: str) -> str:
    return _sentences(venue.name, line, venue.where, f"Ring {venue.phone}" if venue.phone else "")


def _sessions_said(coming: Iterable[ComingSession], now: datetime) -> Iterator[str]:
    for one in coming:
        session, activity = one.as_session, one.schedule.activity
        phone = activity.phone or one.venue.phone
        said = session.change_in_words(now.date())
        if session.is_cancelled:
            yield _sentences(f"{activity.name} at {one.venue.name}", said)
            continue
        times = f"{session.times[0].upper()}{session.times[1:]}"
        what = f"{activity.name}, at {one.venue.name}"
        where, cost = one.venue.where, activity.cost
        yield _sentences(times, what, where, cost, said, f"Ring {phone}" if phone else "")


def _sentences(*words: str) -> str:
    return " ".join(f"{part.strip().rstrip('.')}." for part in words if part.strip())
