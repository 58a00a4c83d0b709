"""Every table that says that it goes to the person is told of by one room, and each room tells of what it says."""

from typing import Any

import pytest
from django.utils import timezone

from portal.emails.models import SoftBounce
from portal.privacy import PersonalData
from portal.privacy.declarations import declaration_of, our_models
from portal.privacy.people import holder_called, holders
from tests.conftest import Person


def told_of() -> list[Any]:
    return [model for holder in holders() for model in holder.models]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_what_is_declared_as_handed_out_is_told_of_by_exactly_one_room(model: Any) -> None:
    declared = declaration_of(model)
    times = told_of().count(model)
    if isinstance(declared, PersonalData) and declared.exported:
        assert times == 1, f"{model.__name__} says that it is exported, and no holder (held.py) tells of it"
    else:
        assert times <= 1


def test_every_room_is_there_once_with_a_title() -> None:
    assert [holder.name for holder in holders()] == [
        "accounts",
        "comments",
        "directory",
        "emails",
        "newspaper",
        "referrals",
        "requests",
    ]
    assert all(holder.title for holder in holders())
    assert {holder.name for holder in holders() if not holder.is_everyday} == {"accounts", "referrals"}


@pytest.mark.django_db
def test_what_stays_is_said_to_stay_as_long_as_the_setting_says(settings: Any, lead: Person) -> None:
    settings.KEEP_SOFT_BOUNCES_DAYS, settings.KEEP_REQUESTS_YEARS, settings.KEEP_HISTORY_YEARS = 40, 4, 5
    now = timezone.now()
    came_back = SoftBounce.objects.create(address_hash="a" * 64, mail="first", came_back_at=now)
    for room, key, said in (
        ("emails", f"came_back:{came_back.pk}", "40 days"),
        ("requests", "1", "4 years"),
        ("accounts", f"{lead.user.pk}", "5 years"),
    ):
        assert said in str(holder_called(room).foresee(key).stays), room
