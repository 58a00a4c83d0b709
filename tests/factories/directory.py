"""Venues and activities for tests; made up, like everything here."""

from datetime import date, time
from typing import Any

from engagement.directory.actions import add_activity, add_or_update_venue
from engagement.directory.models import Activity, Schedule, Venue


def make_venue(name: str = "Lantern Hall", **words: Any) -> Venue:
    """A warm space that is open on Wednesdays in the middle of the day."""
    usual = {"opening_hours": "We 11:30-13:30; PH off", "is_warm_space": True, "latitude": 54.763, "longitude": -1.315}
    return add_or_update_venue(by=None, name=name, **{**usual, **words})


TIMES = {
    "recurrence": "FREQ=WEEKLY;BYDAY=WE",
    "starts_on": date(2026, 1, 7),
    "starts_at": time(11, 30),
    "ends_at": time(13, 30),
}
WHEN = ("venue", "recurrence", "starts_on", "starts_at", "ends_at", "season", "skips_bank_holidays")


def make_activity(name: str = "Soup and a chat", **words: Any) -> Activity:
    """Something that happens at one venue, every Wednesday from 11:30am to 1:30pm where nothing else is said.

    The words of its one schedule stand beside its own; `schedules` gives several.
    """
    when = {**TIMES, **{name: words.pop(name) for name in WHEN if name in words}}
    schedules = words.pop("schedules", None) or [{**when, "venue": when.get("venue") or make_venue()}]
    return add_activity(by=None, name=name, schedules=schedules, **{"cost": "Free", **words})


def the_schedule(activity: Activity) -> Schedule:
    """The one where and when of an activity."""
    return Schedule.objects.get(activity=activity)
