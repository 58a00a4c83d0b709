"""Synthetic readers of the newspaper by the hundred thousand, for rehearsal and benchmarks: nobody lives at their addresses."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from newsletter.actions.bringing import bring_in
from newsletter.choices import EACH_ISSUE, WEEKLY, Choices
from newsletter.consent_words import CURRENT, CURRENT_POST, WORDINGS
from newsletter.models import Consent, Subscriber, Topic
from newsletter.readers.importing import Incoming
from portal.geo.models import Area

AT_ONCE = 2_000
DAYS = 730
TOPICS = ("Food and warm rooms", "Things to do", "Help and advice", "Streets and parks", "Work and learning")
# Of a hundred: by post, weekly, with topics of their own, from one place.
BY_POST, BY_WEEK, WITH_TOPICS, WITH_PLACE = 0.05, 0.15, 0.4, 0.3


def make_readers(count: int, *, now: datetime, say: Callable[[str], object]) -> int:
    """Store so many more active readers, with the evidence of their consent; the next run makes others."""
    topics = [
        Topic.objects.get_or_create(name=name, defaults={"slug": f"volume-{number}", "position": 200 + number})[0].pk
        for number, name in enumerate(TOPICS)
    ]
    places = list(Area.objects.values_list("pk", flat=True))
    newest = Subscriber.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    draw = random.Random(newest)  # noqa: S311 - synthetic rows, not a secret
    for start in range(0, count, AT_ONCE):
        numbers = range(newest + start + 1, newest + min(start + AT_ONCE, count) + 1)
        bring_in([_reader(number, draw, topics, places, now=now) for number in numbers], now=now)
        if start and start % 50_000 == 0:
            say(f"{start:,} of {count:,} …")
    return count


def _reader(number: int, draw: random.Random, topics: list[int], places: list[int], *, now: datetime) -> Incoming:
    by_post = draw.random() < BY_POST
    wording = CURRENT_POST if by_post else CURRENT
    chosen = draw.sample(topics, k=draw.randint(1, 3)) if draw.random() < WITH_TOPICS else []
    return Incoming(
        email="" if by_post else f"volume-{number}@example.org",
        name=f"Example Reader {number}" if by_post else "",
        postal_address=f"{number} Example Street\nHorden SR8 4LX" if by_post else "",
        choices=Choices(
            frequency=WEEKLY if draw.random() < BY_WEEK else EACH_ISSUE,
            topics=tuple(sorted(chosen)),
            place=draw.choice(places) if places and draw.random() < WITH_PLACE else None,
        ),
        given_at=now - timedelta(days=draw.random() * DAYS),
        source=Consent.Source.WEB,
        evidence="made up for a rehearsal",
        wording_version=wording,
        wording=WORDINGS[wording],
    )
