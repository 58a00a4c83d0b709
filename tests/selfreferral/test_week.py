"""The staff home says how many people wait, to those who can answer them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.pages.week import the_week
from selfreferral.week import people_to_answer, records_to_erase
from tests.conftest import Person
from tests.factories.selfreferral import a_referral, claimed, talked_with
from tests.factories.together import a_wish_to_erase

pytestmark = pytest.mark.django_db


def test_people_who_have_not_talked_with_us_are_counted(navigator: Person) -> None:
    now = timezone.now()
    a_referral(now=now)
    claimed(by=navigator.user, now=now)
    talked_with(by=navigator.user, now=now)
    line = people_to_answer(navigator.user)
    assert line is not None
    assert (line.label, line.count, line.url, line.is_urgent) == ("people to answer", 2, "/staff/referrals/", False)


def test_one_who_waits_too_long_makes_it_urgent(navigator: Person) -> None:
    a_referral(now=timezone.now() - timedelta(days=10))
    line = people_to_answer(navigator.user)
    assert line is not None
    assert line.is_urgent
    assert line.label == "people to answer, 1 overdue"
    assert line in the_week(navigator.user)


def test_it_does_not_concern_others(administrator: Person, editor: Person) -> None:
    assert people_to_answer(administrator.user) is None
    assert people_to_answer(editor.user) is None


def test_an_administrator_sees_what_waits_to_be_erased(administrator: Person, lead: Person) -> None:
    a_wish_to_erase(a_referral(), by=lead.user)
    line = records_to_erase(administrator.user)
    assert line is not None
    assert (line.label, line.count, line.url) == ("records asked to be erased", 1, "/staff/erasures/")
    assert line in the_week(administrator.user)
    assert records_to_erase(lead.user) is None
