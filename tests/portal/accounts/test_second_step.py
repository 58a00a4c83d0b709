"""Where the installation asks for a second step, staff without one are let in by no door; with one, the way is smooth."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.roles import ROLES
from portal.privacy.declarations import our_models
from tests.conftest import PASSWORD, Person, member_of_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked_for(settings: Any) -> None:
    settings.REQUIRE_MFA = True


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def with_an_app(person: Person) -> str:
    secret = generate_totp_secret()
    TOTP.activate(person.user, secret)
    return secret


DOORS = (
    "/staff/",
    "/staff/components/",
    "/staff/people/",
    "/staff/referrals/",
    "/keeping/",
    "/me/",
    "/staff/pages/",
    "/staff/no-such/",
)


@pytest.mark.parametrize("role", [*ROLES, "superuser"])
def test_every_role_is_sent_to_set_one_up_from_every_door(role: str) -> None:
    person = member_of_staff("somebody", *([role] if role in ROLES else []))
    User.objects.filter(pk=person.user.pk).update(is_superuser=role == "superuser")
    for door in DOORS:
        answer = person.get(door)
        assert answer.status_code in {302, 404}, door
        if answer.status_code == 302:
            assert answer["Location"] == reverse("mfa_index"), door
    assert person.post("/keeping/no-such-key/right/").status_code in {403, 404, 405}


def test_until_then_they_are_a_stranger_on_public_pages(editor: Person) -> None:
    assert editor.get("/cookies/").wsgi_request.user.is_anonymous
    assert editor.get("/documents/1/anything.pdf").status_code == 404


def test_recovery_codes_alone_are_no_second_step(editor: Person) -> None:
    RecoveryCodes.activate(editor.user)
    assert editor.get("/staff/")["Location"] == reverse("mfa_index")


def test_from_the_first_sign_in_to_the_staff_pages(editor: Person) -> None:
    editor.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = editor.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    codes = editor.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    shown = RecoveryCodes(Authenticator.objects.get(user=editor.user, type="recovery_codes")).get_unused_codes()
    assert all(code in codes.content.decode() for code in shown)
    # They are shown once.
    again = editor.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert not any(code in again for code in shown)
    assert editor.get(reverse("mfa_download_recovery_codes")).status_code in {403, 404}
    assert editor.get("/staff/").status_code == 200


def test_signing_in_takes_both_steps(editor: Person) -> None:
    secret = with_an_app(editor)
    somebody = Person()
    answer = somebody.post("/accounts/login/", {"login": editor.user.email, "password": PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert somebody.get("/staff/").status_code == 302
    assert somebody.post(answer["Location"], {"code": code_of(secret)})["Location"] == "/staff/"
    assert somebody.get("/staff/").status_code == 200


def test_a_recovery_code_works_once(editor: Person) -> None:
    with_an_app(editor)
    code = RecoveryCodes.activate(editor.user).get_unused_codes()[0]
    for expected in (302, 200):
        somebody = Person()
        somebody.post("/accounts/login/", {"login": editor.user.email, "password": PASSWORD})
        assert somebody.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected


def test_a_new_password_by_mail_is_no_way_around_it(editor: Person) -> None:
    with_an_app(editor)
    from allauth.account import app_settings
    from allauth.account.utils import user_pk_to_url_str

    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(editor.user)
    address = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(editor.user), token])
    stranger = Person()
    form = stranger.get(address)["Location"]
    stranger.post(form, {"password1": "three dry herrings", "password2": "three dry herrings"})
    assert stranger.get("/staff/").status_code == 302
    stranger.post("/accounts/login/", {"login": editor.user.email, "password": "three dry herrings"})
    assert stranger.get("/staff/")["Location"].startswith("/accounts/login/")


def test_what_allauth_keeps_is_not_declared_twice() -> None:
    assert not any(model._meta.app_label in {"mfa", "usersessions"} for model in our_models())
