"""Synthetic places and activities by the hundred thousand, for rehearsal and benchmarks: spread as a national listing is."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.db import models

from engagement.directory.actions.coming import work_out_openings, work_out_sessions
from engagement.directory.features import FEATURES, Known
from engagement.directory.models import Activity, Schedule, SchoolBreak, Venue
from engagement.directory.themes import Theme
from portal.geo.coordinates import Point
from portal.geo.outline import is_in_britain

AT_ONCE = 500
KIND = ("Hall", "Church", "Library", "Community Centre", "Café", "Chapel", "Family Hub", "Welfare", "Pantry", "Club")
CALLED = (
    "St Anne’s",
    "Lantern",
    "Harbour",
    "Miners’",
    "Old School",
    "Riverside",
    "Market",
    "Hilltop",
    "Central",
    "Park",
)
DOES = (
    "Soup",
    "Coffee",
    "Singing",
    "Knitting",
    "Benefits help",
    "Walking",
    "Toddlers",
    "Men’s shed",
    "Job club",
    "Games",
)
# Hours as listings have them: most weekly, some seasonal, monthly or in term time, many not known at all.
WEEKLY = (
    *("Mo-Fr 09:00-17:00; PH off", "Mo-Fr 10:00-16:00; PH off", "Mo,We,Fr 10:00-12:00; PH off", "Tu 10:00-14:00"),
    *(
        "We 11:30-13:30; PH off",
        "Th 10:00-15:00; PH off",
        "Mo-Sa 09:00-17:30; PH off",
        "Mo-Th 09:00-19:00; Fr,Sa 09:30-17:00",
    ),
    *("Tu,Th 13:00-16:00; PH off", "Sa 10:00-12:00", "Su 12:00-15:00", "Mo-Su 08:00-22:00", "24/7", "Fr 18:00-02:00"),
)
UNUSUAL = (
    *(
        "Nov-Mar Mo-Fr 10:00-15:00; PH off",
        "Oct-Mar We 12:00-14:00",
        "Tu[1] 10:00-12:00; PH off",
        "Th[2,4] 14:00-16:00",
    ),
    *(
        "SH off; Mo-Fr 09:00-11:00; PH off",
        'We 12:00-14:00 "while the soup lasts"',
        'Fr 10:00-12:00 unknown "ring first"',
    ),
)
RULES = (
    *("FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=WE", "FREQ=WEEKLY;BYDAY=TU,TH", "FREQ=WEEKLY;BYDAY=SA"),
    *(
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
        "FREQ=MONTHLY;BYDAY=1TH",
        "FREQ=MONTHLY;BYDAY=2MO,4MO",
        "FREQ=WEEKLY;BYDAY=SU",
    ),
)
# Where a third of the people live, with how wide it spreads in degrees; the others are all over the country.
TOWNS = (
    *((51.51, -0.12, 0.25), (53.48, -2.24, 0.12), (52.48, -1.9, 0.12), (53.8, -1.55, 0.12), (55.86, -4.25, 0.1)),
    *((54.97, -1.61, 0.08), (53.41, -2.98, 0.08), (51.45, -2.59, 0.07), (51.48, -3.18, 0.07), (54.76, -1.33, 0.06)),
)
COUNTRY = (50.4, 55.8, -4.6, 1.2)
IN_A_TOWN, IN_A_PLACE = 0.35, 0.9
WITH_ACTIVITY = 0.4


def make_venues(count: int, *, now: datetime, say: Callable[[str], object]) -> int:
    """Store so many more places, with activities at two in five of them, and work out their coming weeks."""
    schools, made = SchoolBreak.objects.year(), _make_all(count, now=now)
    done = 0
    while some := list(islice(made, AT_ONCE)):
        venues = _store(Venue, some)
        work_out_openings([venue.pk for venue in venues], now, schools)
        draw = random.Random(venues[0].pk)  # noqa: S311 - synthetic rows, not a secret
        host = [venue for venue in venues if draw.random() < WITH_ACTIVITY]
        activities = _store(Activity, [_activity(venue, draw, now) for venue in host])
        pairs = zip(activities, host, strict=True)
        schedules = _store(Schedule, [_schedule(activity, venue, draw, now.date()) for activity, venue in pairs])
        work_out_sessions([schedule.pk for schedule in schedules], now, schools)
        done += len(venues)
        if done % 10_000 == 0 and done < count:
            say(f"{done:,} of {count:,} …")
    return count


def _store(model: type[models.Model], rows: Sequence[Any]) -> list[Any]:
    return model._default_manager.bulk_create(rows, batch_size=AT_ONCE)


def _make_all(count: int, *, now: datetime) -> Iterator[Venue]:
    before = Venue.objects.count()
    draw = random.Random(before)  # noqa: S311 - synthetic rows, not a secret
    places = [Point(draw.uniform(*COUNTRY[:2]), draw.uniform(*COUNTRY[2:])) for _ in range(max(20, count // 60))]
    for number in range(before, before + count):
        yield _venue(number, _point(draw, places), draw, now)


def _point(draw: random.Random, places: Sequence[Point]) -> Point | None:
    """In a city, in a small place or out in the country, drawn again where that is out at sea; one in fifty has none."""
    if draw.random() > 0.98:
        return None
    point = _anywhere(draw, places)
    while not is_in_britain(point):
        point = _anywhere(draw, places)
    return point


def _anywhere(draw: random.Random, places: Sequence[Point]) -> Point:
    chance = draw.random()
    if chance < IN_A_TOWN:
        latitude, longitude, wide = draw.choice(TOWNS)
        return Point(draw.gauss(latitude, wide / 2), draw.gauss(longitude, wide))
    if chance < IN_A_PLACE:
        place = draw.choice(places)
        return Point(draw.gauss(place.latitude, 0.01), draw.gauss(place.longitude, 0.02))
    return Point(draw.uniform(*COUNTRY[:2]), draw.uniform(*COUNTRY[2:]))


def _known(draw: random.Random) -> str:
    return draw.choices(list(Known), weights=(5, 1, 4))[0].value


def _hours(draw: random.Random) -> str:
    chance = draw.random()
    if chance < 0.1:
        return ""
    if chance < 0.2:
        return draw.choice(UNUSUAL)
    if chance < 0.6:
        return draw.choice(WEEKLY)
    opens, closes = draw.randrange(8, 12), draw.randrange(13, 19)
    days = draw.choice(("Mo-Fr", "Mo,We", "Tu-Th", "Sa", "Mo-Sa", "We"))
    return f"{days} {opens:02}:{draw.choice(('00', '15', '30'))}-{closes:02}:{draw.choice(('00', '30'))}; PH off"


def _venue(number: int, point: Point | None, draw: random.Random, now: datetime) -> Venue:
    name = f"{draw.choice(CALLED)} {draw.choice(KIND)} {number}"
    return Venue(
        name=name,
        slug=f"volume-{number}",
        description="A place made up for rehearsal. Somebody says hello when you come in, and the kettle is on.",
        address=f"{draw.randrange(1, 200)} High Street",
        postcode=f"ZZ{number % 90 + 10} {number % 9 + 1}AA",
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        opening_hours=_hours(draw),
        is_warm_space=draw.random() < 0.7,
        is_food_place=draw.random() < 0.25,
        is_advice_place=draw.random() < 0.15,
        source="volume",
        source_key=f"volume:{number}",
        added_at=now - timedelta(days=draw.random() * 400),
        checked_at=now - timedelta(days=draw.random() * 95) if draw.random() < 0.8 else None,
        **{feature.field: _known(draw) for feature in FEATURES},
    )


def _activity(venue: Venue, draw: random.Random, now: datetime) -> Activity:
    return Activity(
        name=f"{draw.choice(DOES)} at {venue.name}"[:160],
        slug=f"volume-{venue.pk}",
        theme=draw.choice(list(Theme)).value,
        description="Something made up for rehearsal. Come as you are.",
        cost=draw.choice(("Free", "£2", "")),
        audience=draw.choices(list(Activity.Audience), weights=(6, 1, 1, 4))[0].value,
        added_at=now - timedelta(days=draw.random() * 85),
        **{field: _known(draw) for field in ("free_entry", "food", "children_welcome", "dementia_friendly")},
    )


def _schedule(activity: Activity, venue: Venue, draw: random.Random, today: date) -> Schedule:
    starts = draw.randrange(9, 18)
    return Schedule(
        activity=activity,
        venue=venue,
        recurrence=draw.choice(RULES),
        starts_on=today - timedelta(days=draw.randrange(400)),
        starts_at=time(starts),
        ends_at=time(starts + draw.randrange(1, 4)),
    )
