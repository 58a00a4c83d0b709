"""What is held stays until somebody says why it need not, and both are written down."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.geo.models import NamedPlace
from portal.privacy.holds import HoldRefused, LegalHold, end_hold, held_ids, is_held, place_hold
from tests.conftest import Person

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
