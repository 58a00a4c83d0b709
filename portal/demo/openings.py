"""The demo's school year and two places that keep to a part of the year: made up, and saying so."""

from datetime import date

from engagement.directory.actions import add_or_update_venue, keep_school_break
from engagement.directory.models import SchoolBreak, Venue
from portal.accounts.models import User

MADE_UP = "Made up for this demonstration: there is no such place."
SCHOOL_HOLIDAYS = (
    ("October half-term (made up)", date(2026, 10, 24), date(2026, 11, 1)),
    ("Christmas (made up)", date(2026, 12, 19), date(2027, 1, 3)),
    ("February half-term (made up)", date(2027, 2, 13), date(2027, 2, 21)),
    ("Easter (made up)", date(2027, 3, 26), date(2027, 4, 11)),
    ("May half-term (made up)", date(2027, 5, 29), date(2027, 6, 6)),
    ("Summer (made up)", date(2027, 7, 22), date(2027, 9, 2)),
)
VENUES = (
    {
        "slug": "demo-winter-room",
        "name": "The Winter Room (made up)",
        "description": f"A warm room from November to March. {MADE_UP}",
        "opening_hours": "Nov 01-Mar 31 Mo-Fr 10:00-16:00; PH off",
        "hours_text": "Monday to Friday 10am to 4pm, 1 November to 31 March",
        "is_warm_space": True,
    },
    {
        "slug": "demo-soup-kitchen",
        "name": "Copper Pot (made up)",
        "description": f"Soup and bread in term time. {MADE_UP}",
        "opening_hours": 'Tu,Th 12:00-14:00 open "while the soup lasts"; SH off; PH off',
        "hours_text": "Tuesdays and Thursdays 12 to 2, term time, while the soup lasts",
        "is_food_place": True,
        "food": "yes",
        "free_entry": "yes",
    },
)


def load_openings(*, coordinator: User) -> None:
    """What is there already stays as staff have left it."""
    for name, first_on, last_on in SCHOOL_HOLIDAYS:
        if not SchoolBreak.objects.filter(first_on=first_on).exists():
            keep_school_break(school_break=SchoolBreak(name=name, first_on=first_on, last_on=last_on), by=coordinator)
    for words in VENUES:
        if not Venue.objects.filter(slug=words["slug"]).exists():
            add_or_update_venue(by=coordinator, source="demo", **words)  # type: ignore[arg-type]
