"""A web server killed for real between "Send" and the reference, and a button that is pressed twice at once."""

import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.audit.models import AuditEvent
from selfreferral.models import DraftReferral, Referral
from selfreferral.questions.shapes import Part
from selfreferral.reading.answers import opened_answers
from tests.factories.selfreferral import FOR_MYSELF, a_draft
from tests.selfreferral.faults.serving import Browser, a_server

# Whether it is in the queue already when the server dies, before the person presses again.
MOMENTS = {
    "before_sending": False,
    "while_it_is_written": False,
    "before_the_transaction_ends": False,
    "after_it_is_kept": True,
    "before_the_answer": True,
    "after_the_answer": True,
}
AT_ONCE = 6


def somebody(name: str) -> Browser:
    return Browser(a_draft(now=timezone.now(), answers={**FOR_MYSELF, "name": f"Example {name}"}))


def names_in_the_queue() -> list[str]:
    referrals = Referral.objects.all()
    return sorted(str(opened_answers(one, one.strongbox(), tuple(Part))["name"]) for one in referrals)


def alerts() -> int:
    return DBTaskResult.objects.filter(task_path__endswith="alert_navigators").count()


def test_a_server_killed_at_any_moment_loses_nothing_and_doubles_nothing(database: Path) -> None:
    people = {moment: somebody(moment) for moment in MOMENTS}
    for moment, is_kept in MOMENTS.items():
        with a_server(database, dies=moment) as (port, process):
            status, reference = people[moment].sends(port)
            process.wait(timeout=60)
            assert process.returncode == -signal.SIGKILL, moment
        assert (status, reference) == (302 if moment == "after_the_answer" else 0, ""), moment
        assert (f"Example {moment}" in names_in_the_queue()) is is_kept, moment
    with a_server(database) as (port, _):
        again = {moment: person.sends(port) for moment, person in people.items()}
        once_more = {moment: person.sends(port) for moment, person in people.items()}
    assert {status for status, _ in again.values()} == {302}
    assert again == once_more
    assert {reference for _, reference in again.values()} == set(Referral.objects.values_list("reference", flat=True))
    assert names_in_the_queue() == sorted(f"Example {moment}" for moment in MOMENTS)
    assert not DraftReferral.objects.exists()
    assert AuditEvent.objects.filter(action="selfreferral.send").count() == len(MOMENTS)
    assert alerts() == len(MOMENTS)


def test_pressed_many_times_at_once_on_two_servers_it_is_one_and_all_see_the_same_reference(database: Path) -> None:
    person = somebody("Quick")
    gate = Barrier(AT_ONCE)

    def press(port: int) -> tuple[int, str]:
        gate.wait()
        return person.sends(port)

    with a_server(database) as (one, _), a_server(database) as (other, _), ThreadPoolExecutor(AT_ONCE) as hands:
        seen = list(hands.map(press, [one, other] * (AT_ONCE // 2)))
    assert seen == [(302, Referral.objects.get().reference)] * AT_ONCE
    assert names_in_the_queue() == ["Example Quick"]
    assert alerts() == 1
