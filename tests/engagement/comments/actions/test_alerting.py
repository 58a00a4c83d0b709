"""Asking to hear what is new around a place, confirming it and ending it."""

from datetime import timedelta

import pytest

from engagement.comments.actions.alerting import MOST_PLACES, ask_for_alert, confirm_alert, end_alert, move_on
from engagement.comments.actions.sparing import MOST_MAILS
from engagement.comments.models import Alert, Consultation
from portal.audit.models import AuditEvent
from portal.geo.coordinates import Point
from portal.refusals import Refused
from tests.factories.comments import MONDAY, make_place
from tests.factories.following import MIDDLE, make_alert, waiting_work

pytestmark = pytest.mark.django_db


def test_an_alert_runs_once_it_is_confirmed_and_tells_what_comes_after() -> None:
    alert = ask_for_alert(address=" ann@example.org", words="SR8 4LX", point=MIDDLE, often="weekly", now=MONDAY)
    assert (alert.address, alert.point, alert.metres) == ("ann@example.org", MIDDLE, 300)
    assert waiting_work("ask_about_alert") == [{"alert_id": alert.pk}]
    assert not Alert.objects.running().exists()
    later = MONDAY + timedelta(days=2)
    running = confirm_alert(alert=alert, now=later)
    assert running.told_until == running.confirmed_at == later
    assert confirm_alert(alert=alert, now=later + timedelta(days=1)).told_until == later
    assert "ann@example.org" not in str(AuditEvent.objects.about(alert).newest_first()[0].detail)


def test_who_asks_again_for_the_same_place_has_one_alert_and_the_last_choice() -> None:
    make_alert(often="daily")
    waiting = make_alert(often="daily", is_confirmed=False)
    again = make_alert("Ann@example.org", often="weekly", is_confirmed=False)
    assert again.pk == waiting.pk
    assert Alert.objects.running().get().often == "daily"
    confirm_alert(alert=again)
    assert Alert.objects.get().often == "weekly"


def test_ending_forgets_the_address_and_doing_it_twice_changes_nothing() -> None:
    alert, other = make_alert(), make_alert(words="The park")
    end_alert(alert=alert)
    end_alert(alert=alert)
    assert list(Alert.objects.all()) == [other]
    assert AuditEvent.objects.filter(action="comments.end_alert").count() == 1


def test_nobodys_letter_box_is_filled_by_somebody_else() -> None:
    for number in range(MOST_MAILS + 3):
        ask_for_alert(address="ann@example.org", words=f"Place {number}", point=MIDDLE, often="daily", now=MONDAY)
    assert len(waiting_work("ask_about_alert")) == MOST_MAILS


def test_one_address_follows_so_many_places() -> None:
    for number in range(MOST_PLACES):
        make_alert(words=f"Place {number}", now=MONDAY + timedelta(days=number))
    one_more = make_alert(words="One more", is_confirmed=False)
    with pytest.raises(Refused, match="Stop one of them"):
        confirm_alert(alert=one_more)
    make_alert(words="Place 3", often="weekly")
    assert Alert.objects.running().count() == MOST_PLACES
    end_alert(alert=Alert.objects.running()[0])
    assert confirm_alert(alert=one_more).confirmed_at is not None


def test_a_stranger_neither_fills_somebodys_places_nor_learns_how_many_they_have() -> None:
    for number in range(MOST_PLACES + 2):
        make_alert(words=f"Place {number}", is_confirmed=False)
    assert make_alert(words="One more").confirmed_at is not None


@pytest.mark.parametrize("point", [Point(51.5, -0.1), Point(float("nan"), -1.3), Point(-1.315, 54.763)])
def test_only_places_around_here_are_followed(point: Point) -> None:
    Consultation.objects.filter(is_standing=True).update(west=-1.4, south=54.7, east=-1.2, north=54.8)
    with pytest.raises(Refused, match="too far away"):
        make_alert(point=point)
    with pytest.raises(Refused, match="how often"):
        make_alert(often="hourly")
    assert not Alert.objects.exists()


def test_two_workers_never_tell_the_same_news() -> None:
    alert = make_alert()
    assert move_on(alert=alert, told_until=MONDAY + timedelta(days=1))
    assert not move_on(alert=alert, told_until=MONDAY + timedelta(days=1))


def test_an_alert_outlives_the_name_of_its_place() -> None:
    place = make_place()
    alert = make_alert(words=place.name, named_place=place)
    place.delete()
    alert.refresh_from_db()
    assert (alert.named_place, alert.words, alert.point) == (None, "Third Street", MIDDLE)
