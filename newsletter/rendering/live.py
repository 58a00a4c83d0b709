"""Looks into the directory and the comments for an issue and gives plain rows; the only way from here to there."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils.text import Truncator

from engagement.comments.models import Action, Consultation
from engagement.comments.opening import Opening
from engagement.directory.actions.coming import is_worked_out
from engagement.directory.models import Activity, SchoolBreak, Venue
from engagement.directory.models.activity import ActivityQuerySet
from newsletter.days import sessions_in_words
from newsletter.rendering.parts import Row
from portal.clock import LONDON, at, now
from portal.geo.models import Area
from portal.pages.settings import site_identity

MOST = 8
MOST_ACTIONS = 40
A_DAY = timedelta(days=1)
TWO_WEEKS = timedelta(days=14)
LONGEST_DETAIL = 300
# At 55 degrees north.
MILE_OF_LATITUDE, MILE_OF_LONGITUDE = 0.0145, 0.025


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


def consultation_choices() -> list[tuple[str, str]]:
    """The consultations that an editor may invite to, each with its days; one that is over says so."""
    shown, today = Consultation.objects.shown_to_everybody(), now().date()
    return [(one.slug, f"{one.name} ({_state(one, today)})") for one in shown]


def consultation(*, slug: str, today: date) -> tuple[Row, ...]:
    """The consultation with its question, days and link; nothing once it takes no comments any more."""
    found = Consultation.objects.shown_to_everybody().named(slug).first()
    if found is None or found.opening(today) not in {Opening.OPEN, Opening.COMING}:
        return ()
    return (row_of_consultation(found),)


def row_of_consultation(asked: Consultation) -> Row:
    """What is asked, when, and where to answer."""
    days = f"Open {asked.days_said}." if asked.days_said else ""
    return Row(
        title=asked.name,
        detail=f"{asked.question} {days}".strip(),
        url=asked.get_absolute_url(),
        is_live=True,
        until_on=asked.closes_on.isoformat() if asked.closes_on else "",
    )


def sessions(
    *, starts_on: date, ends_on: date, named: Sequence[str], most: int, near: Area | None = None
) -> tuple[Row, ...]:
    """One row for each activity on between two days, soonest first; those the editor named also when their day is not known.

    `near` keeps those at venues in an area or a short way beyond it.
    """
    found: list[tuple[datetime | None, Row]] = []
    schools = SchoolBreak.objects.year()
    for activity in _asked(starts_on, ends_on, named, most, near).with_schedules(starts_on, ends_on):
        told = [one for one in activity.live_schedules if one.has_time]
        coming = [session for schedule in told for session in schedule.sessions(starts_on, ends_on, schools)]
        coming.sort(key=lambda session: session.starts)
        if not coming and not (named and not told):
            continue
        when = sessions_in_words(coming) if coming else _ring_to_ask(activity)
        row = Row(
            title=activity.name,
            detail=f"{when} · {activity.places_in_words}",
            url=activity.get_absolute_url(),
            is_live=True,
            sure_on=_day(activity.sure_since),
        )
        found.append((coming[0].starts if coming else None, row))
    found.sort(key=lambda one: (one[0] is None, one[0].timestamp() if one[0] else 0))
    return tuple(row for _, row in found[:most])


def _asked(starts_on: date, ends_on: date, named: Sequence[str], most: int, near: Area | None) -> ActivityQuerySet:
    """The activities whose rules have to be followed: those named or, as far as that was worked out ahead, the soonest."""
    found = Activity.objects.listed().select_related("organisation")
    if near:
        found = found.at_some_of(Venue.objects.listed().within(*around(near)))
    if named:
        return found.named(named).by_name()
    start, end = at(starts_on, time.min), at(ends_on, time.min) + A_DAY
    return found.soonest_between(start, end)[:most] if is_worked_out(start, end, now()) else found.by_name()


def around(area: Area) -> tuple[float, float, float, float]:
    """The box of an area and about a mile more: west, south, east, north."""
    return (
        area.west - MILE_OF_LONGITUDE,
        area.south - MILE_OF_LATITUDE,
        area.east + MILE_OF_LONGITUDE,
        area.north + MILE_OF_LATITUDE,
    )


def warm_spaces(*, named: Sequence[str], most: int) -> tuple[Row, ...]:
    """The warm spaces that the editor named, or those of the partnership's own area, with their hours."""
    venues = Venue.objects.listed().warm().by_name()
    home = Area.objects.home().first()
    if home and not named:
        venues = venues.within(home.west, home.south, home.east, home.north)
    chosen = [venue for venue in venues if not named or venue.slug in named]
    ours = site_identity().contact_phone
    return tuple(
        Row(
            title=venue.name,
            detail=_hours_and_place(venue, venue.phone or ours),
            url=venue.get_absolute_url(),
            is_live=True,
            sure_on=_day(venue.sure_since),
        )
        for venue in chosen[:most]
    )


def actions(*, named: Sequence[str], most: int) -> tuple[Row, ...]:
    """What the editor named of what the partnership did, or found that it cannot do; else the newest of it.

    The words are the partnership's own: what a resident said may be taken back after an issue has gone out.
    """
    found = Action.objects.published().newest_first()
    chosen = found.numbered(named) if named else found[:most]
    return tuple(row_of_action(action) for action in chosen)


def row_of_action(done: Action) -> Row:
    """What was done, how far it is, and where to read all of it."""
    words = f"{done.progress_said}. {Truncator(done.words).chars(LONGEST_DETAIL)}"
    return Row(title=done.title, detail=words, url=done.get_absolute_url(), is_live=True)


def _ring_to_ask(activity: Activity) -> str:
    """ "Ring to ask when: 01632 960000", with the number of whoever knows best: theirs, the place's, the group's, ours."""
    group = activity.organisation.phone if activity.organisation else ""
    phones = (activity.phone, *(venue.phone for venue in activity.venues), group, site_identity().contact_phone)
    phone = next(filter(None, phones), "")
    return f"{activity.schedule_in_words}: {phone}" if phone else activity.schedule_in_words


def _hours_and_place(venue: Venue, phone: str) -> str:
    """The hours, and where it is; who is asked to ring first is told the number."""
    hours = venue.hours_in_words if venue.opening_hours else venue.hours_text
    hours = hours or "Ring first: we do not know the hours."
    if phone and phone not in hours:
        hours = hours.replace("Ring first", f"Ring {phone} first", 1)
    return f"{hours} {venue.where}".strip()


def _day(moment: datetime) -> str:
    return moment.astimezone(LONDON).date().isoformat()


def _state(consultation: Consultation, today: date) -> str:
    opening = consultation.opening(today)
    return consultation.days_said or "open" if opening in {Opening.OPEN, Opening.COMING} else "closed"
