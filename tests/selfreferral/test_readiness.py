"""With keys other than those with which the database was begun, nothing is taken in, and everybody can see it."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.operations.timekeeping import beat
from selfreferral import vault
from selfreferral.models import Canary, Referral
from selfreferral.readiness import check_open, is_open
from tests.conftest import Person
from tests.factories.selfreferral import a_referral
from tests.selfreferral.keys import a_key

pytestmark = pytest.mark.django_db


def test_the_canary_is_there_from_the_first_migration_on() -> None:
    assert Canary.objects.get().sings
    assert is_open()


def test_a_wrong_key_is_noticed_before_anybody_has_asked(settings: Any) -> None:
    assert not Referral.objects.exists()
    settings.REFERRAL_KEYS = [a_key()]
    with pytest.raises(vault.VaultIsShut, match="not those with which this database was begun"):
        check_open()


def test_a_wrong_index_key_is_noticed_too(settings: Any) -> None:
    settings.INDEX_KEY = "somebody else's"
    with pytest.raises(vault.VaultIsShut, match="INDEX_KEY"):
        check_open()


@pytest.mark.parametrize("keys", [[], ["rubbish"]])
def test_no_key_and_a_broken_key_are_noticed(settings: Any, keys: list[str]) -> None:
    settings.REFERRAL_KEYS = keys
    assert not is_open()


def test_a_changed_canary_does_not_sing() -> None:
    Canary.objects.update(sealed_song=b"\x01" + bytes(300))
    assert not is_open()


def test_with_wrong_keys_the_way_in_is_a_telephone_number(resident: Person, settings: Any) -> None:
    assert resident.get("/get-help/").status_code == 200
    settings.REFERRAL_KEYS = [a_key()]
    response = resident.get("/get-help/")
    assert response.status_code == 503
    assert "tel:" in response.content.decode()


def test_the_machine_that_asks_is_told(resident: Person, settings: Any) -> None:
    beat("a worker", timezone.now())
    assert resident.get("/readyz").json()["keys"]
    settings.REFERRAL_KEYS = [a_key()]
    response = resident.get("/readyz")
    assert (response.status_code, response.json()["keys"]) == (503, False)


def test_where_the_keys_came_after_the_migration_the_first_start_makes_the_canary(settings: Any) -> None:
    Canary.objects.all().delete()
    keys, settings.REFERRAL_KEYS = settings.REFERRAL_KEYS, []
    call_command("migrate", verbosity=0)
    assert not Canary.objects.exists()
    settings.REFERRAL_KEYS = keys
    check_open()
    assert Canary.objects.get().sings


def test_a_lost_canary_is_not_made_with_keys_that_do_not_open_what_is_kept(settings: Any) -> None:
    a_referral()
    Canary.objects.all().delete()
    settings.REFERRAL_KEYS = [a_key()]
    with pytest.raises(vault.VaultIsShut, match="do not open the referrals"):
        check_open()
    assert not Canary.objects.exists()


def test_migrating_again_keeps_the_one_that_is_there(settings: Any) -> None:
    before = bytes(Canary.objects.get().wrapped_key)
    settings.REFERRAL_KEYS = [a_key()]
    call_command("migrate", verbosity=0)
    assert bytes(Canary.objects.get().wrapped_key) == before
    with pytest.raises(IntegrityError), transaction.atomic():
        Canary.objects.create(mark="another")


def test_a_key_put_first_is_open_at_once_and_an_old_one_taken_out_too_early_is_shut(settings: Any) -> None:
    [old], new = settings.REFERRAL_KEYS, a_key()
    a_referral()
    settings.REFERRAL_KEYS = [new, old]
    check_open()
    settings.REFERRAL_KEYS = [new]
    assert not is_open()


def test_what_was_erased_does_not_shut_the_room() -> None:
    for _ in range(4):
        Referral.objects.filter(pk=a_referral().pk).update(wrapped_key=b"", erased_at=timezone.now())
    check_open()
