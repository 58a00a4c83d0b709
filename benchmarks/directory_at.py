"""The directory of one size on one database: fills it, then measures a round whenever it is told to, in figures of one JSON line.

Run as `python -m benchmarks.directory_at COUNT` by `benchmarks.directory`, which lets several sizes take turns.
"""

import json
import sys
from functools import partial
from time import perf_counter
from typing import Any

import django

from benchmarks.measure import seconds
from benchmarks.rehearsal import analyse

POSTCODE = ("SR8 4LX", 54.763, -1.315)
TOWN, COUNTRY = "-1.45,54.70,-1.20,54.82", "-9,49,2.5,61.5"
# What takes longer is measured once, not in every round.
SLOW = 4.0
WORKS = {
    "open now and near": "open now and near a postcode",
    "near": "near a postcode, open or not",
    "list": "the list as it comes",
    "food": "the list of food, step-free with toilets",
    "week": "what is on this week",
    "week near": "what is on this week, near a postcode",
    "map of the country": "the map, the whole country",
    "map of a town": "the map, a town",
    "map of what is on": "the map of what is on, the whole country",
    "home": "the home page",
    "calendar": "a calendar of everything (/whats-on.ics)",
    "calendar of a venue": "a calendar of one place (/venues/….ics)",
    "open referral": "Open Referral, the list of services",
}


def main(count: int) -> None:
    """Fill the database that the settings name, and answer each line with the figures of one round."""
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    settings.ALLOWED_HOSTS = ["localhost"]
    from engagement.directory.actions.coming import work_out_all
    from engagement.directory.models import Activity
    from portal.geo.models import Postcode

    Postcode.objects.get_or_create(code=POSTCODE[0], defaults={"latitude": POSTCODE[1], "longitude": POSTCODE[2]})
    filled = seconds(partial(call_command, "generate_volume", venues=count, stdout=sys.stderr))
    night = seconds(partial(work_out_all, timezone.now()))
    analyse()
    slug = Activity.objects.order_by("pk").values_list("schedules__venue__slug", flat=True)[0]
    works = {name: partial(_got, address) for name, address in _addresses(str(slug)).items()}
    facts, once = _facts(works)
    works = {name: work for name, work in works.items() if facts[f"bytes {name}"]}
    print(json.dumps({"filled": filled, "night": night} | facts), flush=True)
    slow = {name: taken for name, taken in once.items() if taken > SLOW}
    for _ in sys.stdin:
        print(json.dumps({name: slow.get(name) or seconds(work) for name, work in works.items()}), flush=True)


def _addresses(slug: str) -> dict[str, str]:
    return {
        "open now and near": "/warm-spaces/?when=now&near=SR84LX",
        "near": "/warm-spaces/?near=SR84LX",
        "list": "/warm-spaces/",
        "food": "/warm-spaces/?what=food&only=step-free&only=toilets",
        "week": "/whats-on/",
        "week near": "/whats-on/?near=SR84LX",
        "map of the country": f"/warm-spaces.geojson?bbox={COUNTRY}&zoom=6",
        "map of a town": f"/warm-spaces.geojson?bbox={TOWN}&zoom=12",
        "map of what is on": f"/whats-on.geojson?bbox={COUNTRY}&zoom=6",
        "home": "/",
        "calendar": "/whats-on.ics",
        "calendar of a venue": f"/venues/{slug}.ics",
        "open referral": "/open-referral/v3/services",
    }


def _got(address: str) -> int:
    """The length of an answer with nothing kept from before; nought for an address that does not answer."""
    from django.core.cache import cache
    from django.test import Client

    cache.clear()
    client = Client(SERVER_NAME="localhost")
    # Whoever brings a cookie gets no kept page.
    client.cookies["seen"] = "1"
    answer: Any = client.get(address)
    if answer.status_code != 200:
        return 0
    return len(b"".join(answer.streaming_content) if answer.streaming else answer.content)


def _facts(works: dict[str, partial[int]]) -> tuple[dict[str, float], dict[str, float]]:
    """How long each answer is and how often it asks the database; and the seconds that it took."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found: dict[str, float] = {}
    once: dict[str, float] = {}
    for name, work in works.items():
        with CaptureQueriesContext(connection) as asked:
            begun = perf_counter()
            found[f"bytes {name}"] = work()
            once[name] = perf_counter() - begun
        found[f"queries {name}"] = len(asked)
    return found, once


if __name__ == "__main__":
    main(int(sys.argv[1]))
