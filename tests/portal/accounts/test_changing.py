"""Less is done at once and more takes two; the history and the leads know of both."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from portal.accounts.actions.changing import agree, change_roles, refuse
from portal.accounts.actions.closing import close_account
from portal.accounts.actions.inviting import invite
from portal.accounts.models import RoleChange, User
from portal.accounts.refusals import ItMoved, NobodyLeft, NothingToDo, NotYours
from portal.audit.models import AuditEvent
from portal.pages.roles_waiting import roles_to_agree
from tests.conftest import PASSWORD, Person, member_of_staff

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def second(db: None) -> Person:
    return member_of_staff("second", "administrator")


def shows_again(person: Person) -> Person:
    person.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return person


def roles_of(person: Person) -> list[str]:
    return User.objects.get(pk=person.user.pk).roles


def asked(person: Person, roles: list[str], by: Person) -> RoleChange:
    return change_roles(person=person.user, roles=roles, by=by.user, now=NOW)


def test_less_is_done_at_once(administrator: Person, lead: Person, run_worker: Callable[[], None]) -> None:
    change = asked(lead, ["navigator"], administrator)
    assert change.state == RoleChange.State.DONE
    assert roles_of(lead) == ["navigator"]
    event = AuditEvent.objects.about(lead.user).newest_first()[0]
    assert (event.action, event.detail["before"], event.detail["after"]) == (
        "accounts.lower_role", ["lead"], ["navigator"],
    )  # fmt: skip


def test_more_waits_for_a_second_administrator_who_is_told_as_the_lead_is(
    administrator: Person, second: Person, navigator: Person, lead: Person, run_worker: Callable[[], None]
) -> None:
    change = asked(navigator, ["lead"], administrator)
    assert roles_of(navigator) == ["navigator"]
    run_worker()
    assert sorted(message.to[0] for message in mail.outbox) == sorted([lead.user.email, second.user.email])
    assert "Navigator: Navigator → Triage lead" in mail.outbox[0].body
    for wrong in (administrator, navigator):
        with pytest.raises(NotYours):
            agree(change=change, by=wrong.user, now=NOW)
    agree(change=change, by=second.user, now=NOW)
    assert roles_of(navigator) == ["lead"]
    with pytest.raises(ItMoved):
        agree(change=change, by=second.user, now=NOW)
    assert AuditEvent.objects.called("accounts.agree_role").get().done_by == str(second.user.pk)


def test_nobody_raises_or_agrees_to_their_own_role(administrator: Person, second: Person) -> None:
    change = asked(administrator, ["administrator", "lead"], administrator)
    assert roles_of(administrator) == ["administrator"]
    with pytest.raises(NotYours):
        agree(change=change, by=administrator.user, now=NOW)
    other = asked(second, ["administrator", "lead"], administrator)
    with pytest.raises(NotYours):
        agree(change=other, by=second.user, now=NOW)
    refuse(change=other, by=second.user, now=NOW)
    assert roles_of(second) == ["administrator"]


def test_what_was_asked_of_older_roles_does_not_come_true(
    administrator: Person, second: Person, editor: Person
) -> None:
    change = asked(editor, ["editor", "lead"], administrator)
    editor.user.groups.clear()
    with pytest.raises(ItMoved):
        agree(change=change, by=second.user, now=NOW)
    assert roles_of(editor) == []


@pytest.mark.parametrize("roles", [["editor"], [], ["no_such_role"]])
def test_nothing_to_do_is_said(administrator: Person, editor: Person, roles: list[str]) -> None:
    with pytest.raises(NothingToDo):
        asked(editor, roles, administrator)


def test_one_thing_at_a_time_for_one_person(administrator: Person, editor: Person) -> None:
    asked(editor, ["lead"], administrator)
    with pytest.raises(ItMoved):
        asked(editor, ["navigator"], administrator)


def test_the_last_administrator_stays_one(administrator: Person) -> None:
    boss = User.objects.create_superuser("boss@demo.example", PASSWORD)
    administrator.user.groups.add(Group.objects.get(name="Editor"))
    with pytest.raises(NobodyLeft):
        close_account(person=administrator.user, by=boss, now=NOW)
    with pytest.raises(NobodyLeft):
        change_roles(person=administrator.user, roles=["editor"], by=boss, now=NOW)


def test_with_one_administrator_the_technician_agrees_by_a_command_and_says_why(
    administrator: Person, editor: Person, capsys: Any
) -> None:
    change = asked(editor, ["lead"], administrator)
    call_command("role_changes")
    assert f"{change.pk}: Editor" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Say why"):
        call_command("role_changes", agree=change.pk)
    call_command("role_changes", agree=change.pk, because="we are three people")
    assert roles_of(editor) == ["lead"]
    assert AuditEvent.objects.called("accounts.agree_role_by_command").get().detail["because"] == "we are three people"
    with pytest.raises(CommandError, match="No change"):
        call_command("role_changes", agree=change.pk, because="again")


def test_the_command_is_no_way_around_a_second_administrator(
    administrator: Person, second: Person, editor: Person
) -> None:
    change = asked(editor, ["lead"], administrator)
    with pytest.raises(CommandError, match="There is a second administrator"):
        call_command("role_changes", agree=change.pk, because="quicker")


def test_closing_ends_sessions_roles_password_and_second_step_at_once(administrator: Person, navigator: Person) -> None:
    signed_in = Person()
    signed_in.post("/accounts/login/", {"login": navigator.user.email, "password": PASSWORD})
    assert signed_in.get("/staff/").status_code == 200
    close_account(person=navigator.user, by=administrator.user, now=NOW)
    assert signed_in.get("/staff/").status_code == navigator.get("/staff/").status_code == 302
    closed = User.objects.get(pk=navigator.user.pk)
    assert (closed.is_active, closed.roles, closed.has_usable_password()) == (False, [], False)
    with pytest.raises(NothingToDo):
        close_account(person=closed, by=administrator.user, now=NOW)


def test_who_is_not_closed_here(administrator: Person, second: Person) -> None:
    boss = User.objects.create_superuser("boss@demo.example", PASSWORD)
    for person in (administrator.user, boss):
        with pytest.raises(NotYours):
            close_account(person=person, by=administrator.user, now=NOW)


def test_the_screens_do_all_this_after_signing_in_again(
    administrator: Person, second: Person, navigator: Person, lead: Person
) -> None:
    page = reverse("people_person", args=[navigator.user.pk])
    assert administrator.get(page)["Location"].startswith("/accounts/reauthenticate/")
    shows_again(administrator)
    assert "Triage lead" in administrator.get(page).content.decode()
    assert administrator.post(page, {"roles": ["lead"]}).status_code == 302
    assert "Waits for a second administrator" in administrator.get(reverse("people")).content.decode()
    change = RoleChange.objects.get()
    shows_again(second).post(reverse("people_agree", args=[change.pk]))
    assert roles_of(navigator) == ["lead"]
    assert "Navigator" in lead.get(reverse("people_changes")).content.decode()
    assert lead.get(reverse("people")).status_code == 403
    second.post(reverse("people_close", args=[navigator.user.pk]))
    assert not User.objects.get(pk=navigator.user.pk).is_active


def test_a_refusal_is_said_on_the_screen(administrator: Person, editor: Person) -> None:
    shows_again(administrator)
    page = reverse("people_person", args=[editor.user.pk])
    assert "Nothing was changed" in administrator.post(page, {"roles": ["editor"]}).content.decode()
    assert administrator.post(page, {"roles": []}).status_code == 400
    administrator.post(page, {"roles": ["lead"]})
    answer = administrator.post(reverse("people_agree", args=[RoleChange.objects.get().pk]), follow=True)
    assert "This takes a second administrator" in answer.content.decode()
    assert "You are the only administrator" in answer.content.decode()
    own = administrator.post(reverse("people_close", args=[administrator.user.pk]), follow=True)
    assert "Somebody else closes your account" in own.content.decode()


WAGTAILS = (
    "/staff/users/", "/staff/users/add/", "/staff/users/edit/1/", "/staff/users/delete/1/", "/staff/users/1/",
    "/staff/groups/", "/staff/groups/new/", "/staff/groups/add/", "/staff/groups/edit/1/",
    "/staff/bulk/accounts/user/assign_role/", "/staff/bulk/accounts/user/set_active_state/",
    "/staff/bulk/accounts/user/delete/", "/staff/bulk/auth/group/delete/",
)  # fmt: skip


@pytest.mark.parametrize("is_superuser", [False, True])
def test_wagtails_own_forms_of_users_and_groups_are_closed_to_everybody(
    administrator: Person, editor: Person, is_superuser: bool
) -> None:
    User.objects.filter(pk=administrator.user.pk).update(is_superuser=is_superuser)
    for address in WAGTAILS:
        looked = administrator.get(address)
        assert looked.status_code in {403, 404} or looked["Location"] == reverse("people"), address
        answer = administrator.post(address, {"is_superuser": "on", "roles": ["1"], "password1": PASSWORD})
        assert answer.status_code in {403, 405}, address
        assert editor.get(address).status_code == 403, address
    menu = administrator.get("/staff/").content.decode()
    assert "/staff/users/" not in menu
    assert "/staff/groups/" not in menu


def test_closing_has_a_page_of_its_own_that_says_what_goes(administrator: Person, navigator: Person) -> None:
    close = reverse("people_close", args=[navigator.user.pk])
    assert administrator.get(close)["Location"].startswith("/accounts/reauthenticate/")
    shows_again(administrator)
    person = administrator.get(reverse("people_person", args=[navigator.user.pk])).content.decode()
    assert f'href="{close}"' in person
    assert f'action="{close}"' not in person
    asked = administrator.get(close).content.decode()
    assert "It cannot be undone" in asked
    assert "Close the account of Navigator" in asked
    assert User.objects.get(pk=navigator.user.pk).is_active
    administrator.post(close)
    assert not User.objects.get(pk=navigator.user.pk).is_active


def test_who_has_to_agree_sees_it_on_the_staff_home_and_the_mail_leads_there(
    administrator: Person, second: Person, navigator: Person, lead: Person, run_worker: Callable[[], None]
) -> None:
    assert roles_to_agree(second.user) is None
    asked(navigator, ["lead"], administrator)
    line = roles_to_agree(second.user)
    assert line is not None
    assert (line.count, line.url) == (1, reverse("people"))
    assert "changes of roles wait until you agree" in second.get("/staff/").content.decode()
    assert [roles_to_agree(one.user) for one in (administrator, lead)] == [None, None]
    run_worker()
    links = {letter.to[0]: str(letter.body) for letter in mail.outbox}
    assert f"{reverse('people')}\n" in links[second.user.email]
    assert "agree or not" in links[second.user.email]
    assert reverse("people_changes") in links[lead.user.email]


def test_somebody_invited_is_not_among_the_closed(administrator: Person, second: Person) -> None:
    def closed() -> list[str]:
        return [person.email for person in administrator.get(reverse("people")).context["closed"]]

    change = invite(email="joan@work.example", first_name="Joan", roles=["editor"], by=administrator.user, now=NOW)
    assert closed() == []
    agree(change=change, by=second.user, now=NOW)
    assert closed() == []
    close_account(person=change.person, by=second.user, now=NOW)
    assert closed() == ["joan@work.example"]
