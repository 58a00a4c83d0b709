"""What people think of our help, from the links that the lead makes to the call that somebody asked for."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.audit.models import AuditEvent
from selfreferral.actions.surveys import answer, ask_for_call, make_links
from selfreferral.models import CallBack, ReferrerFeedback, Survey
from selfreferral.seeing.sight import LOOK
from selfreferral.views import rounds
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
    assert 'name="phone"' not in resident.get(f"/survey/{token}/").content.decode()
    assert "asked us to ring" in navigator.get("/staff/referrals/").content.decode()
    assert "07700 900123" not in navigator.get("/staff/referrals/").content.decode()
    assert "07700 900123" in navigator.get(CALLS).content.decode()
    assert AuditEvent.objects.called(LOOK).filter(detail__calls=1).exists()
    navigator.post(f"{CALLS}{CallBack.objects.get().pk}/")
    assert "Nobody waits" in navigator.get(CALLS).content.decode()
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
