"""Somebody who worked here leaves: the account is closed, and history keeps who did what."""

import pytest
from django.db import transaction
from django.urls import reverse

from portal.accounts.leaving import AccountIsKept, has_worked_here
from portal.accounts.models import User
from portal.audit.record import record
from selfreferral.models import Allocation
from tests.conftest import Person
from tests.factories.selfreferral import claimed

pytestmark = pytest.mark.django_db


def test_an_account_that_did_something_is_not_deleted(navigator: Person) -> None:
    record(action="geo.add", by=navigator.user)
    with pytest.raises(AccountIsKept, match="Open it under People and close it"), transaction.atomic():
        navigator.user.delete()
    with pytest.raises(AccountIsKept), transaction.atomic():
        User.objects.filter(pk=navigator.user.pk).delete()
    assert User.objects.filter(pk=navigator.user.pk).exists()


def test_an_account_that_was_given_something_is_not_deleted(navigator: Person, lead: Person) -> None:
    assert not has_worked_here(lead.user)
    row = Allocation.objects.get(referral=claimed(by=navigator.user))
    Allocation.objects.filter(pk=row.pk).update(navigator=lead.user)
    assert has_worked_here(lead.user)


def test_an_account_that_was_never_used_can_go(navigator: Person) -> None:
    navigator.get("/staff/")
    navigator.user.delete()
    assert not User.objects.filter(email=navigator.user.email).exists()


@pytest.mark.parametrize("is_superuser", [False, True])
def test_no_screen_deletes_an_account(administrator: Person, navigator: Person, is_superuser: bool) -> None:
    User.objects.filter(pk=administrator.user.pk).update(is_superuser=is_superuser)
    administrator.post(f"/staff/users/delete/{navigator.user.pk}/")
    administrator.post(f"{reverse('wagtail_bulk_action', args=['accounts', 'user', 'delete'])}?id={navigator.user.pk}")
    assert User.objects.filter(pk=navigator.user.pk).exists()
