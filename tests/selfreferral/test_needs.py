"""What has been written down counts for this time round, and not for the time before."""

from datetime import date, timedelta

import pytest

from selfreferral.actions.contact import signpost
from selfreferral.actions.correcting import narrow
from selfreferral.actions.triage import claim, move
from selfreferral.contact.card import Channel
from selfreferral.models import Referral
from selfreferral.needs import what_there_is
from selfreferral.workflow import Need, State
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_service, being_contacted, talked_with, tried_enough

pytestmark = pytest.mark.django_db
LATER = WEDNESDAY + timedelta(hours=1)


def has(referral: Referral, next_try_on: date | None = None) -> set[Need]:
    return what_there_is(Referral.objects.get(pk=referral.pk), next_try_on, LATER)


def test_a_talk_and_a_service_of_this_time(navigator: Person) -> None:
    referral = talked_with(by=navigator.user)
    assert has(referral) == {Need.TALK, Need.OWNER}
    signpost(referral=referral, service=a_service(), words="By bus.", by=navigator.user, now=LATER)
    assert has(referral) == {Need.TALK, Need.OWNER, Need.SIGNPOST}
    for to in (State.WITHDRAWN, State.NEW):
        move(referral=referral, to=to, reason="So.", seen_version=referral.version, by=navigator.user, now=LATER)
    claim(referral=referral, by=navigator.user, now=LATER)
    assert has(referral) == {Need.OWNER}


def test_a_day_to_try_again_is_not_past(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    assert Need.NEXT_TRY in has(referral, LATER.date())
    assert Need.NEXT_TRY not in has(referral, LATER.date() - timedelta(days=1))


def test_tries_are_enough_in_two_ways_where_two_are_safe(navigator: Person) -> None:
    assert Need.TRIES in has(tried_enough(by=navigator.user))
    referral = tried_enough(by=navigator.user, safe_email="yes")
    assert Need.TRIES not in has(referral)
    narrow(referral=referral, channels={Channel.EMAIL}, why="He reads it.", by=navigator.user, now=LATER)
    assert Need.TRIES in has(referral)


def test_where_no_way_is_safe_any_more_nobody_is_stuck(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    assert Need.TRIES not in has(referral)
    narrow(referral=referral, channels={Channel.TEXT}, why="He has the phone.", by=None, now=LATER)
    assert Need.TRIES in has(referral)


def test_somebody_who_left_walks_with_nobody(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    navigator.user.groups.clear()
    assert has(referral) == set()
