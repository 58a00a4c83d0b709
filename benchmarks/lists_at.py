"""Long lists on one database: fills them, then measures a round whenever it is told to, in figures of one JSON line.

Run as `python -m benchmarks.lists_at` by `benchmarks.lists`.
"""

import json
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import django

from benchmarks.measure import seconds
from benchmarks.rehearsal import analyse

# Of so many some are not published.
FILLED = 110_000
ROWS, DEPTH, A_PAGE = 100_000, 99_900, 50
LISTS = ("what people say", "published comments at the desk")
ADDRESS = "/have-your-say/"


def main() -> None:
    """Fill the database that the settings name, and answer each line with the figures of one round."""
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    settings.ALLOWED_HOSTS = ["localhost"]
    call_command("generate_volume", comments=FILLED, stdout=sys.stderr)
    analyse()
    works, facts = _works()
    for work in works.values():
        work()
    print(json.dumps(facts), flush=True)
    for _ in sys.stdin:
        print(json.dumps({name: seconds(work) for name, work in works.items()}), flush=True)


def _works() -> tuple[dict[str, Callable[[], object]], dict[str, int]]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from engagement.comments.desk.pages import in_order
    from engagement.comments.models import PlaceComment
    from engagement.comments.selection import read_selection
    from portal.paging import page_of

    now = timezone.now()
    public = PlaceComment.objects.chosen(read_selection({})).with_row().latest_first()
    desk = in_order(PlaceComment.objects.on_the_desk("published", now=now).with_desk_row(now), "published")
    client = Client(SERVER_NAME="localhost")
    # Whoever brings a cookie gets nothing that was kept ready.
    client.cookies["of"] = "bench"
    works: dict[str, Callable[[], object]] = {}
    for what, found in zip(LISTS, (public, desk), strict=True):
        depth = min(DEPTH, found.count() - 2 * A_PAGE)
        mark = page_of(found, asked=_mark_at(found, depth), size=A_PAGE)
        works[f"{what} first"] = partial(_asked, found, {})
        works[f"{what} far"] = partial(_asked, found, _mark_at(found, depth))
        works[f"{what} back"] = partial(_asked, found, {"before": mark.before})
        works[f"{what} offset"] = partial(_by_offset, found, depth)
    addresses = {
        "first": ADDRESS,
        "far": f"{ADDRESS}?after={_mark_at(public, min(DEPTH, public.count() - 100))['after']}",
    }
    facts = {}
    for where, address in addresses.items():
        works[f"page {where}"] = partial(_got, client, address)
        _got(client, address)
        with CaptureQueriesContext(connection) as asked:
            _got(client, address)
        facts[f"queries {where}"] = len(asked)
    return works, facts


def _mark_at(found: Any, depth: int) -> dict[str, str]:
    """What the address of the page behind this row says; found once, the slow way."""
    from portal.paging import page_of

    before = page_of(
        found.filter(pk__in=list(found.values_list("pk", flat=True)[depth - 1 : depth + 1])), asked={}, size=1
    )
    return {"after": before.after}


def _asked(found: Any, asked: dict[str, str]) -> None:
    from portal.paging import page_of

    assert len(page_of(found, asked=asked, size=A_PAGE)) == A_PAGE


def _by_offset(found: Any, depth: int) -> None:
    assert list(found[depth : depth + A_PAGE + 1])


def _got(client: Any, address: str) -> None:
    assert client.get(address).status_code == 200, address


if __name__ == "__main__":
    main()
