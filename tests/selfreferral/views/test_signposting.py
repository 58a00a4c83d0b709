"""A navigator looks for a service by words, without scripts, and no word typed is lost on the way."""

import pytest
from django.utils import timezone

from engagement.directory.models import Activity, Venue
from selfreferral.models import Referral, Signpost
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue
from tests.factories.selfreferral import being_contacted

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(navigator: Person) -> Referral:
    return being_contacted(by=navigator.user, now=timezone.now())


@pytest.fixture
def soup() -> Activity:
    """An activity in a directory that is too long for one list."""
    Venue.objects.bulk_create(Venue(name=f"Hall {number}", slug=f"hall-{number}") for number in range(25))
    return make_activity()


def signpost(person: Person, referral: Referral, **given: str) -> tuple[int, str]:
    referral.refresh_from_db()
    path = f"/staff/referrals/{referral.reference}/signpost/"
    answer = person.post(path, {"seen_version": referral.version, "words": "Walked there on Friday", **given})
    return answer.status_code, answer.content.decode()


def test_a_long_directory_is_looked_through_by_words(soup: Activity, referral: Referral, navigator: Person) -> None:
    page = navigator.get(f"/staff/referrals/{referral.reference}/").content.decode()
    assert "Look for it first" in page
    assert "Hall 7" not in page
    _, page = signpost(navigator, referral, look_for="soup")
    assert "Choose one of these, or look for other words." in page
    assert "Soup and a chat, Lantern Hall" in page
    assert "Walked there on Friday" in page
    assert not Signpost.objects.exists()
    status, _ = signpost(navigator, referral, look_for="soup", service=f"activity:{soup.pk}")
    assert status == 302
    assert Signpost.objects.count() == 1


def test_to_look_for_words_is_no_mistake_and_keeps_what_was_typed(
    soup: Activity, referral: Referral, navigator: Person
) -> None:
    page = navigator.get(f"/staff/referrals/{referral.reference}/").content.decode()
    assert 'signpost/#signpost">Find</button>' in page
    status, page = signpost(navigator, referral, find="1", look_for="soup", words="", follow_up_on="2027-01-02")
    assert status == 200
    for wrong in ("This was not done", "This field is required", "Choose one of these"):
        assert wrong not in page
    assert 'id="signpost" open>' in page
    assert "Soup and a chat, Lantern Hall" in page
    assert 'value="2027-01-02"' in page
    _, page = signpost(navigator, referral, find="1", look_for="chess")
    assert "Nothing in the directory has all these words." in page
    assert "Walked there on Friday" in page
    status, _ = signpost(navigator, referral, find="1", look_for="soup", service=f"activity:{soup.pk}")
    assert status == 200
    assert not Signpost.objects.exists()


def test_where_there_are_more_than_one_list_shows_the_page_says_so(
    soup: Activity, referral: Referral, navigator: Person
) -> None:
    _, page = signpost(navigator, referral, find="1", look_for="hall")
    assert "Places: 20 of 26, the nearest first. Add a word, such as the place." in page
    _, page = signpost(navigator, referral, find="1", look_for="hall 7")
    assert " of 26" not in page
    assert "the nearest first" not in page


def test_words_that_nothing_has_are_told(soup: Activity, referral: Referral, navigator: Person) -> None:
    _, page = signpost(navigator, referral, look_for="chess")
    assert "Nothing in the directory has all these words." in page
    assert "Walked there on Friday" in page


def test_a_place_that_became_another_meanwhile_is_that_one(referral: Referral, navigator: Person) -> None:
    kept, other = make_venue("Lantern Hall"), make_venue("The Lantern Hall")
    Venue.objects.filter(pk=other.pk).update(merged_into=kept)
    status, _ = signpost(navigator, referral, service=f"venue:{other.pk}")
    assert status == 302
    assert "Lantern Hall" in navigator.get(f"/staff/referrals/{referral.reference}/").content.decode()


def test_a_service_that_is_gone_is_refused(soup: Activity, referral: Referral, navigator: Person) -> None:
    Activity.objects.update(is_listed=False)
    _, page = signpost(navigator, referral, service=f"activity:{soup.pk}")
    assert "This is not in the directory any more." in page
    assert not Signpost.objects.exists()
