"""What is held stays until somebody says why it need not, and both are written down."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from engagement.comments.models import Follower
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.geo.models import NamedPlace
from portal.privacy.holds import HoldRefused, LegalHold, end_hold, held_ids, is_held, place_hold
from portal.privacy.periods import period
from portal.privacy.restricting import is_restricted, restrict
from tests.conftest import PASSWORD, Person
from tests.factories.comments import make_comment

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LATER = timezone.localdate(NOW) + timedelta(days=90)


@pytest.fixture
def place(db: None) -> NamedPlace:
    return NamedPlace.objects.create(name="Park", slug="park", kind="green")


def hold(place: NamedPlace, by: User, **changed: Any) -> LegalHold:
    return place_hold(
        **{"subject": place, "reason": "A complaint", "review_on": LATER, "by": by, "now": NOW, **changed}
    )


def test_a_row_is_held_until_somebody_ends_it(place: NamedPlace, lead: Person) -> None:
    other = NamedPlace.objects.create(name="Club", slug="club", kind="green")
    placed = hold(place, lead.user)
    assert held_ids(NamedPlace) == {str(place.pk)}
    assert (is_held(place), is_held(other), held_ids(User)) == (True, False, set())
    end_hold(hold=placed, because="The complaint is settled", by=lead.user, now=NOW)
    assert (held_ids(NamedPlace), is_held(place)) == (set(), False)
    told = [(event.action, event.done_by) for event in AuditEvent.objects.about(placed).order_by("pk")]
    assert told == [("privacy.place_hold", str(lead.user.pk)), ("privacy.end_hold", str(lead.user.pk))]
    assert hold(place, lead.user).pk != placed.pk


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"reason": " "}, "Say why"), ({"review_on": timezone.localdate(NOW)}, "Choose a day after today")],
)
def test_a_hold_needs_a_reason_and_a_day_to_look_again(
    place: NamedPlace, lead: Person, changed: dict[str, Any], told: str
) -> None:
    with pytest.raises(HoldRefused, match=told):
        hold(place, lead.user, **changed)
    assert not LegalHold.objects.exists()


def test_a_row_is_held_once_and_not_when_it_is_gone(place: NamedPlace, lead: Person) -> None:
    hold(place, lead.user)
    with pytest.raises(HoldRefused, match="held already"):
        hold(place, lead.user)
    with pytest.raises(HoldRefused, match="gone already"):
        hold(NamedPlace(pk=place.pk + 1), lead.user)
    assert LegalHold.objects.count() == 1


def test_a_hold_is_ended_once_and_with_a_reason(place: NamedPlace, lead: Person) -> None:
    placed = hold(place, lead.user)
    with pytest.raises(HoldRefused, match="Say why"):
        end_hold(hold=placed, because="", by=lead.user, now=NOW)
    assert is_held(place)
    end_hold(hold=placed, because="Settled", by=lead.user, now=NOW)
    with pytest.raises(HoldRefused, match="ended this hold already"):
        end_hold(hold=placed, because="Settled", by=lead.user, now=NOW)


def test_a_hold_on_a_row_that_goes_with_another_keeps_that_row_alone(lead: Person) -> None:
    for address in ("ann@example.org", "ben@example.org"):
        make_comment("Bins.", address=address)
    held = Follower.objects.order_by("pk")[0]
    Follower.objects.update(confirmed_at=None, asked_at=NOW - timedelta(days=60))
    place_hold(subject=held, reason="A complaint", review_on=LATER, by=lead.user, now=NOW)
    unconfirmed = period("comments.unconfirmed")
    cutoff = unconfirmed.cutoff(NOW)
    assert (unconfirmed.due(cutoff), unconfirmed.kept_back(cutoff)) == (1, 1)
    assert unconfirmed.things.destroy(cutoff, NOW).rows == 1
    assert list(Follower.objects.all()) == [held]


def test_a_restriction_is_told_by_its_kind_and_by_no_words(place: NamedPlace, lead: Person) -> None:
    other = NamedPlace.objects.create(name="Club", slug="club", kind="green")
    ordinary = hold(place, lead.user, reason="Not to be used: nothing of it is")
    restriction = restrict(row=other, request="R2D-2XY", by=lead.user, now=NOW)
    assert (is_restricted(place), is_restricted(other)) == (False, True)
    assert (ordinary.why, restriction.why) == (ordinary.reason, "Not to be used for now: R2D-2XY")
    lead.post("/accounts/reauthenticate/", {"password": PASSWORD})
    kept = "/staff/kept/"
    assert "Not to be used for now: R2D-2XY" in lead.get(f"{kept}soon/").content.decode()
    assert lead.get(f"{kept}held/{restriction.pk}/end/").status_code == 404
    assert lead.get(f"{kept}held/{ordinary.pk}/end/").status_code == 200


def test_restrictions_of_before_get_their_kind_from_their_words_and_back(place: NamedPlace, lead: Person) -> None:
    old = hold(place, lead.user, reason="Not to be used: R2D-2XY")
    other = hold(NamedPlace.objects.create(name="Club", slug="club", kind="green"), lead.user)
    move = import_module("portal.privacy.migrations.0003_restrictions_are_a_kind_of_hold")
    kinds = LegalHold.objects.order_by("pk").values_list("kind", "reason")
    editor = SimpleNamespace(connection=connection)
    move.take_the_kind_from_the_words(apps, editor)
    assert list(kinds) == [("restriction", "R2D-2XY"), ("hold", other.reason)]
    move.put_it_back_into_the_words(apps, editor)
    old.refresh_from_db()
    assert old.reason == "Not to be used: R2D-2XY"
