"""Somebody else holds the database while six people press "Send": they wait, all six are kept, and reading goes on."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path

from django.utils import timezone

from selfreferral.models import Referral
from tests.factories.selfreferral import FOR_MYSELF, a_draft
from tests.selfreferral.faults.serving import Browser, a_server

PEOPLE = 6
PAGES = ("/have-your-say/", "/warm-spaces/", "/privacy/")


def test_six_who_send_while_the_database_is_locked_are_all_kept(database: Path) -> None:
    people = [
        Browser(a_draft(now=timezone.now(), answers={**FOR_MYSELF, "name": f"Example {n}"})) for n in range(PEOPLE)
    ]
    with a_server(database) as (port, _), closing(sqlite3.connect(database, isolation_level=None)) as other:
        # The first visit of all writes the settings of a new site down.
        before = [people[0].asks(port, path)[0] for path in PAGES]
        other.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(PEOPLE) as hands:
            pressed = [hands.submit(person.sends, port) for person in people]
            # Nobody can be answered before the other lets go; meanwhile two of the server's eight hands serve who reads.
            pages = [people[0].asks(port, path)[0] for path in PAGES]
            answered_early = wait(pressed, timeout=0).done
            other.execute("ROLLBACK")
            told = [one.result() for one in pressed]
    assert before == pages == [200, 200, 200]
    assert not answered_early
    assert {status for status, _ in told} == {302}
    assert {reference for _, reference in told} == set(Referral.objects.values_list("reference", flat=True))
    assert Referral.objects.count() == PEOPLE
