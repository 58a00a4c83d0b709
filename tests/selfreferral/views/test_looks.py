"""Who saw what, for the lead alone: on a page, as a table, in words for the person, and worker by worker."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.roles import ROLES
from portal.audit.models import AuditEvent
from portal.audit.record import record
from selfreferral.actions.looking import look, write_check, write_look
from selfreferral.actions.revealing import reveal
from selfreferral.models import Acquaintance, Referral, Reveal
from selfreferral.refusals import NotYours
from selfreferral.seeing.looks import looks_at, watched, week_before
from selfreferral.seeing.sight import Purpose
from tests.conftest import PASSWORD, Person, member_of_staff
from tests.factories.selfreferral import a_referral, claimed
from tests.paging import link_to
from tests.test_long_lists import how

pytestmark = pytest.mark.django_db
PAGE, FILE, WEEK = "/staff/referrals/looks/", "/staff/referrals/looks/file/", "/staff/referrals/looks/week/"
WEDNESDAY = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


@pytest.fixture
def lead(lead: Person) -> Person:
    """What leaves the house asks again who takes it; here they have just shown it."""
    lead.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return lead


def span(**given: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {"reference": "", "worker": "", "since": today - timedelta(days=3), "until": today, **given}


def looked_at(referral: Referral, *people: Person) -> None:
    for person in people:
        look(referral=referral, by=person.user, now=timezone.now())


def on(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.audit.record.timezone.now", lambda: moment)


@pytest.fixture
def held(navigator: Person) -> Referral:
    return claimed(by=navigator.user, now=timezone.now())


def test_the_lead_sees_who_looked_at_one_person(
    lead: Person, navigator: Person, other_navigator: Person, held: Referral
) -> None:
    another = a_referral(now=timezone.now())
    looked_at(held, navigator)
    looked_at(another, navigator)
    reveal(referral=held, why=Reveal.Why.COVER, by=other_navigator.user, now=timezone.now())
    looked_at(held, other_navigator)
    response = lead.get(PAGE, span(reference=held.reference.lower()))
    told = [(look.who, look.reference, look.purpose, look.whose, look.why) for look in response.context["looks"]]
    assert told == [
        ("Other Navigator", held.reference, "Read it", "another's", ""),
        (
            "Other Navigator",
            held.reference,
            "Said why they need to see it",
            "another's",
            "I am covering for a colleague",
        ),
        ("Navigator", held.reference, "Read it", "their own", ""),
    ]
    assert response.context["counts"] == [("Read it", 2), ("Said why they need to see it", 1)]
    assert "energy" not in response.content.decode()


def test_what_one_worker_saw_and_what_was_seen_on_some_days(
    lead: Person, navigator: Person, other_navigator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = a_referral(now=timezone.now()), a_referral(now=timezone.now())
    looked_at(first, navigator, other_navigator)
    looked_at(second, navigator)
    mine = lead.get(PAGE, span(worker=navigator.user.pk)).context["looks"]
    assert {look.who for look in mine} == {"Navigator"}
    assert {look.reference for look in mine} == {first.reference, second.reference}
    moment = timezone.now() - timedelta(days=40)
    long_ago = timezone.localdate(moment)
    assert lead.get(PAGE, span(since=long_ago, until=long_ago)).context["looks"] == []
    on(moment, monkeypatch)
    write_look(purpose=Purpose.SEARCH, by=navigator.user, found=3)
    found = lead.get(PAGE, span(since=long_ago, until=long_ago)).context["looks"]
    assert [(look.purpose, look.why) for look in found] == [("Searched", "3 found")]


def test_to_look_here_is_written_too(lead: Person, held: Referral) -> None:
    lead.get(PAGE)
    lead.get(PAGE, span(reference=held.reference))
    lead.post(FILE, span(worker=lead.user.pk))
    lead.get(WEEK)
    lead.post(f"/staff/referrals/{held.reference}/told/")
    written = AuditEvent.objects.called("selfreferral.looks").order_by("pk")
    assert [event.detail["shown_as"] for event in written] == ["page", "page", "file", "week", "text"]
    assert [event.subject_id for event in written] == ["", str(held.pk), "", "", str(held.pk)]
    assert written[2].detail["worker"] == lead.user.pk
    assert {event.done_by for event in written} == {str(lead.user.pk)}


def test_only_the_lead_may(navigator: Person) -> None:
    with pytest.raises(NotYours):
        write_check(by=navigator.user, shown_as="page")
    assert navigator.get(PAGE).status_code == 403


DOORS = [("get", PAGE), ("post", FILE), ("get", WEEK), ("post", "/staff/referrals/{}/told/")]


@pytest.mark.parametrize(("how", "path"), DOORS)
@pytest.mark.parametrize("role", sorted(set(ROLES) - {"lead"}))
def test_every_other_role_is_refused_and_nothing_is_written(role: str, how: str, path: str) -> None:
    path = path.format(a_referral(now=timezone.now()).reference)
    assert getattr(member_of_staff("somebody", role), how)(path).status_code == 403
    assert not AuditEvent.objects.called("selfreferral.looks").exists()


@pytest.mark.parametrize(("how", "path"), DOORS)
def test_a_stranger_is_asked_to_sign_in(stranger: Person, how: str, path: str) -> None:
    answer = getattr(stranger, how)(path.format(a_referral(now=timezone.now()).reference))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"reference": "ZZZ-ZZZ"}, "There is none with this reference"),
        ({"since": "2026-11-20", "until": "2026-11-19"}, "must not be before the first"),
        ({"worker": "999999"}, "valid choice"),
        ({"since": "soon"}, "valid date"),
    ],
)
def test_what_cannot_be_asked_is_said_and_nothing_is_shown(lead: Person, given: dict[str, str], sentence: str) -> None:
    for response in (lead.get(PAGE, span(**given)), lead.post(FILE, span(**given))):
        assert response.status_code == 400
        assert sentence in response.content.decode()
    assert not AuditEvent.objects.called("selfreferral.looks").exists()


def test_the_table_is_safe_for_a_spreadsheet(lead: Person, navigator: Person, held: Referral) -> None:
    navigator.user.first_name = "=HYPERLINK(1)"
    navigator.user.save()
    looked_at(held, navigator)
    response = lead.post(FILE, span(reference=held.reference))
    lines = response.content.decode("utf-8-sig").splitlines()
    assert response["Content-Type"].startswith("text/csv")
    assert lines[0] == "when,who,of,what for,held then by,why"
    assert f",'=HYPERLINK(1),{held.reference},Read it,their own," in lines[1]


def test_too_long_a_table_asks_for_fewer_days(lead: Person, navigator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfreferral.views.looks.MOST_IN_A_FILE", 1)
    looked_at(a_referral(now=timezone.now()), navigator, navigator)
    response = lead.post(FILE, span())
    assert response.status_code == 400
    assert "Choose fewer days" in response.content.decode()


def test_many_looks_are_paged_with_as_many_queries_as_few(
    lead: Person, navigator: Person, other_navigator: Person, django_assert_num_queries: Any
) -> None:
    looked_at(a_referral(now=timezone.now()), navigator)
    lead.get(PAGE)
    with django_assert_num_queries(19, exact=False):
        lead.get(PAGE)
    for _ in range(30):
        looked_at(a_referral(now=timezone.now()), navigator, other_navigator)
    with django_assert_num_queries(19, exact=False):
        response = lead.get(PAGE)
    assert response.context["count"] == 61
    assert len(response.context["looks"]) == 50
    further = lead.get(PAGE + link_to("next", response.content.decode()))
    assert len(further.context["looks"]) == 11


@pytest.mark.parametrize("given", [{}, {"worker": True}, {"referral": True}])
def test_no_search_reads_the_whole_history(given: dict[str, bool], navigator: Person) -> None:
    referral = a_referral(now=timezone.now())
    asked: dict[str, Any] = {"worker": navigator.user} if "worker" in given else {}
    asked |= {"referral": referral} if "referral" in given else {}
    assert "audit_by_" in how(looks_at(**asked, since=timezone.localdate(), until=timezone.localdate()))


def test_a_person_is_told_in_jobs_and_days_and_no_names(
    lead: Person, navigator: Person, other_navigator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    referral = claimed(by=navigator.user, now=WEDNESDAY)
    on(WEDNESDAY, monkeypatch)
    for _ in range(2):
        look(referral=referral, by=navigator.user, now=WEDNESDAY)
    look(referral=referral, by=lead.user, now=WEDNESDAY, purpose=Purpose.PRINT)
    on(WEDNESDAY + timedelta(days=1), monkeypatch)
    look(referral=referral, by=navigator.user, now=WEDNESDAY)
    record(action="selfreferral.look", by=None, subject=referral, purpose="shared")
    monkeypatch.undo()
    response = lead.post(f"/staff/referrals/{referral.reference}/told/")
    assert response["Content-Type"].startswith("text/plain")
    text = response.content.decode()
    assert "18 November 2026: a worker of our team read it, 2 times." in text
    assert "18 November 2026: the person who leads our team printed it." in text
    assert "19 November 2026: a worker of our team read it." in text
    assert "19 November 2026: somebody who has left our team read the part that was shared with them." in text
    assert "Navigator" not in text
    assert referral.nickname not in text


def test_a_person_whose_request_nobody_opened_is_told_so(lead: Person) -> None:
    referral = a_referral(now=timezone.now())
    assert "Nobody has opened it." in lead.post(f"/staff/referrals/{referral.reference}/told/").content.decode()


def test_a_lead_who_knows_the_person_does_not_see_who_looked_at_them(
    lead: Person, navigator: Person, held: Referral
) -> None:
    looked_at(held, navigator)
    Acquaintance.objects.create(referral=held, known_by=lead.user, said_at=timezone.now())
    for response in (
        lead.get(PAGE, span(reference=held.reference)),
        lead.post(FILE, span(reference=held.reference)),
        lead.post(f"/staff/referrals/{held.reference}/told/"),
    ):
        assert response.status_code == 403
        assert "You know this person" in response.content.decode()
    assert [look.reference for look in lead.get(PAGE).context["looks"]] == ["kept from you"]


def test_last_week_is_monday_to_sunday() -> None:
    for day in range(7):
        monday, sunday = week_before(datetime(2026, 11, 16 + day, tzinfo=UTC).date())
        assert (f"{monday}", f"{sunday}") == ("2026-11-09", "2026-11-15")


def test_the_week_lists_by_worker_who_looked_at_what_another_holds(
    lead: Person, navigator: Person, other_navigator: Person, held: Referral, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    reveal(referral=held, why=Reveal.Why.COVER, by=other_navigator.user, now=now)
    free = a_referral(now=now)
    last_week = WEDNESDAY
    on(last_week, monkeypatch)
    looked_at(held, navigator, other_navigator, other_navigator, lead)
    looked_at(free, other_navigator)
    monkeypatch.undo()
    lines = watched(*week_before(last_week.date() + timedelta(days=7)))
    assert [(line.who, line.anothers, line.people, line.own, line.nobodys) for line in lines] == [
        ("Other Navigator", 2, 1, 0, 1),
        ("Lead", 1, 1, 0, 0),
        ("Navigator", 0, 0, 1, 0),
    ]
    assert not watched(*week_before(last_week.date()))


def test_the_page_of_the_week_links_to_what_each_saw(
    lead: Person, navigator: Person, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    referral = a_referral(now=timezone.now())
    on(timezone.now() - timedelta(days=7), monkeypatch)
    looked_at(referral, navigator)
    monkeypatch.undo()
    lead.get(WEEK)
    with django_assert_num_queries(15, exact=False):
        page = lead.get(WEEK).content.decode()
    assert f"?worker={navigator.user.pk}&amp;since=" in page
