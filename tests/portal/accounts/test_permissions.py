"""Staff get in by one door and see only what their role needs."""

import pytest
from django.contrib.auth.models import Group

from portal.accounts.models import User
from portal.accounts.permissions import holders
from tests.conftest import PASSWORD, Person

pytestmark = pytest.mark.django_db


def test_a_stranger_is_sent_to_sign_in_and_comes_back(stranger: Person) -> None:
    answer = stranger.get("/staff/components/")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/staff/components/"


def test_wagtails_own_sign_in_is_gone(stranger: Person) -> None:
    for door in ("/staff/login/", "/staff/login/?next=/staff/"):
        assert stranger.get(door)["Location"].startswith("/accounts/login/")
        assert stranger.post(door, {"username": "a", "password": "b"})["Location"].startswith("/accounts/login/")
    for door in ("/staff/password_reset/", "/_util/login/"):
        assert stranger.get(door).status_code in {302, 404}
        assert b'type="password"' not in stranger.get(door, follow=False).content


def test_nobody_makes_an_account_by_themselves(stranger: Person) -> None:
    stranger.post("/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.filter(email="new@example.org").exists()


def test_staff_sign_in_by_e_mail(editor: Person) -> None:
    somebody = Person()
    answer = somebody.post("/accounts/login/", {"login": "EDITOR@demo.example", "password": PASSWORD})
    assert answer["Location"] == "/staff/"
    assert somebody.get("/staff/").status_code == 200


def test_the_wrong_role_is_refused(editor: Person, administrator: Person) -> None:
    assert editor.get("/staff/components/").status_code == 403
    assert administrator.get("/staff/components/").status_code == 200


def test_staff_pages_are_not_kept_by_the_browser(administrator: Person) -> None:
    assert administrator.get("/staff/components/")["Cache-Control"].count("no-store") == 1


def test_a_superuser_may_do_anything_but_look_into_referrals() -> None:
    boss = User.objects.create_superuser("boss@demo.example", PASSWORD)
    assert boss.has_perm("accounts.change_user")
    assert not boss.has_perm("selfreferral.view_queue")
    boss.groups.add(Group.objects.get(name="Navigator"))
    assert boss.has_perm("selfreferral.view_queue")
    boss.is_active = False
    assert not boss.has_perm("selfreferral.view_queue")


def test_a_person_is_called_by_name_or_by_the_start_of_the_address() -> None:
    assert str(User(email="jo@demo.example")) == "Jo"
    assert User(email="jo@demo.example", first_name="Joan", last_name="Bell").display_name == "Joan Bell"


def test_the_menu_shows_each_role_only_its_own(
    coordinator: Person, editor: Person, administrator: Person, partner: Person
) -> None:
    menus = {
        person.user.first_name: person.get("/staff/").content.decode()
        for person in (coordinator, editor, administrator, partner)
    }
    assert "/staff/people/" in menus["Admin"]
    # The coordinator puts pictures beside what was done.
    assert "/staff/images/" in menus["Editor"]
    assert "/staff/images/" in menus["Coordinator"]
    assert "/staff/images/" not in menus["Partner"]
    for name in ("Coordinator", "Partner"):
        assert "/staff/people/" not in menus[name]
        assert "/staff/reports/" not in menus[name]


def test_who_holds_a_permission_today(coordinator: Person, partner: Person, editor: Person) -> None:
    see = "directory.view_venue"
    assert set(holders(see)) == {coordinator.user, partner.user}
    coordinator.user.groups.add(*partner.user.groups.all())
    User.objects.filter(pk=partner.user.pk).update(is_active=False)
    assert list(holders(see)) == [coordinator.user]
    assert list(holders("directory.run_session")) == [coordinator.user]
