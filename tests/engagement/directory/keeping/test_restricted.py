"""Whoever asked that their row is not used for now is written to by nobody, at any of their places, until that is lifted."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from engagement.directory.actions import cancel_session
from engagement.directory.actions.corrections import send_correction
from engagement.directory.actions.keepers import add_keeper, ask_for_link
from engagement.directory.actions.proposals import propose
from engagement.directory.held import rows
from engagement.directory.keeping import reminders
from engagement.directory.keeping.mails import write_decided
from engagement.directory.listening.mails import ask
from engagement.directory.models import Activity, Keeper, Listener, ProposedChange, Telling, Venue
from portal.privacy.restricting import lift_restriction, restrict
from tests.conftest import Person
from tests.engagement.directory.keeping.conftest import KEEPER
from tests.factories.directory import make_venue, the_schedule
from tests.factories.listening import let_minutes_pass, make_listener

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SESSION = date(2026, 12, 2)


def set_aside(key: str, by: Person) -> None:
    for row in rows(key):
        restrict(row=row, request="R2D-2XY", by=by.user, now=NOW)


def used_again(key: str, by: Person) -> None:
    for row in rows(key):
        lift_restriction(row=row, because="They said so", by=by.user, now=NOW)


def test_no_mail_goes_to_a_keeper_whose_row_is_not_used(
    keeper: Keeper,
    hall: Venue,
    soup: Activity,
    coordinator: Person,
    lead: Person,
    letters: Callable[[], list[str]],
    wednesday_noon: datetime,
) -> None:
    Venue.objects.update(checked_at=wednesday_noon - timedelta(days=40))
    add_keeper(venue=make_venue("Other Hall"), email=KEEPER.upper(), by=coordinator.user)
    propose(entry=hall, wishes={"phone": "01632 960999"}, keeper=keeper)
    ProposedChange.objects.update(decision="not_taken", decided_at=wednesday_noon)

    def everything_that_writes() -> list[str]:
        Keeper.objects.update(link_sent_at=None, reminded_at=None)
        ask_for_link(address=KEEPER)
        send_correction(entry=hall, words="Shut")
        reminders.hand_out(now=wednesday_noon)
        write_decided(keeper.pk)
        return [one.split("\n")[0] for one in letters() if one.startswith(KEEPER)]

    letters()
    set_aside(f"keeper:{keeper.pk}", lead)
    assert everything_that_writes() == []
    assert ProposedChange.objects.to_tell().count() == 1
    used_again(f"keeper:{keeper.pk}", lead)
    assert len(everything_that_writes()) == 5


def test_what_waits_in_the_queue_does_not_go_either(
    keeper: Keeper, lead: Person, letters: Callable[[], list[str]]
) -> None:
    """Its first link waits for the worker when the row is set aside."""
    set_aside(f"keeper:{keeper.pk}", lead)
    assert letters() == []


def test_a_listener_whose_row_is_not_used_hears_of_nothing(
    soup: Activity, lead: Person, letters: Callable[[], list[str]]
) -> None:
    listener = make_listener(soup)
    other = make_listener(soup, "ben@example.org")
    schedule = the_schedule(soup)

    def hear(on: date) -> set[str]:
        cancel_session(schedule=schedule, on=on, reason="", by=None)
        let_minutes_pass()
        ask(listener.pk, tries=0)
        return {one.split(":")[0] for one in letters()} & {listener.email, other.email}

    letters()
    set_aside(f"listener:{listener.pk}", lead)
    assert hear(SESSION) == {other.email}
    assert Telling.objects.count() == 1
    used_again(f"listener:{listener.pk}", lead)
    assert hear(SESSION + timedelta(days=7)) == {listener.email, other.email}
    assert Listener.objects.in_use().count() == 2


def test_a_telling_that_is_ready_is_dropped_where_the_listener_is_set_aside(
    soup: Activity, lead: Person, letters: Callable[[], list[str]], run_worker: Callable[[], None]
) -> None:
    listener = make_listener(soup)
    letters()
    telling = Telling.objects.create(listener=listener, changes=[], is_undo=False, made_at=NOW)
    set_aside(f"listener:{listener.pk}", lead)
    from engagement.directory.listening.mails import write

    write(telling.pk, tries=0, now=NOW)
    telling.refresh_from_db()
    assert telling.done_at == NOW
    assert letters() == []
