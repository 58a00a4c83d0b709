"""The ways in: an account, a new link, and the one press of a place that has no keeper."""

from collections.abc import Callable

import pytest

from engagement.directory.actions.keepers import add_keeper, end_keeper
from engagement.directory.keeping.links import check_path, keep_path
from engagement.directory.models import Keeper, Venue
from portal.pages.week import the_week
from tests.conftest import Person
from tests.engagement.directory.keeping.conftest import KEEPER, link_in
from tests.factories.directory import make_venue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]
NEW_LINK = "/keeping/new-link/"


def ask(person: Person, address: str) -> str:
    shown = person.get(NEW_LINK).context["form"]["shown"].value()
    answer = person.post(NEW_LINK, {"address": address, "shown": shown}, follow=True)
    return answer.content.decode()


def test_a_partner_who_signs_in_finds_their_places_and_no_others(
    hall: Venue, partner: Person, coordinator: Person
) -> None:
    keeper = add_keeper(venue=hall, email=partner.user.email, by=coordinator.user)
    assert partner.get(f"/keeping/{keeper.pk}/").status_code == 404
    partner.post(f"{keep_path(keeper)}join/")
    other = add_keeper(venue=make_venue("Other Hall"), email=KEEPER, by=coordinator.user)
    assert "/keeping/" in {line.url for line in the_week(partner.user)}
    page = partner.get("/keeping/").content.decode()
    assert "Lantern Hall" in page
    assert "Other Hall" not in page
    assert partner.get(f"/keeping/{keeper.pk}/").status_code == 200
    assert partner.post(f"/keeping/{keeper.pk}/right/").status_code == 302
    hall.refresh_from_db()
    assert hall.checked_by == partner.user
    assert partner.get(f"/keeping/{other.pk}/").status_code == 404
    end_keeper(keeper=keeper, by=coordinator.user)
    assert partner.get(f"/keeping/{keeper.pk}/").status_code == 404
    assert "No place here yet" in partner.get("/keeping/").content.decode()


def test_a_stranger_with_a_number_is_asked_to_sign_in(keeper: Keeper, stranger: Person) -> None:
    for path in (f"/keeping/{keeper.pk}/", f"/keeping/{keeper.pk}/change/"):
        assert stranger.get(path)["Location"].startswith("/accounts/login/")
    assert stranger.post(f"/keeping/{keeper.pk}/right/")["Location"].startswith("/accounts/login/")
    assert "Send me a link" in stranger.get("/keeping/").content.decode()
    assert not Venue.objects.filter(is_checked_by_venue=True).exists()


def test_an_account_that_only_takes_a_keepers_address_gets_nothing(keeper: Keeper, navigator: Person) -> None:
    navigator.user.email = KEEPER
    navigator.user.save()
    assert navigator.get(f"/keeping/{keeper.pk}/").status_code == 404


def test_whoever_holds_the_link_can_add_the_place_to_their_account_once(
    page_of_kay: str, keeper: Keeper, partner: Person, navigator: Person, resident: Person
) -> None:
    assert "Sign in first" in resident.post(f"{page_of_kay}join/", follow=True).content.decode()
    assert "Add it to my account" in partner.get(page_of_kay).content.decode()
    partner.post(f"{page_of_kay}join/")
    navigator.post(f"{page_of_kay}join/")
    keeper.refresh_from_db()
    assert keeper.user == partner.user
    assert "Lantern Hall" in partner.get("/keeping/").content.decode()


def test_a_new_link_comes_to_a_keeper_and_the_answer_is_the_same_for_all(
    keeper: Keeper, resident: Person, letters: Callable[[], list[str]]
) -> None:
    letters()
    known, unknown = ask(resident, KEEPER.upper()), ask(resident, "nobody@example.org")
    assert known == unknown
    (letter,) = letters()
    assert "Your new link for Lantern Hall" in letter
    assert resident.get(link_in(letter)).status_code == 200
    ask(resident, KEEPER)
    assert letters() == []


def test_an_ended_keeper_gets_no_new_link(
    keeper: Keeper, coordinator: Person, resident: Person, letters: Callable[[], list[str]]
) -> None:
    letters()
    end_keeper(keeper=keeper, by=coordinator.user)
    assert "Look in your mail" in ask(resident, KEEPER)
    assert letters() == []


def test_asking_too_often_or_with_rubbish_is_refused(keeper: Keeper, resident: Person) -> None:
    assert "Enter an e-mail address" in ask(resident, "not an address")
    for _ in range(20):
        answer = resident.post(NEW_LINK, {"address": "x"})
    assert answer.status_code == 429


def test_a_place_without_a_keeper_says_with_one_press_that_all_is_right(hall: Venue, resident: Person) -> None:
    hall.email = "hall@hall.example"
    hall.save()
    path = check_path(hall)
    assert "Everything here is still right" in resident.get(path).content.decode()
    hall.refresh_from_db()
    assert hall.checked_at is None
    assert "you checked it today" in resident.post(path, follow=True).content.decode()
    hall.refresh_from_db()
    assert hall.is_checked_by_venue
    assert resident.get(path.replace("/check/", "/")).status_code == 404
    hall.email = "new@hall.example"
    hall.save()
    assert resident.get(path).status_code == 404
    assert resident.get("/keeping/check/forged/").status_code == 404


def test_two_keepers_of_one_place_have_each_their_own_link(keeper: Keeper, coordinator: Person) -> None:
    other = add_keeper(venue=keeper.venue, email="olly@hall.example", by=coordinator.user)
    assert keep_path(other) != keep_path(keeper)
