"""What people think of our help, from the links that the lead makes to the call that somebody asked for."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.audit.models import AuditEvent
from portal.clock import say_date
from selfreferral.actions.calls import forget_numbers
from selfreferral.actions.surveys import answer, ask_for_call, make_links
from selfreferral.models import CallBack, ReferrerFeedback, Survey
from selfreferral.seeing.sight import LOOK
from selfreferral.surveying.calls import ring_by
from selfreferral.views import rounds, surveys
from selfreferral.views.surveys import COOKIE
from selfreferral.week import people_to_ring
from tests.conftest import Person
from tests.paging import link_to
from tests.paper import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]
SURVEYS, CALLS = "/staff/referrals/surveys/", "/staff/referrals/calls/"


def asked(**more: Any) -> dict[str, Any]:
    last = timezone.localdate() + timedelta(days=28)
    return {"audience": "referrers", "how_many": "3", "closes_on": f"{last}", "shape": "listed", **more}


def a_link(lead: Person) -> str:
    now = timezone.now()
    last = timezone.localdate(now) + timedelta(days=28)
    return make_links(audience=Survey.Audience.RESIDENTS, how_many=1, closes_on=last, by=lead.user, now=now)[0]


def sent(resident: Person, token: str, **said: Any) -> Any:
    shown = resident.get(f"/survey/{token}/").content.decode()
    stamp = shown.split('name="shown" value="')[1].split('"')[0]
    return resident.post(f"/survey/{token}/", {"shown": stamp, "good": "", "better": "", **said})


def test_the_lead_gets_links_to_mail_or_slips_to_print(lead: Person) -> None:
    links = lead.post(SURVEYS, asked()).content.decode().split()
    assert len(set(links)) == 3
    assert all("/survey/" in link for link in links)
    slips = lead.post(SURVEYS, asked(shape="printed", how_many="9")).content
    words = words_of(slips)
    assert words.count("How did we do?") == 9
    assert "0 of 9" in lead.get(SURVEYS).content.decode()


def test_what_cannot_be_made_is_refused(lead: Person) -> None:
    for wrong in ({"how_many": "501"}, {"closes_on": f"{timezone.localdate()}"}, {"audience": "everybody"}):
        assert lead.post(SURVEYS, asked(**wrong)).status_code == 400
    assert not Survey.objects.exists()
    assert "Make 500 at most. For more, make them twice." in lead.post(SURVEYS, asked(how_many="501")).content.decode()
    assert "Enter a number from 1 to 500." in lead.post(SURVEYS, asked(how_many="0")).content.decode()


def test_nobody_but_the_lead_makes_links_or_reads_answers(
    stranger: Person, navigator: Person, coordinator: Person, lead: Person
) -> None:
    a_link(lead)
    one = f"{SURVEYS}{Survey.objects.get().pk}/"
    for person, status in ((stranger, 302), (navigator, 403), (coordinator, 403)):
        assert [person.get(SURVEYS).status_code, person.get(one).status_code] == [status, status]
        assert person.post(SURVEYS, asked()).status_code == status
    assert coordinator.get(CALLS).status_code == 403
    assert Survey.objects.count() == 1


def test_a_happy_answer_is_thanked_for_and_asked_nothing_more(lead: Person, resident: Person) -> None:
    token = a_link(lead)
    assert "Choose one to five stars" in sent(resident, token).content.decode()
    assert sent(resident, token, stars="5", good="<b>Kind</b> people").status_code == 302
    page = resident.get(f"/survey/{token}/").content.decode()
    assert "Thank you" in page
    assert 'name="phone"' not in page
    read = lead.get(f"{SURVEYS}{Survey.objects.get().pk}/").content.decode()
    assert "&lt;b&gt;Kind&lt;/b&gt; people" in read
    assert "1 of 1, 100%" in read
    assert "(n = 1)" in read
    assert AuditEvent.objects.called(LOOK).filter(detail__survey=str(Survey.objects.get().pk)).exists()


def test_an_unhappy_answer_may_ask_to_be_rung_and_the_number_goes_when_they_were(
    lead: Person, resident: Person, navigator: Person
) -> None:
    token = a_link(lead)
    sent(resident, token, stars="1", better="Nobody rang.")
    assert 'name="phone"' in resident.get(f"/survey/{token}/").content.decode()
    assert "phone number" in resident.post(f"/survey/{token}/call/", {"phone": "no"}).content.decode()
    resident.post(f"/survey/{token}/call/", {"phone": "07700 900123"})
    after = resident.get(f"/survey/{token}/").content.decode()
    assert 'name="phone"' not in after
    assert f"We will ring 07700 900123 by {say_date(ring_by(CallBack.objects.get()))}." in after
    assert "asked us to ring" in navigator.get("/staff/referrals/").content.decode()
    assert "07700 900123" not in navigator.get("/staff/referrals/").content.decode()
    assert "07700 900123" in navigator.get(CALLS).content.decode()
    assert AuditEvent.objects.called(LOOK).filter(detail__calls=1).exists()
    navigator.post(f"{CALLS}{CallBack.objects.get().pk}/")
    assert "Nobody waits" in navigator.get(CALLS).content.decode()
    assert "We have it." in resident.get(f"/survey/{token}/").content.decode()
    assert "Nobody rang." in lead.get(f"{SURVEYS}{Survey.objects.get().pk}/").content.decode()


def test_without_keys_answers_and_numbers_stay_shut_and_the_page_says_so(
    lead: Person, resident: Person, navigator: Person, settings: Any
) -> None:
    token = a_link(lead)
    sent(resident, token, stars="1", better="Nobody rang.")
    resident.post(f"/survey/{token}/call/", {"phone": "07700 900123"})
    settings.REFERRAL_KEYS = []
    for person, address in ((lead, f"{SURVEYS}{Survey.objects.get().pk}/"), (navigator, CALLS)):
        answered = person.get(address)
        assert answered.status_code == 503
        assert "Tell your technician" in answered.content.decode()


def test_who_looked_says_that_it_was_answers_or_calls(lead: Person, navigator: Person) -> None:
    a_link(lead)
    lead.get(f"{SURVEYS}{Survey.objects.get().pk}/")
    navigator.get(CALLS)
    page = lead.get("/staff/referrals/looks/").content.decode()
    assert "answers about our help" in page
    assert "calls asked for" in page


def test_rounds_answers_and_calls_come_page_by_page(
    lead: Person, navigator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "ON_A_PAGE", 1)
    now, last = timezone.now(), timezone.localdate() + timedelta(days=28)
    made: dict[str, Any] = {"audience": Survey.Audience.RESIDENTS, "closes_on": last, "by": lead.user}
    tokens = make_links(how_many=3, now=now, **made)
    make_links(how_many=1, now=now + timedelta(minutes=1), **made)
    for token, number in zip(tokens, ("07700 900123", "07700 900456", ""), strict=True):
        answer(token=token, stars=1, good="", better=f"Ring {number}." if number else "", now=now)
        if number:
            ask_for_call(token=token, phone=number, now=now)

    def both_pages(person: Person, address: str) -> list[str]:
        first = person.get(address).content.decode()
        return [first, person.get(address + link_to("next", first)).content.decode()]

    one = f"{SURVEYS}{ReferrerFeedback.objects.all()[0].survey_id}/"
    for person, address, words in ((navigator, CALLS, 'href="tel:{}"'), (lead, one, "Ring {}.")):
        pages = both_pages(person, address)
        for number in ("07700 900123", "07700 900456"):
            said = words.format(number.replace(" ", "") if "tel" in words else number)
            assert sum(said in page for page in pages) == 1
        assert 'rel="next"' not in pages[1]
    assert ["0 of 1" in page for page in both_pages(lead, SURVEYS)] == [True, False]


def test_a_used_or_unknown_link_says_so_and_hands_nothing_in(lead: Person, resident: Person) -> None:
    assert resident.get("/survey/aaaaaaaaaaaaa/").status_code == 410
    assert resident.post("/survey/aaaaaaaaaaaaa/call/", {"phone": "07700 900123"}).status_code == 410
    token = a_link(lead)
    answer(token=token, stars=4, good="", better="", now=timezone.now())
    assert resident.post(f"/survey/{token}/call/", {"phone": "07700 900123"}).status_code == 410
    resident.post(f"/survey/{token}/", {"stars": "1"})
    assert ReferrerFeedback.objects.count() == 1
    assert not CallBack.objects.exists()


@pytest.mark.parametrize("stars", ["1", "2", "5"])
def test_a_used_link_tells_nobody_else_how_it_was_answered(
    lead: Person, resident: Person, stranger: Person, stars: str
) -> None:
    token = a_link(lead)
    sent(resident, token, stars=stars)
    for answered in (
        stranger.get(f"/survey/{token}/"),
        stranger.post(f"/survey/{token}/call/", {"phone": "07700 900123"}),
        stranger.post(f"/survey/{token}/call/", {"phone": "no"}),
    ):
        page = answered.content.decode()
        assert answered.status_code == 410
        assert "This link has been used." in page
        assert "sorry" not in page
        assert 'name="phone"' not in page
    assert not CallBack.objects.exists()


def test_the_browser_that_answered_is_known_for_some_minutes_and_for_that_link_alone(
    lead: Person, resident: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, other = a_link(lead), a_link(lead)
    cookie = sent(resident, token, stars="1").cookies[COOKIE]
    assert (cookie["path"], cookie["max-age"]) == (f"/survey/{token}/", 900)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    answer(token=other, stars=1, good="", better="", now=timezone.now())
    assert resident.get(f"/survey/{other}/").status_code == 410
    assert resident.get(f"/survey/{token}/").status_code == 200
    with monkeypatch.context() as later:
        later.setattr(surveys, "COOKIE_LASTS", timedelta(seconds=-1))
        assert resident.get(f"/survey/{token}/").status_code == 410
    resident.cookies[COOKIE] = f"{token}:"
    assert resident.get(f"/survey/{token}/").status_code == 410


def test_the_address_of_a_call_leads_to_its_survey(lead: Person, resident: Person) -> None:
    token = a_link(lead)
    assert resident.get(f"/survey/{token}/call/")["Location"] == f"/survey/{token}/"


def test_nobody_answered_is_written_on_the_line_and_a_slip_is_undone(
    lead: Person, navigator: Person, coordinator: Person, stranger: Person
) -> None:
    token = a_link(lead)
    answer(token=token, stars=1, good="", better="", now=timezone.now())
    one = f"{CALLS}{ask_for_call(token=token, phone='07700 900123', now=timezone.now()).pk}/"
    for rest in ("", "tried/", "undo/"):
        assert stranger.post(f"{one}{rest}").status_code == 302
        assert coordinator.post(f"{one}{rest}").status_code == 403
    navigator.post(f"{one}tried/")
    assert "Tried 1 time, last on" in navigator.get(CALLS).content.decode()
    navigator.post(one)
    assert "07700 900123" not in navigator.get(CALLS).content.decode()
    assert "wait for a call again" in navigator.post(f"{one}undo/", follow=True).content.decode()
    assert "07700 900123" in navigator.get(CALLS).content.decode()
    navigator.post(one)
    forget_numbers(now=timezone.now() + timedelta(minutes=10))
    assert "too late" in navigator.post(f"{one}undo/", follow=True).content.decode()


def test_who_waits_for_a_call_stands_on_the_staff_home(lead: Person, navigator: Person, coordinator: Person) -> None:
    assert people_to_ring(navigator.user) is None
    now = timezone.now()
    for _ in range(2):
        token = a_link(lead)
        answer(token=token, stars=1, good="", better="", now=now)
        ask_for_call(token=token, phone="07700 900123", now=now)
    line = people_to_ring(navigator.user)
    assert line is not None
    assert (line.count, line.label, line.url, line.is_urgent) == (2, "people asked us to ring back", CALLS, False)
    CallBack.objects.filter(pk=CallBack.objects.waiting()[0].pk).delete()
    CallBack.objects.update(asked_at=now - timedelta(days=9))
    line = people_to_ring(navigator.user)
    assert line is not None
    assert (line.count, line.label, line.is_urgent) == (1, "person asked us to ring back", True)
    assert people_to_ring(coordinator.user) is None
    assert "asked us to ring back" in navigator.get("/staff/").content.decode()


def test_a_machine_that_fills_the_trap_is_not_counted(lead: Person, resident: Person) -> None:
    token = a_link(lead)
    assert "very quick" in sent(resident, token, stars="1", website="http://x.example").content.decode()
    assert not ReferrerFeedback.objects.exists()


def test_trying_many_links_ends(resident: Person) -> None:
    statuses = [resident.get(f"/survey/{'a' * 12}{letter}/").status_code for letter in "abcdefghjkmnpqrs" * 4]
    assert statuses[0] == 410
    assert statuses[-1] == 429


def test_the_page_of_a_link_is_kept_nowhere(lead: Person, resident: Person) -> None:
    answered = resident.get(f"/survey/{a_link(lead)}/")
    assert answered.headers["Cache-Control"] == "no-store"
    assert "noindex" in answered.headers["X-Robots-Tag"]
