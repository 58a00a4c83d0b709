"""A resident signs in by a code, sees what we send to that address on one page, and nothing of staff."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from engagement.comments.models import Alert, Follower
from newsletter.models import Subscriber
from portal.accounts.models import User
from tests.conftest import PASSWORD, Person
from tests.factories.comments import make_published
from tests.factories.newsletter import a_reader

pytestmark = pytest.mark.django_db
ADDRESS = "Ann@Home.example"


def signs_in(run_worker: Callable[[], None], address: str = ADDRESS) -> Person:
    """The whole way: the address, the code from the mail, and in."""
    person = Person()
    asked = person.get("/me/")["Location"]
    assert asked == "/accounts/login/code/?next=/me/"
    person.post(asked, {"email": address, "next": "/me/"})
    run_worker()
    code = mail.outbox[-1].subject.split(" ", 1)[0]
    answer = person.post(reverse("account_confirm_login_code"), {"code": code, "next": "/me/"})
    assert answer["Location"] == "/me/"
    return person


def test_what_a_resident_sees_is_what_their_address_confirmed(
    run_worker: Callable[[], None], coordinator: Person
) -> None:
    now = timezone.now()
    mine, followed, other, not_mine = (
        make_published(f"The {word} bench is broken", by=coordinator.user) for word in ("my", "red", "old", "far")
    )
    for comment, is_author, confirmed in ((mine, True, now), (followed, False, now), (other, False, None)):
        Follower.objects.create(
            comment=comment, address=ADDRESS.lower(), is_author=is_author, asked_at=now, confirmed_at=confirmed
        )
    Follower.objects.create(comment=not_mine, address="bob@home.example", asked_at=now, confirmed_at=now)
    place = {"latitude": 54.76, "longitude": -1.31, "told_until": now, "asked_at": now, "confirmed_at": now}
    Alert.objects.create(address=ADDRESS, words="Cotsford Park", **place)
    a_reader(ADDRESS.lower())
    page = signs_in(run_worker).get("/me/")
    text = page.content.decode()
    assert "You wrote it" in text
    assert "red bench" in text
    assert "old bench" not in text
    assert "far bench" not in text
    assert "Cotsford Park" in text
    assert re.search(r"You get .*, by e-mail", text)
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"


def test_a_resident_has_no_role_and_sees_no_staff_page(run_worker: Callable[[], None]) -> None:
    person = signs_in(run_worker)
    user = User.objects.get(email__iexact=ADDRESS)
    assert (user.roles, user.works_here, user.has_usable_password()) == ([], False, False)
    for address in ("/staff/", "/staff/people/", "/staff/referrals/", "/staff/no-such-page/"):
        assert person.get(address).status_code in {403, 404}, address
    assert person.get("/accounts/login/")["Location"] == "/me/"


def test_an_address_that_nobody_proved_in_this_session_shows_nothing() -> None:
    user = User.objects.create_user("ann@home.example", PASSWORD)
    person = Person()
    person.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert person.get("/me/")["Location"].startswith("/accounts/login/code/")
    assert person.post("/me/end/")["Location"] == "/me/"
    assert User.objects.filter(pk=user.pk).exists()


def test_staff_have_another_page(editor: Person, run_worker: Callable[[], None]) -> None:
    assert editor.get("/me/")["Location"] == "/staff/"
    person = Person()
    person.post("/accounts/login/code/", {"email": editor.user.email})
    run_worker()
    assert "sign in with your password" in mail.outbox[-1].body
    assert not re.search(r"\b[A-Z0-9]{3}-?[A-Z0-9]{3}\b opens", str(mail.outbox[-1].subject))


def test_a_resident_ends_the_sign_in_and_keeps_what_they_follow(run_worker: Callable[[], None]) -> None:
    a_reader(ADDRESS.lower())
    person = signs_in(run_worker)
    assert "Your sign-in is gone" in person.post("/me/end/", follow=True).content.decode()
    assert not User.objects.at(ADDRESS).exists()
    assert Subscriber.objects.with_address(ADDRESS).exists()


def test_accounts_that_were_begun_in_vain_are_found(run_worker: Callable[[], None], editor: Person) -> None:
    Person().post("/accounts/login/code/", {"email": "vain@home.example"})
    signs_in(run_worker)
    now = timezone.now()
    assert not User.objects.never_came(now - timedelta(hours=1)).exists()
    assert [user.email for user in User.objects.never_came(now + timedelta(days=1))] == ["vain@home.example"]


def test_the_page_takes_a_bounded_number_of_looks_into_the_database(
    run_worker: Callable[[], None], coordinator: Person, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    person, now = signs_in(run_worker), timezone.now()
    for number in range(8):
        comment = make_published(f"Bench {number} is broken", by=coordinator.user)
        Follower.objects.create(comment=comment, address=ADDRESS, asked_at=now, confirmed_at=now)
    person.get("/me/")
    with django_assert_max_num_queries(25):
        person.get("/me/")
