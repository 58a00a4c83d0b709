"""Every staff address of this room, tried by a stranger and by everybody who has no business there."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, Permission

from portal.accounts.models import User
from portal.accounts.roles import ROLES
from portal.audit.models import AuditEvent
from selfreferral.deeds import DEEDS
from selfreferral.models import Referral
from tests.conftest import Person, member_of_staff
from tests.factories.selfreferral import WEDNESDAY, a_referral, being_contacted

pytestmark = pytest.mark.django_db
GETS = [
    "/staff/referrals/",
    "/staff/referrals/{}/",
    "/staff/referrals/new/",
    "/staff/referrals/new/paper/",
    "/staff/referrals/new/phone/",
    "/staff/referrals/new/{}/",
    "/staff/referrals/questions/",
    "/staff/referrals/questions/name/",
]
POSTS = [
    "/staff/referrals/search/",
    *(f"/staff/referrals/{{}}/{name}/" for name in ["claim", *(deed.form.name for deed in DEEDS)]),
    "/staff/referrals/new/{}/words/",
]
ALL = [("get", path) for path in GETS] + [("post", path) for path in POSTS]


def try_it(person: Person, how: str, path: str, referral: Referral) -> int:
    answer: Callable[..., object] = getattr(person, how)
    return answer(path.format(referral.reference)).status_code  # type: ignore[attr-defined]


def superuser(email: str = "super@demo.example") -> Person:
    person = Person()
    person.user = User.objects.create_superuser(email, "a long enough password")
    person.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    return person


@pytest.mark.parametrize(("how", "path"), ALL)
def test_a_stranger_is_asked_to_sign_in(stranger: Person, how: str, path: str) -> None:
    referral = a_referral()
    answer = getattr(stranger, how)(path.format(referral.reference))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(("how", "path"), ALL)
@pytest.mark.parametrize("role", sorted(set(ROLES) - {"navigator", "lead"}))
def test_every_other_role_is_refused(role: str, how: str, path: str) -> None:
    referral = a_referral()
    before = AuditEvent.objects.count()
    assert try_it(member_of_staff("somebody", role), how, path, referral) == 403
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize(("how", "path"), ALL)
def test_a_superuser_is_refused(how: str, path: str) -> None:
    assert try_it(superuser(), how, path, a_referral()) == 403


@pytest.mark.parametrize(("how", "path"), ALL)
def test_a_superuser_with_permissions_of_their_own_making_is_refused(how: str, path: str) -> None:
    person = superuser()
    person.user.user_permissions.set(Permission.objects.filter(content_type__app_label="selfreferral"))
    group = Group.objects.create(name="Made by hand")
    group.permissions.set(Permission.objects.filter(content_type__app_label="selfreferral"))
    person.user.groups.add(group)
    assert try_it(person, how, path, a_referral()) == 403


def test_a_superuser_with_the_role_works_like_anybody_with_it() -> None:
    person = superuser()
    person.user.groups.add(Group.objects.get(name="Navigator"))
    assert try_it(person, "get", "/staff/referrals/", a_referral()) == 200


def test_only_the_lead_gives_to_others(navigator: Person, other_navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=WEDNESDAY)
    assert try_it(navigator, "post", "/staff/referrals/{}/allocate/", referral) == 403


def test_nobody_without_the_role_sees_the_menu_or_the_number(
    navigator: Person, lead: Person, administrator: Person, coordinator: Person
) -> None:
    a_referral()
    for person in (navigator, lead):
        page = person.get("/staff/").content.decode()
        assert "/staff/referrals/" in page
        assert "people to answer" in page
    for person in (administrator, coordinator, superuser()):
        page = person.get("/staff/").content.decode()
        assert "/staff/referrals/" not in page
        assert "people to answer" not in page


@pytest.mark.parametrize("path", POSTS)
def test_nothing_is_done_by_looking(navigator: Person, path: str) -> None:
    assert try_it(navigator, "get", path, a_referral()) in {403, 405}


def test_no_table_of_this_room_but_the_leads_lists_has_a_permission_of_djangos_own() -> None:
    names = set(Permission.objects.filter(content_type__app_label="selfreferral").values_list("codename", flat=True))
    lists = {name for name in names if name.endswith(("_domain", "_referralsource"))}
    assert names - lists == {"view_queue", "work_referral", "allocate_referral", "approve_erasure", "view_shared"}
    assert all(name.startswith(("add_", "change_", "delete_")) for name in lists)
