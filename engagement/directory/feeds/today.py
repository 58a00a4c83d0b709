"""Today in plain words, to read out on the phone: what is open, what is on, whom to ring."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta

from django.db.models import F

from engagement.directory.feeds.around_here import Here
from engagement.directory.lists.around import metres_squared
from engagement.directory.models import ComingSession, Opening, SchoolBreak, Venue
from engagement.directory.models.venue_queries import VenueQuerySet
from portal.clock import LONDON, at, say_date, say_time

A_DAY = timedelta(days=1)
MOST = 40
MOST_NEXT = 3


def today_in_words(here: Here, now: datetime, phone: str) -> str:
    """Short sentences, one thing a line; what is open comes first, then what opens later, then what is on today."""
    midnight = at(now.date() + A_DAY, time.min)
    lines = [f"Today in {here.name}.", f"It is {say_date(now.date())}, {say_time(now)}.", ""]
    near = Venue.objects.listed().vouched_for(now).within_or_unplaced(*here.box)
    open_now = near.open_in(now, now)
    later = near.open_in(now, midnight).exclude(pk__in=open_now.values("pk"))
    schools, before = SchoolBreak.objects.year(), now.date() - A_DAY
    off = _off_today(open_now, now, midnight)
    told_of = {
        title: [_place_said(venue, venue.open_line(now, schools).label, off) for venue in found.with_exceptions(before)]
        for title, found in (
            ("Open now.", open_now.by_name()[:MOST]),
            ("Opens later today.", later.by_name()[:MOST]),
        )
    }
    if not any(told_of.values()):
        soonest = _opens_next(near, here, now).with_exceptions(before)
        told_of["Opens next."] = [_place_said(venue, venue.open_line(now, schools).label, {}) for venue in soonest]
    if not told_of["Open now."]:
        lines += ["Nothing that we know of is open now.", ""]
    for title, told in told_of.items():
        lines += [title, *told, ""] if told else []
    coming = ComingSession.objects.listed().vouched_for(now).within_or_unplaced(*here.box).not_over(now)
    told = list(_sessions_said(coming.starting_before(midnight).soonest_first()[:MOST], now))
    lines += ["On today.", *told] if told else ["Nothing more is on today that we know of."]
    lines += ["", f"To ask us, ring {phone}." if phone else "Our number is on the back of the newspaper."]
    return "\n".join(lines) + "\n"


def _off_today(venues: VenueQuerySet, now: datetime, midnight: datetime) -> dict[int, str]:
    """By venue, what is off there today: "but Bingo is not on today: caller is ill"."""
    cancelled = ComingSession.objects.listed().cancelled().at_venues(venues.values_list("pk", flat=True))
    off: dict[int, list[str]] = {}
    for one in cancelled.not_over(now).starting_before(midnight).soonest_first():
        said = f"{one.schedule.activity.name} is not on today"
        off.setdefault(one.venue_id, []).append(f"{said}: {one.reason}" if one.reason else said)
    return {venue: f"but {'; '.join(said)}" for venue, said in off.items()}


def _opens_next(near: VenueQuerySet, here: Here, now: datetime) -> VenueQuerySet:
    """The nearest of the places that open on the next day on which any does: close by or, failing that, anywhere."""
    for places in (near, Venue.objects.listed().vouched_for(now)):
        soonest = Opening.objects.soonest_of_each(now).filter(venue__in=places.values("pk"))
        if first := soonest.first():
            end = at(first.opens_at.astimezone(LONDON).date() + A_DAY, time.min)
            opening = places.filter(pk__in=soonest.filter(opens_at__lt=end).values("venue_id"))
            far = metres_squared(here.middle)
            return opening.alias(far=far).order_by(F("far").asc(nulls_last=True), "name", "pk")[:MOST_NEXT]
    return Venue.objects.none()


def _place_said(venue: Venue, line: str, off: Mapping[int, str]) -> str:
    line = ", ".join(filter(None, [line, off.get(venue.pk, "")]))
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
