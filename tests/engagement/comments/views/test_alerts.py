"""Asking to hear what is new around a place, confirming it and ending it."""

from typing import Any

import pytest

from engagement.comments.actions.alerting import MOST_PLACES
from engagement.comments.hearing.links import alert_confirm_path, alert_end_path
from engagement.comments.models import Alert, Consultation
from portal.emails.links import sign
from portal.geo.coordinates import Point
from tests.conftest import Person
from tests.factories.comments import make_place, make_postcode, make_published
from tests.factories.following import make_alert

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]
ASK = "/have-your-say/alerts/"


def ask(person: Person, **sent: Any) -> str:
    shown = person.get(ASK).context["form"].initial["shown"]
    usual = {"address": "ann@example.org", "often": "weekly", "shown": shown}
    return person.post(ASK, {**usual, **sent}, follow=True).content.decode()


def test_a_place_from_the_list_is_followed(resident: Person) -> None:
    place = make_place()
    assert "Look in your mail" in ask(resident, named_place=place.pk)
    alert = Alert.objects.get()
    assert (alert.words, alert.point, alert.named_place, alert.often) == (place.name, place.point, place, "weekly")
    assert alert.confirmed_at is None


def test_a_postcode_is_followed_however_it_is_typed(resident: Person) -> None:
    known = make_postcode()
    assert "Look in your mail" in ask(resident, postcode="sr84lx")
    alert = Alert.objects.get()
    assert (alert.words, alert.point) == ("SR8 4LX", known.point)


def test_a_pin_is_followed_and_said_by_the_place_beside_it(resident: Person) -> None:
    make_place()
    assert "Look in your mail" in ask(resident, latitude="54.7631239", longitude="-1.3151239")
    alert = Alert.objects.get()
    assert (alert.words, alert.point) == ("a place near Third Street", Point(54.76312, -1.31512))


def test_only_what_is_near_is_named(resident: Person) -> None:
    make_place()
    ask(resident, latitude="54.7680", longitude="-1.3151239")
    assert Alert.objects.get().words == "a place on the map"


def test_who_misses_a_place_that_is_not_on_the_map_is_led_to_the_postcode(
    resident: Person, coordinator: Person
) -> None:
    make_place()
    assert "Is yours missing?" not in resident.get(ASK).content.decode()
    lane = make_place("back-lane", latitude=None, longitude=None)
    assert "Is yours missing? Give a postcode near it." in resident.get(ASK).content.decode()
    comment = make_published(by=coordinator.user, named_place=lane)
    html = resident.get(f"{ASK}?around={comment.reference}").content.decode()
    assert "Back Lane is not on our map yet. Give a postcode near it." in html


def test_what_was_chosen_goes_before_a_pin_that_was_filled_in(resident: Person) -> None:
    place = make_place()
    ask(resident, named_place=place.pk, latitude="54.7", longitude="-1.3")
    assert Alert.objects.get().words == place.name


def test_without_a_list_a_postcode_or_a_pin_is_asked_for(resident: Person) -> None:
    assert "named_place" not in resident.get(ASK).context["form"].fields
    assert "Say which place" in ask(resident)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Say which place"),
        ({"postcode": "nonsense"}, "Enter a postcode like SR8 4LX"),
        ({"postcode": "SR8 9ZZ"}, "We do not know SR8 9ZZ"),
        ({"named_place": "99999"}, "Choose a place from the list"),
        ({"latitude": "nan", "longitude": "-1.3"}, "The pin is not a place"),
        ({"latitude": "54.76"}, "Say which place"),
        ({"latitude": "54000", "longitude": "-1.3"}, "Say which place"),
        ({"postcode": "SR8 4LX", "often": "hourly"}, "Choose how often"),
        ({"postcode": "SR8 4LX", "address": "nonsense"}, "name@example.org"),
        ({"latitude": "-1.315", "longitude": "54.763"}, "too far away"),
    ],
)
def test_what_cannot_be_followed_is_said_and_what_was_typed_is_kept(
    resident: Person, sent: dict[str, str], words: str
) -> None:
    make_place()
    make_postcode()
    Consultation.objects.filter(is_standing=True).update(west=-1.4, south=54.7, east=-1.2, north=54.8)
    html = ask(resident, **sent)
    assert words in html
    assert "Error: " in html
    assert sent.get("address", "ann@example.org") in html
    assert not Alert.objects.exists()


def test_a_comments_page_leads_to_its_place(resident: Person, coordinator: Person) -> None:
    place = make_place()
    named = make_published(by=coordinator.user, named_place=place)
    pinned = make_published("More trees.", by=coordinator.user, pin=Point(54.76, -1.31))
    link = f"{ASK}?around={named.reference}"
    assert link in resident.get(named.get_absolute_url()).content.decode()
    assert resident.get(link).context["form"].initial["named_place"] == place.pk
    html = resident.get(f"{ASK}?around={pinned.reference}").content.decode()
    assert f"the place of comment {pinned.reference}" in html
    assert 'value="54.76"' in html
    assert resident.get(f"{ASK}?around=nonsense").status_code == 200


def test_one_connection_asks_so_often(resident: Person) -> None:
    codes = [resident.post(ASK, {}).status_code for _ in range(31)]
    assert codes.count(429) == 1


def test_opening_a_link_changes_nothing_and_pressing_confirms(resident: Person) -> None:
    path = alert_confirm_path(make_alert(is_confirmed=False))
    assert "within 300 metres of Third Street" in resident.get(path).content.decode()
    assert not Alert.objects.running().exists()
    assert "once a day at most" in resident.post(path).content.decode()
    assert Alert.objects.running().exists()


def test_who_follows_as_many_places_as_can_be_is_told_so_only_behind_the_link_in_their_mail(resident: Person) -> None:
    for number in range(MOST_PLACES):
        make_alert(words=f"Place {number}")
    make_place()
    assert "Look in your mail" in ask(resident, latitude="54.763", longitude="-1.315")
    html = resident.post(alert_confirm_path(Alert.objects.latest("pk"))).content.decode()
    assert "You follow 20 places already" in html
    assert "Yes, tell me" in html
    assert Alert.objects.running().count() == MOST_PLACES


def test_one_press_ends_it_and_the_link_stays_true(resident: Person) -> None:
    path = alert_end_path(make_alert())
    assert "Stop these mails" in resident.get(path).content.decode()
    assert Alert.objects.exists()
    assert "We have stopped" in resident.post(path).content.decode()
    assert not Alert.objects.exists()
    assert "We have stopped" in resident.get(path).content.decode()


def test_a_mail_program_ends_it_with_one_click_and_no_cookie() -> None:
    path = alert_end_path(make_alert())
    mail_program = Person(enforce_csrf_checks=True)
    assert mail_program.post(path).status_code == 403
    assert mail_program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Alert.objects.exists()


@pytest.mark.parametrize("where", ["confirm", "stop"])
def test_a_false_link_opens_nothing(resident: Person, where: str) -> None:
    alert = make_alert(is_confirmed=False)
    for token in ("nonsense", sign("comments.yours", alert.pk)):
        for answer in (resident.get, resident.post):
            assert answer(f"{ASK}{where}/{token}/").status_code == 404
    assert Alert.objects.exists()
