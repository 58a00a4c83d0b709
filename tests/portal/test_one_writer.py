"""Who writes to SQLite waits in line: first come, first served, and nobody for ever."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from portal.accounts.models import User
from portal.one_writer import base
from portal.one_writer.line import Line

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's writers do not wait for each other")
AT_ONCE = 0.0
LONG = 20.0


def run(*works: Callable[[], Any]) -> list[threading.Thread]:
    threads = [threading.Thread(target=work, daemon=True) for work in works]
    for thread in threads:
        thread.start()
    return threads


def until(is_so: Callable[[], Any]) -> None:
    """Go on as soon as another thread has come so far."""
    moment = threading.Event()
    for _ in range(2000):
        if is_so():
            return
        moment.wait(0.01)
    raise AssertionError("It never came so far.")


def test_the_turn_goes_to_whoever_has_waited_longest_and_nobody_pushes_in() -> None:
    line, served = Line(), list[str]()

    def wait(name: str) -> None:
        if line.enter(LONG):
            served.append(name)

    assert line.enter(AT_ONCE)
    for number, name in enumerate("abc", start=1):
        run(partial(wait, name))
        until(lambda number=number: len(line._waiting) == number)  # type: ignore[misc]
    for name in "abc":
        line.leave()
        # As the turn is handed on it is never free.
        assert not line.enter(AT_ONCE)
        until(lambda name=name: served[-1:] == [name])  # type: ignore[misc]
    line.leave()
    assert line.enter(AT_ONCE)


def test_whoever_gave_up_is_passed_over() -> None:
    line = Line()
    assert line.enter(AT_ONCE)
    assert not line.enter(AT_ONCE)
    line.leave()
    assert line.enter(AT_ONCE)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("ends", ["kept", "taken back", "broken off"])
def test_a_transaction_has_the_turn_until_it_ends_however_that_is(ends: str) -> None:
    line = base._lines[str(connection.settings_dict["NAME"])]
    try:
        with transaction.atomic():
            assert not line.enter(AT_ONCE)
            User.objects.create_user("a@example.org", None)
            if ends == "taken back":
                transaction.set_rollback(True)
            if ends == "broken off":
                raise KeyError
    except KeyError:
        pass
    assert line.enter(AT_ONCE)
    line.leave()
    assert User.objects.filter(email="a@example.org").exists() is (ends == "kept")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_connection_that_is_closed_half_way_hands_the_turn_on() -> None:
    line = base._lines[str(connection.settings_dict["NAME"])]

    def closes() -> None:
        transaction.atomic().__enter__()
        connection.close()

    run(closes)[0].join()
    assert line.enter(AT_ONCE)
    line.leave()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_who_waited_too_long_is_told_that_the_database_is_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", AT_ONCE)
    line = base._lines[str(connection.settings_dict["NAME"])]
    assert line.enter(AT_ONCE)
    try:
        with pytest.raises(OperationalError, match="database is locked"), transaction.atomic():
            pass
    finally:
        line.leave()
    with transaction.atomic():
        User.objects.create_user("a@example.org", None)
    assert User.objects.exists()
