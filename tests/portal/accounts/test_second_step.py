"""Where the installation asks for a second step, staff without one are let in by no door; with one, the way is smooth."""

import html
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
from django.template.loader import render_to_string
from django.urls import reverse

from portal.accounts.adapter import OUR_WORDS, WRONG_CODE, OurAdapter, OurSecondStep
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


def test_the_way_to_the_staff_pages_is_shown_when_it_is_open_and_the_secret_in_fours(editor: Person) -> None:
    editor.post("/accounts/reauthenticate/", {"password": PASSWORD})
    way = '<a href="/staff/">To the staff pages</a>'
    assert way not in editor.get(reverse("mfa_index")).content.decode()
    page = editor.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    shown = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    assert f"<code>{shown}</code>" in page.content.decode()
    with_an_app(editor)
    assert way in editor.get(reverse("mfa_index")).content.decode()


def test_what_is_said_at_tense_moments_is_in_our_words(editor: Person) -> None:
    def said(page: Any) -> str:
        return html.unescape(page.content.decode())

    editor.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert WRONG_CODE in said(editor.post(reverse("mfa_activate_totp"), {"code": "000000"}))
    assert render_to_string("mfa/messages/totp_activated.txt").startswith("The app is set up.")
    # The page itself says what to do with them.
    assert render_to_string("mfa/messages/recovery_codes_generated.txt").strip() == ""
    somebody = Person()
    wrong = {"login": editor.user.email, "password": "wrong"}
    assert OUR_WORDS["email_password_mismatch"] in said(somebody.post("/accounts/login/", wrong))


def test_nobody_is_greeted_with_a_message_after_signing_in(editor: Person, settings: Any) -> None:
    settings.REQUIRE_MFA = False
    somebody = Person()
    page = somebody.post("/accounts/login/", {"login": editor.user.email, "password": PASSWORD}, follow=True)
    assert page.redirect_chain[-1][0] == "/staff/"
    assert "Successfully signed in" not in page.content.decode()


@pytest.mark.parametrize("adapter", [OurAdapter, OurSecondStep])
def test_each_word_of_ours_answers_to_a_name_of_allauths(adapter: Any) -> None:
    assert set(adapter.error_messages) == set(adapter.__mro__[1].error_messages)
