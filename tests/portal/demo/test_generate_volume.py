"""Synthetic comments, referrals and places for rehearsal: as many as asked, counted right, and never in production."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from engagement.comments.models import PlaceComment
from engagement.directory.models import Activity, ComingSession, Opening, Venue
from newsletter.models import Subscriber
from selfreferral.models import Referral
from selfreferral.queue.finding import find
from selfreferral.reading import read
from tests.conftest import Person
from tests.engagement.comments.actions.test_keeping import counted, counted_anew

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _development(settings: Any) -> None:
    settings.IS_DEMO_ALLOWED = True


def test_so_many_are_added_each_time_and_counted() -> None:
    said = StringIO()
    call_command("generate_volume", "--comments", "150", stdout=said)
    call_command("generate_volume", "--comments", "50", stdout=said)
    assert said.getvalue() == "150 comments added.\n50 comments added.\n"
    assert PlaceComment.objects.count() == 200
    assert PlaceComment.objects.filter(is_example=True).count() == 200
    assert 170 < PlaceComment.objects.published().count() < 200
    assert counted() == counted_anew() != []


def test_referrals_are_sealed_marked_and_mostly_finished(navigator: Person) -> None:
    said = StringIO()
    call_command("generate_volume", "--referrals", "60", stdout=said)
    call_command("generate_volume", "--referrals", "40", stdout=said)
    assert said.getvalue() == "60 referrals added.\n40 referrals added.\n"
    assert Referral.objects.filter(is_example=True).count() == 100
    assert Referral.objects.in_hand().count() == Referral.objects.held().count() == 8
    for referral in Referral.objects.all()[:5]:
        opened = read(referral, by=navigator.user, now=timezone.now())
        assert opened.name
        (found, *_) = find(opened.name, user=navigator.user)
        assert found.marks.exists()


def test_all_of_them_can_be_open(navigator: Person) -> None:
    call_command("generate_volume", "--referrals", "50", "--all-open", stdout=StringIO())
    assert Referral.objects.in_hand().count() == Referral.objects.held().count() == 50
    now = timezone.now()
    late = {referral for referral in Referral.objects.all() if referral.is_overdue(now)}
    assert set(Referral.objects.overdue(now=now)) == late


def test_readers_are_active_and_mixed() -> None:
    said = StringIO()
    call_command("generate_volume", "--subscribers", "150", stdout=said)
    call_command("generate_volume", "--subscribers", "50", stdout=said)
    assert said.getvalue() == "150 readers added.\n50 readers added.\n"
    readers = Subscriber.objects.candidates()
    assert readers.count() == 200
    assert all(part.exists() for part in (readers.by_post(), readers.weekly(), readers.filter(topics=None)))
    assert not readers.by_email().exclude(email__endswith="@example.org").exists()


def test_places_stand_all_over_the_country_with_their_coming_weeks() -> None:
    said = StringIO()
    call_command("generate_volume", "--venues", "90", stdout=said)
    call_command("generate_volume", "--venues", "60", stdout=said)
    assert said.getvalue() == "90 venues added.\n60 venues added.\n"
    assert Venue.objects.listed().count() == 150
    assert 20 < Activity.objects.listed().count() < 100
    assert Opening.objects.certain().exists()
    assert ComingSession.objects.listed().exists()
    for venue in Venue.objects.all():
        venue.full_clean()


def test_it_refuses_in_production(settings: Any) -> None:
    settings.IS_DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="development settings only"):
        call_command("generate_volume", "--comments", "5", "--referrals", "5", "--venues", "5")
    assert not PlaceComment.objects.exists()
    assert not Referral.objects.exists()
    assert not Venue.objects.exists()


@pytest.mark.parametrize("number", ["-1", "x", "1.5", "9" * 30, "²"])
def test_what_is_no_number_is_refused_in_one_sentence(number: str) -> None:
    with pytest.raises(CommandError, match="is not a whole number"):
        call_command("generate_volume", f"--comments={number}")


def test_nothing_asked_is_said() -> None:
    with pytest.raises(CommandError, match="Say how many"):
        call_command("generate_volume")
