"""Two entries become one without loss, and two again when that is taken back; nothing merges by itself."""

from datetime import date, time
from typing import Any

import pytest
from django.utils import timezone

from engagement.directory.actions import cancel_session, change_hours_on, move_session
from engagement.directory.actions.merging import (
    MOVES,
    CannotMerge,
    merge,
    propose_pairs,
    say_different,
    undo_decision,
)
from engagement.directory.models import (
    ComingSession,
    Correction,
    HoursException,
    Keeper,
    Likeness,
    Opening,
    Schedule,
    SessionChange,
    Venue,
)
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from tests.factories.directory import make_activity, make_venue, the_schedule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]


@pytest.fixture
def by() -> User:
    return User.objects.create_user("ada@demo.example", "a long enough password")


@pytest.fixture
def hall() -> Venue:
    return make_venue("Lantern Hall", postcode="SR8 4LX", phone="")


@pytest.fixture
def again() -> Venue:
    return make_venue("The Lantern Hall", postcode="SR8 4LX", phone="0191 000 0000", toilets="yes")


@pytest.fixture
def pair(hall: Venue, again: Venue) -> Likeness:
    assert propose_pairs(by=None) == 1
    return Likeness.objects.get()


def test_looking_proposes_and_merges_nothing(pair: Likeness, hall: Venue, again: Venue) -> None:
    assert (pair.first, pair.second, pair.decision) == (hall, again, "undecided")
    assert Venue.objects.listed().count() == 2
    assert propose_pairs(by=None) == 0


def test_a_pair_that_was_decided_never_comes_back(pair: Likeness, by: User) -> None:
    say_different(pair=pair, by=by)
    assert propose_pairs(by=None) == 0
    assert not Likeness.objects.undecided().exists()
    with pytest.raises(CannotMerge, match="decided this meanwhile"):
        merge(pair=pair, keep=pair.first, take=[], by=by)


def test_a_pair_that_is_no_longer_alike_goes(pair: Likeness, again: Venue) -> None:
    Venue.objects.filter(pk=again.pk).update(name="Bowls", postcode="DH1 1AA", latitude=54.9, longitude=-1.6)
    propose_pairs(by=None)
    assert not Likeness.objects.exists()


def test_everything_goes_with_the_other_entry_and_comes_back(
    pair: Likeness, hall: Venue, again: Venue, by: User
) -> None:
    soup = the_schedule(make_activity(venue=again))
    elsewhere = the_schedule(make_activity("Chess", venue=make_venue("Far off", latitude=54.9, longitude=-1.6)))
    cancel_session(schedule=soup, on=date(2026, 12, 2), reason="boiler", by=by)
    on = date(2026, 12, 9)
    move_session(schedule=elsewhere, on=on, to_on=on, starts_at=time(9), ends_at=None, venue=again, reason="", by=by)
    change_hours_on(venue=again, first_on=on, last_on=on, reason="flood", by=by)
    now = timezone.now()
    Keeper.objects.create(venue=again, email="joan@example.org", added_at=now, added_by=by)
    Keeper.objects.create(venue=hall, email="both@example.org", added_at=now, added_by=by)
    Keeper.objects.create(venue=again, email="both@example.org", added_at=now, added_by=by)
    Correction.objects.create(venue=again, words="The door is round the back.", sent_at=now)
    sequence = Schedule.objects.get(pk=soup.pk).sequence

    merge(pair=pair, keep=hall, take=["phone", "toilets"], by=by)

    hall.refresh_from_db()
    assert (hall.name, hall.phone, hall.toilets) == ("Lantern Hall", "0191 000 0000", "yes")
    assert list(Venue.objects.listed().by_name().values_list("name", flat=True)) == ["Far off", "Lantern Hall"]
    assert Schedule.objects.get(pk=soup.pk).venue == hall
    assert Schedule.objects.get(pk=soup.pk).sequence > sequence
    assert set(ComingSession.objects.filter(schedule=soup).values_list("venue", flat=True)) == {hall.pk}
    assert SessionChange.objects.get(schedule=elsewhere, kind="moved").moved_venue == hall
    assert HoursException.objects.get().venue == hall
    assert not Opening.objects.filter(venue=hall, opens_at__date=on).exists()
    assert Keeper.objects.get(email="joan@example.org").venue == hall
    assert Keeper.objects.filter(email="both@example.org", venue=again).exists()
    assert Correction.objects.get().venue == hall
    assert AuditEvent.objects.about(hall).newest_first()[0].action == "directory.merge_venues"

    undo_decision(pair=Likeness.objects.get(), by=by)

    hall.refresh_from_db()
    again.refresh_from_db()
    assert (hall.phone, hall.toilets, again.merged_into) == ("", "not_known", None)
    assert Schedule.objects.get(pk=soup.pk).venue == again
    assert set(ComingSession.objects.filter(schedule=soup).values_list("venue", flat=True)) == {again.pk}
    assert SessionChange.objects.get(schedule=elsewhere, kind="moved").moved_venue == again
    assert HoursException.objects.get().venue == again
    assert Keeper.objects.get(email="joan@example.org").venue == again
    assert Correction.objects.get().venue == again
    assert Likeness.objects.get().put_back == {}
    assert Likeness.objects.undecided().count() == 1


def test_what_somebody_put_right_since_stays_when_a_merge_is_taken_back(pair: Likeness, hall: Venue, by: User) -> None:
    merge(pair=pair, keep=hall, take=["phone"], by=by)
    Venue.objects.filter(pk=hall.pk).update(phone="0191 000 0009")
    undo_decision(pair=pair, by=by)
    hall.refresh_from_db()
    assert hall.phone == "0191 000 0009"


def test_a_third_listing_of_one_place_follows(pair: Likeness, hall: Venue, again: Venue, by: User) -> None:
    third = make_venue("Lantern Hall café", postcode="SR8 4LX")
    propose_pairs(by=None)
    merge(pair=pair, keep=again, take=[], by=by)
    assert not Likeness.objects.undecided().filter(first=hall).exists()
    merge(pair=Likeness.objects.undecided().get(), keep=third, take=[], by=by)
    hall.refresh_from_db()
    assert hall.merged_into == third
    with pytest.raises(CannotMerge, match="Take that back first"):
        undo_decision(pair=pair, by=by)


def test_taking_back_twice_is_refused(pair: Likeness, by: User) -> None:
    say_different(pair=pair, by=by)
    undo_decision(pair=pair, by=by)
    with pytest.raises(CannotMerge, match="taken this back already"):
        undo_decision(pair=pair, by=by)


def test_nothing_that_hangs_on_a_venue_is_forgotten() -> None:
    """What is worked out afresh, and the pairs themselves, stay; all else is moved."""
    relations: list[Any] = list(Venue._meta.get_fields(include_hidden=True))
    hanging = {
        (relation.related_model, relation.field.name)
        for relation in relations
        if relation.one_to_many and relation.auto_created
    }
    worked_out = {(Opening, "venue"), (ComingSession, "venue"), (Likeness, "first"), (Likeness, "second")}
    assert hanging - worked_out == set(MOVES.values())
