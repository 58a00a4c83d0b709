"""Looks into the directory and the comments for an issue and gives plain rows; the only way from here to there."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils.text import Truncator

from engagement.comments.models import Action
from engagement.directory.actions.coming import is_worked_out
from engagement.directory.models import Activity, SchoolBreak, Venue
from engagement.directory.models.activity import ActivityQuerySet
from engagement.directory.sessions import Session
from newsletter.rendering.parts import Row
from portal.clock import at, now, say_date
from portal.geo.models import Area

MOST = 8
MOST_ACTIONS = 40
A_DAY = timedelta(days=1)
TWO_WEEKS = timedelta(days=14)
DAYS_NAMED = 3
LONGEST_DETAIL = 300


def activity_choices() -> list[tuple[str, str]]:
    """The activities an editor may name in an issue."""
    return list(Activity.objects.listed().by_name().values_list("slug", "name"))


def warm_space_choices() -> list[tuple[str, str]]:
    """The warm spaces an editor may name in an issue."""
    return list(Venue.objects.listed().warm().by_name().values_list("slug", "name"))


def action_choices() -> list[tuple[str, str]]:
    """What an editor may name of what was done, the newest first."""
    found = Action.objects.published().newest_first()[:MOST_ACTIONS]
    return [(str(action.pk), f"{action.title} ({action.progress_said})") for action in found]


def sessions(*, starts_on: date, ends_on: date, named: Sequence[str], most: int) -> tuple[Row, ...]:
    """One row for each activity on between two days, soonest first; those the editor named also when their day is not known."""
    found: list[tuple[datetime | None, Row]] = []
    schools = SchoolBreak.objects.year()
    for activity in _asked(starts_on, ends_on, named).with_schedules(starts_on, ends_on).by_name():
        told = [one for one in activity.live_schedules if one.has_time]
        coming = [session for schedule in told for session in schedule.sessions(starts_on, ends_on, schools)]
        coming.sort(key=lambda session: session.starts)
        if not coming and not (named and not told):
            continue
        when = sessions_in_words(coming) if coming else activity.schedule_in_words
        row = Row(
            title=activity.name,
            detail=f"{when} · {activity.places_in_words}",
            url=activity.get_absolute_url(),
            is_live=True,
        )
        found.append((coming[0].starts if coming else None, row))
    found.sort(key=lambda one: (one[0] is None, one[0].timestamp() if one[0] else 0))
    return tuple(row for _, row in found[:most])


def _asked(starts_on: date, ends_on: date, named: Sequence[str]) -> ActivityQuerySet:
    """The activities whose rules have to be followed: those named, else those on, as far as that was worked out ahead."""
    found = Activity.objects.listed()
    if named:
        return found.named(named)
    start, end = at(starts_on, time.min), at(ends_on, time.min) + A_DAY
    return found.coming_between(start, end) if is_worked_out(start, end, now()) else found


def sessions_in_words(coming: Sequence[Session]) -> str:
    """The days of one activity: "Wednesday 25 November and Wednesday 2 December, 11:30am to 1:30pm"."""
    on = [session for session in coming if not session.is_cancelled]
    off = [session for session in coming if session.is_cancelled]
    told = [f"{_days(on)}, {on[0].times}"] if on else []
    told += [f"Not on {say_date(one.on)}{f': {one.reason}' if one.reason else ''}" for one in off[:DAYS_NAMED]]
    return ". ".join(told)


def warm_spaces(*, named: Sequence[str], most: int) -> tuple[Row, ...]:
    """The warm spaces that the editor named, or those of the partnership's own area, with their hours."""
    venues = Venue.objects.listed().warm().by_name()
    home = Area.objects.home().first()
    if home and not named:
        venues = venues.within(home.west, home.south, home.east, home.north)
    chosen = [venue for venue in venues if not named or venue.slug in named]
    return tuple(
        Row(title=venue.name, detail=_hours_and_place(venue), url=venue.get_absolute_url(), is_live=True)
        for venue in chosen[:most]
    )


def actions(*, named: Sequence[str], most: int) -> tuple[Row, ...]:
    """What the editor named of what the partnership did, or found that it cannot do; else the newest of it.

    The words are the partnership's own: what a resident said may be taken back after an issue has gone out.
    """
    found = Action.objects.published().newest_first()
    chosen = found.numbered(named) if named else found[:most]
    return tuple(
        Row(
            title=action.title,
            detail=f"{action.progress_said}. {Truncator(action.words).chars(LONGEST_DETAIL)}",
            url=action.get_absolute_url(),
            is_live=True,
        )
        for action in chosen
    )


def _days(sessions_on: Sequence[Session]) -> str:
    named = [say_date(session.on) for session in sessions_on[:DAYS_NAMED]]
    more = len(sessions_on) - len(named)
    if more:
        return f"{', '.join(named)} and {more} more {'day' if more == 1 else 'days'}"
    return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else named[0]


def _hours_and_place(venue: Venue) -> str:
    hours = venue.hours_in_words if venue.opening_hours else venue.hours_text or "Ring first: we do not know the hours."
    return f"{hours} {venue.where}".strip()
