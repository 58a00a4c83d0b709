"""Two people at one entry at the same time: what one of them wrote never takes the other's away."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from engagement.directory.actions import add_or_update_venue, change_activity, change_hours_on, proposals, restore_hours
from engagement.directory.actions.checking import note_asked
from engagement.directory.actions.keepers import add_keeper
from engagement.directory.actions.merging import _keep_pairs, propose_pairs, say_different
from engagement.directory.actions.proposals import propose, take
from engagement.directory.actions.proposed_hours import put_aside_hours, take_hours
from engagement.directory.keeping.wishes import fingerprint, value_now
from engagement.directory.likeness import Alike
from engagement.directory.models import Activity, Keeper, Likeness, ProposedChange, Venue
from engagement.directory.models.alike import LikenessQuerySet
from portal.audit.models import AuditEvent
from portal.refusals import Refused
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(wednesday_noon: datetime) -> Venue:
    return make_venue(phone="01632 960000")


@pytest.fixture
def kay(hall: Venue, coordinator: Person) -> Keeper:
    return add_keeper(venue=hall, email="kay@hall.example", by=coordinator.user)


def seen(wish: ProposedChange) -> str:
    return fingerprint(value_now(wish.entry, wish.field))


def meanwhile(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object]) -> None:
    """Somebody else's deed comes between reading a value of an entry and writing, once."""
    left = [deed]

    def read(entry: Any, field: str) -> str:
        value = value_now(entry, field)
        if left:
            left.pop()()
        return value

    monkeypatch.setattr(proposals, "value_now", read)


def test_a_stale_venue_writes_only_its_own_words(hall: Venue, wednesday_noon: datetime) -> None:
    kept, stale = make_venue("Kept Hall"), Venue.objects.get(pk=hall.pk)
    others = {
        "checked_at": wednesday_noon,
        "opening_hours": "Mo 10:00-12:00",
        "merged_into": kept,
        "description": "Warm",
    }
    Venue.objects.filter(pk=hall.pk).update(**others)
    stale.description = "typed and never given as words"
    add_or_update_venue(venue=stale, by=None, phone="01632 960999")
    now = Venue.objects.get(pk=hall.pk)
    assert now.phone == "01632 960999"
    assert {name: getattr(now, name) for name in others} == others
    assert AuditEvent.objects.about(hall).newest_first()[0].detail == {"fields": ["phone"]}
    assert now.updated_at > hall.updated_at


def test_a_stale_activity_writes_only_its_own_words(hall: Venue, wednesday_noon: datetime) -> None:
    stale = make_activity(venue=hall)
    Activity.objects.filter(pk=stale.pk).update(checked_at=wednesday_noon, cost="£2")
    change_activity(activity=stale, by=None, description="Soup")
    now = Activity.objects.get(pk=stale.pk)
    assert (now.description, now.cost, now.checked_at) == ("Soup", "£2", wednesday_noon)


def test_two_coordinators_take_two_fields_and_both_stay(
    hall: Venue, kay: Keeper, coordinator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    wishes = {"phone": "01632 960999", "description": "A warm room"}
    phone, words = propose(entry=hall, wishes=wishes, keeper=kay)
    stale = ProposedChange.objects.with_entry().get(pk=words.pk)
    marks = seen(phone), seen(stale)
    meanwhile(monkeypatch, lambda: take(change=phone, seen=marks[0], by=coordinator.user))
    take(change=stale, seen=marks[1], by=coordinator.user)
    now = Venue.objects.get(pk=hall.pk)
    assert (now.phone, now.description) == ("01632 960999", "A warm room")


def test_a_decision_that_was_made_meanwhile_is_not_written_over(
    hall: Venue, kay: Keeper, coordinator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old,) = propose(entry=hall, wishes={"phone": "01632 960999"}, keeper=kay)
    mark = seen(old)
    meanwhile(monkeypatch, lambda: take(change=old, seen=mark, by=coordinator.user))
    propose(entry=hall, wishes={"phone": "01632 960111"}, keeper=kay)
    old.refresh_from_db()
    assert (old.decision, old.decided_by) == (ProposedChange.Decision.TAKEN, coordinator.user)


def test_one_wish_is_decided_once(hall: Venue, kay: Keeper, coordinator: Person) -> None:
    (wish,) = propose(entry=hall, wishes={"phone": "01632 960999"}, keeper=kay)
    stale, mark = ProposedChange.objects.get(pk=wish.pk), seen(wish)
    take(change=wish, seen=mark, by=coordinator.user)
    with pytest.raises(Refused, match="decided this already"):
        take(change=stale, seen=mark, by=coordinator.user)


def test_a_pair_that_was_decided_while_pairs_were_looked_for_stays(
    hall: Venue, coordinator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = make_venue("The Lantern Hall", phone="01632 960000")
    assert propose_pairs(by=None) == 1
    as_read = list(Likeness.objects.all())
    say_different(pair=as_read[0], by=coordinator.user)
    monkeypatch.setattr(LikenessQuerySet, "select_for_update", lambda self: self)
    monkeypatch.setattr(type(Likeness.objects), "all", lambda _: as_read)
    _keep_pairs([], None)
    assert Likeness.objects.get().decision == Likeness.Decision.DIFFERENT
    monkeypatch.setattr(type(Likeness.objects), "all", lambda _: [])
    _keep_pairs([Alike(hall.pk, again.pk, 0.9, "the same name")], None)
    assert Likeness.objects.get().decision == Likeness.Decision.DIFFERENT


def test_a_reading_is_taken_or_put_aside_only_as_it_was_seen(hall: Venue, coordinator: Person) -> None:
    Venue.objects.filter(pk=hall.pk).update(hours_proposed="Mo 10:00-12:00")
    stale, by = Venue.objects.get(pk=hall.pk), coordinator.user
    Venue.objects.filter(pk=hall.pk).update(hours_proposed="Tu 10:00-12:00")
    assert not take_hours(venue=stale, seen="Mo 10:00-12:00", by=by)
    assert not put_aside_hours(venue=stale, seen="Mo 10:00-12:00", by=by)
    assert Venue.objects.get(pk=hall.pk).hours_proposed == "Tu 10:00-12:00"
    assert take_hours(venue=stale, seen="Tu 10:00-12:00", by=by)
    assert Venue.objects.get(pk=hall.pk).opening_hours == "Tu 10:00-12:00"
    assert not put_aside_hours(venue=stale, seen="", by=by)


def test_two_runs_at_once_ask_nobody_twice(hall: Venue, kay: Keeper, wednesday_noon: datetime) -> None:
    a_moment_later, a_week_later = wednesday_noon + timedelta(seconds=2), wednesday_noon + timedelta(days=7)
    asked = {"keepers": [kay.pk], "venues": [hall.pk]}
    assert note_asked(**asked, now=wednesday_noon)
    assert not note_asked(**asked, now=a_moment_later)
    assert note_asked(**asked, now=a_week_later)


def test_days_off_are_said_by_the_tests_clock_with_the_keepers_number(
    hall: Venue, kay: Keeper, wednesday_noon: datetime
) -> None:
    on = date(2026, 12, 24)
    said = change_hours_on(venue=hall, first_on=on, last_on=on, reason="Christmas", by=None, keeper=kay)
    assert restore_hours(exception=said, by=None, keeper=kay)
    said.refresh_from_db()
    assert (said.made_at, said.undone_at) == (wednesday_noon, wednesday_noon)
    assert [event.detail["keeper"] for event in AuditEvent.objects.about(hall).newest_first()[:2]] == [kay.pk, kay.pk]
