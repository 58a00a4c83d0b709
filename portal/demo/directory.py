"""The demo's venues and activities: real ones, with the hours they give themselves."""

from datetime import datetime, time, timedelta
from typing import Any

from engagement.directory.actions import add_activity, add_or_update_venue, mark_checked
from engagement.directory.actions.corrections import send_correction
from engagement.directory.actions.keepers import add_keeper, join_account
from engagement.directory.actions.proposals import propose
from engagement.directory.features import Known
from engagement.directory.models import Activity, Keeper, Venue
from engagement.directory.themes import Theme
from portal.accounts.models import User
from portal.demo.openings import load_openings
from portal.demo.source import facts

# The listing's features by the directory's own columns; the listing says nothing about the others.
COLUMN_OF = {
    "is_free": "free_entry",
    "refreshments": "food",
    "wifi": "wifi",
    "step_free": "step_free",
    "toilets": "toilets",
}
THEME_OF = {"food_and_drink": Theme.FOOD, "warm_and_company": Theme.WARM, "health_and_wellbeing": Theme.HEALTH}
KNOWN = {True: Known.YES, False: Known.NO, None: Known.NOT_KNOWN}
RUNNING_FOR = timedelta(weeks=8)
KEPT, STALE = "horden-youth-and-community-centre", "horden-centennial-centre"
STALE_FOR = timedelta(days=70)


def load_keeping(*, coordinator: User, partner: User, now: datetime) -> None:
    """Somebody who keeps a place and wants something changed, a place that nobody has checked, and a word from a resident."""
    if Keeper.objects.exists():
        return
    kept, stale = Venue.objects.get(slug=KEPT), Venue.objects.get(slug=STALE)
    keeper = add_keeper(venue=kept, email=partner.email, name=partner.display_name, by=coordinator)
    join_account(keeper=keeper, by=partner)
    hours = "Example: Monday to Thursday, 8:45am to 4pm. Friday, 8:45am to 1pm"
    propose(entry=kept, wishes={"hours_text": hours, "step_free": Known.YES}, keeper=keeper, by=partner)
    mark_checked(entry=stale, by=coordinator, now=now - STALE_FOR)
    send_correction(entry=kept, words="Example: on Fridays the door was shut at 2 already.")


def load_directory(*, coordinator: User, now: datetime) -> None:
    """Venues, then what happens at them; what is there already stays as staff have left it."""
    load_openings(coordinator=coordinator)
    for row in facts("venues")["venues"]:
        if not Venue.objects.filter(slug=row["slug"]).exists():
            _add_venue(row, coordinator)
    for row in facts("activities")["activities"]:
        if not Activity.objects.filter(slug=row["slug"]).exists():
            _add_activity(row, coordinator, now)


def _add_venue(row: dict[str, Any], by: User) -> None:
    fields = ("slug", "name", "description", "address", "latitude", "longitude", "source")
    words: dict[str, Any] = {name: row[name] for name in fields}
    features: dict[str, Any] = {column: KNOWN[row["features"].get(name)] for name, column in COLUMN_OF.items()}
    add_or_update_venue(
        by=by,
        **words,
        **features,
        postcode=row["postcode"] or "",
        opening_hours=row["opening_hours"] or "",
        hours_text=row["hours_text"] or "",
        is_warm_space=row["is_warm_space"] is True,
        source_key=row["source_key"],
    )


def _add_activity(row: dict[str, Any], by: User, now: datetime) -> None:
    times: dict[str, Any] = {"venue": Venue.objects.get(slug=row["venue"])}
    if schedule := row["schedule"]:
        times |= {
            "recurrence": schedule["rrule"],
            "starts_on": (now - RUNNING_FOR).date(),
            "starts_at": time.fromisoformat(schedule["start_time"]),
            "ends_at": time.fromisoformat(schedule["end_time"]),
        }
    add_activity(
        by=by,
        slug=row["slug"],
        name=row["name"],
        theme=THEME_OF[row["theme"]],
        description=row["description"],
        cost=row["cost"],
        free_entry=Known.YES if row["cost"] == "Free" else Known.NOT_KNOWN,
        audience=Activity.Audience.MEN if row["for_whom"] == "Men" else Activity.Audience.NOT_KNOWN,
        who_for=row["for_whom"],
        what_to_expect=row["summary"],
        schedules=[times],
    )
