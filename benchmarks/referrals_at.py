"""The queue of one size on one database: fills it, then measures a round whenever it is told to, in figures of one JSON line.

Run as `python -m benchmarks.referrals_at COUNT [open]` by `benchmarks.referrals`, which lets several sizes take turns.
"""

import json
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import django

from benchmarks.measure import seconds
from benchmarks.rehearsal import analyse

OPENED = 50
LOOKS = 200
QUEUE = "/staff/referrals/"
TABS = ("", "new", "overdue", "unclaimed", "mine", "again", "finished")
NAVIGATORS = 12


def main(count: int, *how: str) -> None:
    """Fill the database that the settings name, and answer each line with the figures of one round."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["localhost"]
    people = [_navigator(number) for number in range(NAVIGATORS)]
    filled = seconds(
        partial(call_command, "generate_volume", referrals=count, all_open="open" in how, stdout=sys.stderr)
    )
    analyse()
    client = _signed_in(people[0])
    works = _works(people[0], client)
    for work in works.values():
        work()
    print(json.dumps({"filled": filled} | _queries(client)), flush=True)
    for _ in sys.stdin:
        print(json.dumps({name: seconds(work) for name, work in works.items()} | _looks(people[0])), flush=True)


def _navigator(number: int) -> Any:
    from django.contrib.auth.models import Group

    from portal.accounts.models import User

    user = User.objects.create_user(f"navigator{number}@bench.example", None)
    user.groups.set(Group.objects.filter(name="Navigator"))
    return user


def _signed_in(user: Any) -> Any:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _works(user: Any, client: Any) -> dict[str, Callable[[], object]]:
    """Everything that a navigator waits for."""
    from selfreferral.models import Referral
    from selfreferral.models.sealing import place
    from selfreferral.queue.finding import find

    works: dict[str, Callable[[], object]] = {}
    for show in TABS:
        works[f"page {show or 'open'}"] = partial(_got, client, f"{QUEUE}?show={show}")
        works[f"rows {show or 'open'}"] = partial(_rows, user, show)
    works["deep"] = partial(_rows, user, "finished", _half_way(user, "finished"))
    somebody = Referral.objects.order_by("received_at").first()
    assert somebody is not None
    for what, typed in {
        "name": "Tess Marsh",
        "first name": "Tess",
        "phone": "07700 9000042",
        "reference": somebody.reference,
        "nickname": somebody.nickname,
    }.items():
        works[f"find {what}"] = partial(find, typed, user=user)
    some = list(Referral.objects.order_by("pk").prefetch_related("answers")[:OPENED])

    def opened() -> None:
        for referral in some:
            box = referral.strongbox()
            for answer in referral.answers.all():
                box.open(answer.sealed_answers, place=place(answer, "answers"))

    return works | {"opened": opened}


def _got(client: Any, address: str) -> None:
    assert client.get(address).status_code == 200, address


def _rows(user: Any, show: str, after: str = "") -> None:
    """What the page asks the database, without drawing it."""
    from django.utils import timezone

    from selfreferral.queue.rows import Queue

    queue = Queue.before(user, now=timezone.now(), today=timezone.localdate())
    stretches = queue.stretches(show)
    page = stretches.page(after=stretches.read_mark(after), size=50)
    queue.counts()
    queue.rows([*page.referrals, *queue.lost()])


def _half_way(user: Any, show: str) -> str:
    """The last row of the page half-way down, found once, the slow way."""
    from django.utils import timezone

    from selfreferral.queue.rows import Queue

    stretches = Queue.before(user, now=timezone.now(), today=timezone.localdate()).stretches(show)
    found = stretches.parts[0][0].in_order_of(*stretches.moments, newest_first=stretches.newest_first)
    row = found[found.count() // 2 :].first()
    return str(stretches.mark_of(row)) if row else ""


def _queries(client: Any) -> dict[str, int]:
    """How often each page asks the database."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = {}
    for show in TABS:
        with CaptureQueriesContext(connection) as asked:
            _got(client, f"{QUEUE}?show={show}")
        found[f"queries {show or 'open'}"] = len(asked)
    return found


def _looks(user: Any) -> dict[str, float]:
    """One look, written for good."""
    from selfreferral.actions.looking import write_look
    from selfreferral.seeing.sight import Purpose

    def written() -> None:
        for _ in range(LOOKS):
            write_look(purpose=Purpose.SEARCH, by=user, found=1)

    return {"look": seconds(written) / LOOKS}


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
