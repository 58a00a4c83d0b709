"""Synthetic comments by the hundred thousand, for rehearsal and benchmarks: about nobody, and marked as examples."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from engagement.comments.actions.rebuilding import keep_very_many
from engagement.comments.models import Consultation, PlaceComment, Theme
from engagement.comments.workflow import Status
from portal.geo.coordinates import Point
from portal.geo.models import Area
from portal.references import new_reference

# Where nobody has loaded an area: the middle of Horden.
MIDDLE = Point(54.765, -1.315)
THEMES = (
    "Streets and bins",
    "Parks and green",
    "Getting about",
    "Things to do",
    "Homes",
    "Shops",
    "Feeling safe",
    "Other",
)
SUBJECTS = (
    "bin",
    "bench",
    "path",
    "swing",
    "bus stop",
    "wall",
    "lamp",
    "tree",
    "fence",
    "crossing",
    "gate",
    "shop front",
)
HOW = (
    "is broken",
    "is lovely",
    "was better once",
    "could be painted",
    "floods when it rains",
    "needs a light",
    "is missed",
)
WHERE = ("by the school", "at the top of the street", "near the shops", "behind the houses", "on the way to the beach")
FEELINGS = ("good", "needs_work", "needs_work", "needs_work", "idea", "idea", "memory", "hope", "")
HOTSPOTS = 200
# Of ten, three are in the village itself and the others around spots of the county, as a county's own are.
IN_THE_VILLAGE = 0.3
VILLAGE_DEGREES = 0.012
COUNTY_DEGREES = 0.3
SPOT_DEGREES = 0.006
DAYS = 730


def make_comments(count: int, *, now: datetime, say: Callable[[str], object]) -> int:
    """Store so many more comments in the standing conversation: ninety-five of a hundred shown, the others still to read."""
    themes = [
        Theme.objects.get_or_create(name=name, defaults={"slug": f"volume-{number}", "position": 200 + number})[0]
        for number, name in enumerate(THEMES)
    ]
    taken = set(PlaceComment.objects.values_list("reference", flat=True))
    made = make_all(count, themes=themes, consultation=Consultation.objects.standing(), now=now, taken=taken)
    return keep_very_many(_told(made, count, say))


def _told(comments: Iterator[PlaceComment], count: int, say: Callable[[str], object]) -> Iterator[PlaceComment]:
    for number, comment in enumerate(comments, start=1):
        yield comment
        if number % 50_000 == 0 and number < count:
            say(f"{number:,} of {count:,} …")


def make_all(
    count: int, *, themes: list[Theme], consultation: Consultation, now: datetime, taken: set[str]
) -> Iterator[PlaceComment]:
    """Comments that are not stored yet, with none of the references that are taken.

    The same number of taken ones makes the same places and words; the next run makes others.
    """
    draw = random.Random(len(taken))  # noqa: S311 - synthetic rows, not a secret
    area = Area.objects.home().first()
    middle = Point((area.south + area.north) / 2, (area.west + area.east) / 2) if area else MIDDLE
    spots = [
        Point(draw.gauss(middle.latitude, COUNTY_DEGREES / 2), draw.gauss(middle.longitude, COUNTY_DEGREES))
        for _ in range(HOTSPOTS)
    ]
    for number in range(count):
        while (reference := new_reference()) in taken:
            continue
        taken.add(reference)
        in_village = draw.random() < IN_THE_VILLAGE
        around, width = (middle, VILLAGE_DEGREES) if in_village else (draw.choice(spots), SPOT_DEGREES)
        sent_at = now - timedelta(days=draw.random() * DAYS)
        status = (
            Status.PUBLISHED if draw.random() < 0.95 else draw.choice([Status.WAITING, Status.WAITING, Status.HELD])
        )
        comment = PlaceComment(
            reference=reference,
            consultation=consultation,
            words=f"The {draw.choice(SUBJECTS)} {draw.choice(WHERE)} {draw.choice(HOW)}. Number {number + 1} of many.",
            feeling=draw.choice(FEELINGS),
            theme=draw.choice(themes),
            accuracy=PlaceComment.Accuracy.EXACT,
            status=status,
            is_example=True,
            sent_at=sent_at,
            published_at=sent_at + timedelta(hours=5) if status == Status.PUBLISHED else None,
        )
        comment.stand_at(Point(draw.gauss(around.latitude, width / 2), draw.gauss(around.longitude, width)))
        yield comment
