"""The screens of what is done with others: agreements, what a partner sees, and erasing by two."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.roles import ROLES
from portal.audit.models import AuditEvent
from selfreferral.actions.sharing import end_agreement, stop_sharing
from selfreferral.deeds import DEEDS
from selfreferral.models import ErasureRequest, Referral, SharedView, SharingAgreement
from selfreferral.workflow import State
from tests.conftest import Person, member_of_staff
from tests.factories.selfreferral import FOR_MY_SISTER, a_referral, being_contacted
from tests.factories.together import a_wish_to_erase, shared_as_of_now

pytestmark = pytest.mark.django_db
SOME_ID = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
OF_THE_LEAD = [
    ("get", "/staff/agreements/"),
    ("get", "/staff/agreements/record/"),
    ("post", "/staff/agreements/record/"),
    ("post", f"/staff/agreements/{SOME_ID}/end/"),
]
OF_PARTNERS = [("get", "/staff/shared/"), ("get", f"/staff/shared/{SOME_ID}/")]
OF_ADMINISTRATORS = [
    ("get", "/staff/erasures/"),
    ("get", f"/staff/erasures/{SOME_ID}/"),
    ("post", f"/staff/erasures/{SOME_ID}/erase/"),
    ("post", f"/staff/erasures/{SOME_ID}/keep/"),
]
ALL = [*OF_THE_LEAD, *OF_PARTNERS, *OF_ADMINISTRATORS]


def status(person: Person, how: str, path: str) -> int:
    answer: Callable[..., object] = getattr(person, how)
    return answer(path).status_code  # type: ignore[attr-defined]


def words(person: Person, path: str) -> str:
    answer = person.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize(("how", "path"), ALL)
def test_a_stranger_is_asked_to_sign_in(stranger: Person, db: None, how: str, path: str) -> None:
    assert status(stranger, how, path) == 302


@pytest.mark.parametrize(
    ("role", "addresses"), [("lead", OF_THE_LEAD), ("partner", OF_PARTNERS), ("administrator", OF_ADMINISTRATORS)]
)
def test_every_other_role_is_refused(db: None, role: str, addresses: list[tuple[str, str]]) -> None:
    for other in sorted(set(ROLES) - {role}):
        person = member_of_staff(other, other)
        assert {status(person, how, path) for how, path in addresses} == {403}, other


@pytest.mark.parametrize(("how", "path"), ALL)
def test_a_superuser_is_refused(administrator: Person, how: str, path: str) -> None:
    administrator.user.groups.clear()
    administrator.user.is_superuser = administrator.user.is_staff = True
    administrator.user.save()
    assert status(administrator, how, path) == 403


def form_in(page: str, address: str) -> str:
    """The form on this page that is sent to this address."""
    return page.split(f'action="{address}"', 1)[1].split("</form>", 1)[0]


# Agreements ---------------------------------------------------------------------------------------


def test_the_lead_writes_one_down_and_ends_it(lead: Person) -> None:
    today = timezone.localdate()
    assert "No agreement is written down yet" in words(lead, "/staff/agreements/")
    given = {
        "partner_name": "Example food bank",
        "purpose": "To bring food.",
        "lawful_basis": "Article 6(1)(e)",
        "begins_on": today.isoformat(),
        "ends_on": today.isoformat(),
    }
    wrong = lead.post("/staff/agreements/record/", {**given, "ends_on": (today - timedelta(days=1)).isoformat()})
    assert wrong.status_code == 400
    assert "first day or later" in wrong.content.decode()
    assert lead.post("/staff/agreements/record/", given).status_code == 302
    assert "In force" in words(lead, "/staff/agreements/")
    agreement = SharingAgreement.objects.get()
    lead.post(f"/staff/agreements/{agreement.pk}/end/")
    assert "Ended early" in words(lead, "/staff/agreements/")
    assert "over already" in lead.post(f"/staff/agreements/{agreement.pk}/end/", follow=True).content.decode()


# A partner's own screens --------------------------------------------------------------------------


def test_the_list_says_nickname_and_day_and_nothing_else(lead: Person, partner: Person) -> None:
    view = shared_as_of_now(partner.user, by=lead.user)
    page = words(partner, "/staff/shared/")
    assert view.referral.nickname in page
    assert view.referral.reference not in page
    assert "Example Jo" not in page
    assert not AuditEvent.objects.filter(action="selfreferral.look").exists()


def test_the_page_shows_what_was_chosen_and_leads_nowhere(lead: Person, partner: Person) -> None:
    referral = being_contacted(by=lead.user, now=timezone.now(), **FOR_MY_SISTER)
    view = shared_as_of_now(partner.user, by=lead.user, referral=referral, parts=("name", "safe_ways", "needs"))
    page = words(partner, f"/staff/shared/{view.pk}/")
    middle = page.split("<main", 1)[-1]
    for told in ("Example Jo", "07700 900123", "Read things out loud", "Do not copy it"):
        assert told in middle
    for hidden in ("energy people", "jo@example.org", "Example Ann", "900456", referral.reference, "tel:", "mailto:"):
        assert hidden not in page
    assert "/staff/referrals" not in page
    assert AuditEvent.objects.about(referral).filter(action="selfreferral.look").count() == 1


def test_without_leave_for_a_way_there_is_no_number(lead: Person, partner: Person) -> None:
    referral = being_contacted(by=lead.user, now=timezone.now(), safe_text="no", safe_email="yes")
    view = shared_as_of_now(partner.user, by=lead.user, referral=referral, parts=("safe_ways",))
    page = words(partner, f"/staff/shared/{view.pk}/")
    assert "07700" not in page
    assert "jo@example.org" in page


def test_a_partner_is_refused_everything_else_in_the_room(lead: Person, partner: Person) -> None:
    view = shared_as_of_now(partner.user, by=lead.user)
    at = f"/staff/referrals/{view.referral.reference}/"
    assert {status(partner, "get", path) for path in ("/staff/referrals/", at)} == {403}
    assert {status(partner, "post", f"{at}{deed.form.name}/") for deed in DEEDS} == {403}
    assert {status(partner, how, path) for how, path in [*OF_THE_LEAD, *OF_ADMINISTRATORS]} == {403}


def test_what_is_not_shared_now_gets_one_answer(lead: Person, partner: Person) -> None:
    ours = shared_as_of_now(partner.user, by=lead.user)
    other = shared_as_of_now(member_of_staff("other", "partner").user, by=lead.user)
    ended, not_begun, past, of_ended = (shared_as_of_now(partner.user, by=lead.user) for _ in range(4))
    now, today = timezone.now(), timezone.localdate()
    stop_sharing(referral=ended.referral, view=ended, by=lead.user, now=now)
    end_agreement(agreement=of_ended.agreement, by=lead.user, now=now)
    SharingAgreement.objects.filter(pk=not_begun.agreement_id).update(begins_on=today + timedelta(days=1))
    SharedView.objects.filter(pk=past.pk).update(ends_on=today - timedelta(days=1))
    answers = {
        partner.get(f"/staff/shared/{pk}/") for pk in (other.pk, ended.pk, not_begun.pk, past.pk, of_ended.pk, SOME_ID)
    }
    assert {answer.status_code for answer in answers} == {403}
    assert all("not shared with you" in answer.content.decode() for answer in answers)
    assert not AuditEvent.objects.filter(action="selfreferral.look").exists()
    assert status(partner, "get", f"/staff/shared/{ours.pk}/") == 200


def test_out_of_the_role_the_door_is_shut(lead: Person, partner: Person) -> None:
    view = shared_as_of_now(partner.user, by=lead.user)
    partner.user.groups.set(Group.objects.filter(name="Editor"))
    assert status(partner, "get", f"/staff/shared/{view.pk}/") == 403


def test_what_was_tampered_with_is_not_shown(lead: Person, partner: Person) -> None:
    view = shared_as_of_now(partner.user, by=lead.user)
    view.referral.answers.update(sealed_answers=b"\x01" + bytes(300))
    assert status(partner, "get", f"/staff/shared/{view.pk}/") == 503


# On the referral's page ---------------------------------------------------------------------------


def test_the_lead_shares_and_stops_on_the_page(lead: Person, partner: Person) -> None:
    view = shared_as_of_now(partner.user, by=lead.user)
    referral, agreement = view.referral, view.agreement
    at = f"/staff/referrals/{referral.reference}/"
    assert "Shared with partners" in words(lead, at)
    assert lead.post(f"{at}stop-sharing/", {"view": view.pk}).status_code == 302
    page = words(lead, at)
    assert "Shared with partners" not in page
    assert "checked" not in form_in(page, f"{at}share/")
    given = {
        "agreement": agreement.pk,
        "partner": partner.user.pk,
        "parts": ["name", "needs"],
        "why": "",
        "ends_on": timezone.localdate().isoformat(),
    }
    refused = lead.post(f"{at}share/", given)
    assert refused.status_code == 400
    assert form_in(refused.content.decode(), f"{at}share/").count("checked") == 2
    assert lead.post(f"{at}share/", {**given, "why": "To help."}).status_code == 302
    assert SharedView.objects.order_by("shared_at").last().parts == ["name", "needs"]  # type: ignore[union-attr]
    assert "To help." in words(lead, at)


def test_the_offer_of_who_told_us_stands_where_it_is_given_to_somebody(lead: Person) -> None:
    referral = a_referral(now=timezone.now(), **{**FOR_MY_SISTER, "offer": "I can drive her."})
    page = words(lead, f"/staff/referrals/{referral.reference}/")
    form = page.split("Give it to a navigator", 1)[1].split("</form>", 1)[0]
    assert "I can drive her." in form


# Erasing ------------------------------------------------------------------------------------------


def test_the_administrator_sees_the_reference_alone_and_decides(lead: Person, administrator: Person) -> None:
    referral = a_referral(now=timezone.now())
    at = f"/staff/referrals/{referral.reference}/"
    assert lead.post(f"{at}ask-to-erase/", {"why": "person"}).status_code == 302
    assert "An administrator decides" in words(lead, at)
    wish = ErasureRequest.objects.get()
    for path in ("/staff/erasures/", f"/staff/erasures/{wish.pk}/"):
        page = words(administrator, path)
        assert referral.reference in page
        assert "The person asked for it" in page
        for hidden in (referral.nickname, "Example Jo", "07700"):
            assert hidden not in page
    assert administrator.post(f"/staff/erasures/{wish.pk}/erase/").status_code == 302
    assert Referral.objects.get().where is State.ERASED
    assert "Erased" in words(administrator, "/staff/erasures/")
    left = words(lead, at)
    assert "Nobody can read any of it again" in left
    assert "Example Jo" not in left
    assert "decided already" in administrator.post(f"/staff/erasures/{wish.pk}/keep/", follow=True).content.decode()


def test_kept_it_goes_on(lead: Person, administrator: Person) -> None:
    wish = a_wish_to_erase(a_referral(now=timezone.now()), by=lead.user)
    administrator.post(f"/staff/erasures/{wish.pk}/keep/")
    assert "Kept" in words(administrator, "/staff/erasures/")
    assert "Example Jo" in words(lead, f"/staff/referrals/{wish.referral.reference}/")


def test_whoever_asked_is_told_that_another_decides(lead: Person) -> None:
    lead.user.groups.add(Group.objects.get(name="Administrator"))
    wish = a_wish_to_erase(a_referral(now=timezone.now()), by=lead.user)
    page = words(lead, f"/staff/erasures/{wish.pk}/")
    assert "Somebody else must decide" in page
    assert "for good" not in page
    assert "yourself" in lead.post(f"/staff/erasures/{wish.pk}/erase/", follow=True).content.decode()
    assert Referral.objects.get().where is State.NEW


def test_only_the_lead_is_offered_to_ask(navigator: Person, lead: Person) -> None:
    at = f"/staff/referrals/{being_contacted(by=navigator.user, now=timezone.now()).reference}/"
    assert "Ask that it is erased" in words(lead, at)
    assert "Ask that it is erased" not in words(navigator, at)
    assert navigator.post(f"{at}ask-to-erase/", {"why": "person"}).status_code == 403


# The number of questions to the database -----------------------------------------------------------


def test_lists_ask_as_much_for_many_as_for_one(lead: Person, partner: Person, administrator: Person) -> None:
    asked: list[list[int]] = []
    for many in (1, 5):
        for _ in range(many):
            view = shared_as_of_now(partner.user, by=lead.user)
            a_wish_to_erase(view.referral, by=lead.user)
        asked.append(
            [
                queries_of(person, path)
                for person, path in (
                    (lead, "/staff/agreements/"),
                    (partner, "/staff/shared/"),
                    (administrator, "/staff/erasures/"),
                )
            ]
        )
    assert asked[0] == asked[1]


def queries_of(person: Person, path: str) -> int:
    person.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert person.get(path).status_code == 200
    return sum('"selfreferral_' in query["sql"] for query in captured)


def test_the_menu_shows_each_screen_to_its_own(lead: Person, partner: Person, administrator: Person) -> None:
    for person, own in ((lead, "agreements"), (partner, "shared"), (administrator, "erasures")):
        page = words(person, "/staff/")
        shown = [name for name in ("agreements", "shared", "erasures") if f"/staff/{name}/" in page]
        assert shown == [own]
