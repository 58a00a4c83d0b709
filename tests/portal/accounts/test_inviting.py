"""Staff come in by an invitation that two people agreed on; the link works once, for a week, and only the newest does."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from portal.accounts.actions.changing import agree, refuse
from portal.accounts.actions.closing import close_account
from portal.accounts.actions.inviting import invite, send_again
from portal.accounts.invitations import path_of
from portal.accounts.models import RoleChange, User
from portal.accounts.refusals import ItMoved, NothingToDo
from portal.emails.links import sign
from tests.conftest import PASSWORD, Person, member_of_staff

pytestmark = pytest.mark.django_db
NEW = {"password": "three dry herrings", "again": "three dry herrings"}


@pytest.fixture
def second(db: None) -> Person:
    return member_of_staff("second", "administrator")


@pytest.fixture
def invitation(administrator: Person, second: Person) -> RoleChange:
    """Joan was invited as an editor, and a second administrator has agreed."""
    change = invite(
        email="joan@work.example", first_name="Joan", roles=["editor"], by=administrator.user, now=timezone.now()
    )
    return agree(change=change, by=second.user, now=timezone.now())


def test_from_the_mail_to_the_staff_pages(
    invitation: RoleChange, run_worker: Callable[[], None], settings: Any, stranger: Person
) -> None:
    settings.REQUIRE_MFA = True
    run_worker()
    (letter,) = [message for message in mail.outbox if message.to == ["joan@work.example"]]
    path = re.search(r"(/welcome/\S+/)", str(letter.body))[1]  # type: ignore[index]
    page = stranger.get(path)
    assert "Welcome, Joan" in page.content.decode()
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("same-origin", "noindex")
    assert "no-store" in page["Cache-Control"]
    assert stranger.post(path, NEW)["Location"] == "/staff/"
    assert stranger.get("/staff/")["Location"] == reverse("mfa_index")
    # The password was typed a moment ago: nobody asks for it again on the way to the second step.
    assert stranger.get(reverse("mfa_activate_totp")).status_code == 200
    joan = User.objects.get(email="joan@work.example")
    assert joan.roles == ["editor"]
    assert joan.check_password(NEW["password"])


def test_a_link_that_was_used_is_dead(invitation: RoleChange, stranger: Person) -> None:
    path = path_of(invitation)
    stranger.post(path, NEW)
    assert Person().get(path).status_code == 410
    assert Person().post(path, {"password": "another long one", "again": "another long one"}).status_code == 410
    assert User.objects.get(email="joan@work.example").check_password(NEW["password"])


def test_links_that_open_nothing_all_say_the_same(
    invitation: RoleChange, administrator: Person, stranger: Person, settings: Any
) -> None:
    older = path_of(invitation)
    RoleChange.objects.update(invited_at=timezone.now() - timedelta(minutes=1))
    send_again(change=invitation, by=administrator.user, now=timezone.now())
    dead = [older if older != path_of(RoleChange.objects.get()) else "", reverse("welcome", args=["made-up"])]
    dead.append(reverse("welcome", args=[sign("accounts.invitation", "999:1")]))
    dead.append(reverse("welcome", args=[sign("another.purpose", "1:1")]))
    answers = [stranger.get(path) for path in dead if path]
    newest = path_of(RoleChange.objects.get())
    settings.INVITATION_DAYS = -1
    answers.append(stranger.get(newest))
    assert {answer.status_code for answer in answers} == {410}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize("end", ["refuse", "close"])
def test_an_invitation_that_was_taken_back_opens_nothing(
    invitation: RoleChange, administrator: Person, stranger: Person, end: str
) -> None:
    path = path_of(invitation)
    if end == "refuse":
        refuse(change=invitation, by=administrator.user, now=timezone.now())
    else:
        close_account(person=invitation.person, by=administrator.user, now=timezone.now())
    assert stranger.post(path, NEW).status_code == 410
    assert not User.objects.get(email="joan@work.example").is_active
    with pytest.raises(ItMoved):
        send_again(change=invitation, by=administrator.user, now=timezone.now())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"password": "short", "again": "short"}, "too short"),
        ({"password": "passwordpassword", "again": "another long one"}, "not the same"),
        ({"password": "joan@work.example", "again": "joan@work.example"}, "too similar"),
    ],
)
def test_a_weak_password_is_refused(invitation: RoleChange, stranger: Person, words: dict[str, str], said: str) -> None:
    answer = stranger.post(path_of(invitation), words)
    assert said in answer.content.decode()
    assert answer.context["form"].errors
    assert not User.objects.get(email="joan@work.example").is_active


def test_no_mail_goes_before_the_second_administrator_agrees(
    administrator: Person, second: Person, run_worker: Callable[[], None]
) -> None:
    invite(email="joan@work.example", roles=["lead"], by=administrator.user, now=timezone.now())
    run_worker()
    assert all(message.to != ["joan@work.example"] for message in mail.outbox)


def test_who_is_not_invited(administrator: Person, editor: Person) -> None:
    now = timezone.now()
    with pytest.raises(NothingToDo, match="works here already"):
        invite(email=editor.user.email.upper(), roles=["lead"], by=administrator.user, now=now)
    with pytest.raises(NothingToDo, match="at least one role"):
        invite(email="joan@work.example", roles=["boss"], by=administrator.user, now=now)
    invite(email="joan@work.example", roles=["lead"], by=administrator.user, now=now)
    with pytest.raises(ItMoved):
        invite(email="joan@work.example", roles=["editor"], by=administrator.user, now=now)


def test_whoever_left_comes_back_by_an_invitation_and_with_nothing_of_before(
    administrator: Person, second: Person, navigator: Person, stranger: Person
) -> None:
    close_account(person=navigator.user, by=administrator.user, now=timezone.now())
    change = invite(email=navigator.user.email, roles=["partner"], by=administrator.user, now=timezone.now())
    stranger.post(path_of(agree(change=change, by=second.user, now=timezone.now())), NEW)
    back = User.objects.get(pk=navigator.user.pk)
    assert (back.roles, back.is_active, back.check_password(PASSWORD)) == (["partner"], True, False)


def test_a_resident_who_begins_to_work_here_keeps_the_account(
    administrator: Person, second: Person, stranger: Person
) -> None:
    resident = User.objects.create_user("res@home.example", None)
    change = invite(email="RES@home.example", roles=["partner"], by=administrator.user, now=timezone.now())
    stranger.post(path_of(agree(change=change, by=second.user, now=timezone.now())), NEW)
    assert User.objects.get(pk=resident.pk).works_here
    assert User.objects.at("res@home.example").count() == 1


def test_the_screen_invites_after_signing_in_again(administrator: Person, second: Person) -> None:
    page = reverse("people_invite")
    assert administrator.get(page)["Location"].startswith("/accounts/reauthenticate/")
    administrator.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert administrator.get(page).status_code == 200
    sent = {"email": "joan@work.example", "first_name": "Joan", "roles": ["editor"]}
    assert administrator.post(page, {**sent, "email": "joan"}).status_code == 400
    assert administrator.post(page, sent, follow=True).status_code == 200
    assert administrator.post(page, sent).status_code == 409
    assert RoleChange.objects.waiting().get().after == ["editor"]


def test_the_technicians_first_account_is_made_by_a_command() -> None:
    call_command("createsuperuser", email="tech@work.example", interactive=False)
    assert User.objects.get(email="tech@work.example").is_superuser
