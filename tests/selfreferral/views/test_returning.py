"""The pages of somebody who stops and comes back: kept nowhere, and silent about everything but their own."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.audit.record import record
from selfreferral.actions.referrals import send_referral
from selfreferral.actions.returning import keep_words
from selfreferral.contact.card import Channel
from selfreferral.models import Referral, TriageDecision
from selfreferral.reading import card_of
from selfreferral.refusals import ChangedMeanwhile
from selfreferral.seeing.sight import LOOK
from selfreferral.views.privately import COOKIE
from selfreferral.workflow import State
from tests.conftest import Person
from tests.factories.selfreferral import FOR_MY_SISTER, FOR_MYSELF, a_draft, a_referral

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]


def with_draft(person: Person, **changes: object) -> str:
    key = a_draft(now=timezone.now(), **changes)  # type: ignore[arg-type]
    person.cookies[COOKIE] = key
    return key


def words_on(page: str) -> str:
    return " ".join(re.findall(r"<li>([a-z]+)</li>", page))


def sent(answers: dict[str, object] = FOR_MYSELF) -> str:
    key = a_draft(now=timezone.now(), answers=answers)  # type: ignore[arg-type]
    words = keep_words(key=key, now=timezone.now())
    send_referral(key=key, now=timezone.now())
    return words


def test_each_step_offers_to_stop_and_the_words_come_only_when_asked_for(resident: Person) -> None:
    with_draft(resident)
    assert "/here/words/" in resident.get("/here/1/").content.decode()
    page = resident.get("/here/words/")
    assert words_on(page.content.decode()) == ""
    assert page.headers["Cache-Control"] == "no-store"
    answer = resident.post("/here/words/")
    assert answer["Location"] == "/here/words/"
    assert len(words_on(resident.get("/here/words/").content.decode()).split()) == 6


def test_on_another_phone_the_words_lead_back_to_the_questions(resident: Person, stranger: Person) -> None:
    with_draft(resident)
    resident.post("/here/words/")
    words = words_on(resident.get("/here/words/").content.decode())
    answer = stranger.post("/here/return/", {"words": words.title()})
    assert answer["Location"] == "/here/"
    assert "Example Jo" in stranger.get("/here/check/").content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Enter your six words"),
        ("apple river candle boat seven moss", "These words open nothing"),
        ("apple rivver candle boat seven moss", "“rivver” is not one of our words"),
        ("apple river", "These words open nothing"),
        ("<b>bold</b> apple river candle boat moss", "is not one of our words"),
    ],
)
def test_words_that_open_nothing_are_kept_on_the_page(resident: Person, typed: str, told: str) -> None:
    page = resident.post("/here/return/", {"words": typed}).content.decode()
    assert told in page
    assert "<b>bold" not in page
    assert COOKIE not in resident.cookies


def test_guessing_is_stopped(resident: Person) -> None:
    for _ in range(10):
        assert resident.post("/here/return/", {"words": "apple river"}).status_code == 200
    answer = resident.post("/here/return/", {"words": "apple river"})
    assert answer.status_code == 429
    assert "ring us" in answer.content.decode()


def test_guessing_from_many_addresses_is_stopped_too(resident: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfreferral.views.returning.TRIES_OF_ALL", 2)
    for number in range(2):
        answer = resident.post("/here/return/", {"words": "apple river"}, REMOTE_ADDR=f"10.0.0.{number}")
        assert answer.status_code == 200
    assert resident.post("/here/return/", {"words": "apple river"}, REMOTE_ADDR="10.0.0.9").status_code == 429


def test_after_sending_they_see_how_far_it_is_and_nothing_of_what_they_wrote(resident: Person) -> None:
    assert resident.post("/here/return/", {"words": sent()})["Location"] == "/here/yours/"
    page = resident.get("/here/yours/").content.decode()
    assert "<h1>We have it</h1>" in page
    assert "energy" not in page
    assert "Example Jo" not in page
    assert "<title>Welcome back" in page


def test_they_say_more_and_it_is_heard_once(resident: Person) -> None:
    resident.post("/here/return/", {"words": sent()})
    answer = resident.post("/here/yours/say/", {"kind": "more", "words": "The door bell is broken."})
    page = resident.get(answer["Location"]).content.decode()
    assert "We have your words" in page
    assert "door bell" not in page
    refused = resident.post("/here/yours/say/", {"kind": "", "words": ""})
    page = resident.get(refused["Location"]).content.decode()
    assert "<title>Error: " in page
    assert "Write something first" in page


def test_words_that_could_not_be_kept_are_shown_again(resident: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    resident.post("/here/return/", {"words": sent()})

    def beaten(**given: object) -> None:
        raise ChangedMeanwhile("Somebody changed this. Send it again.")

    monkeypatch.setattr("selfreferral.views.returning.say", beaten)
    answer = resident.post("/here/yours/say/", {"kind": "more", "words": "The HERON came back."})
    assert answer.status_code == 409
    assert "Send it again" in answer.content.decode()
    assert "The HERON came back." in answer.content.decode()


def test_they_stop_us_and_come_again(resident: Person) -> None:
    resident.post("/here/return/", {"words": sent()})
    resident.post("/here/yours/stop/")
    page = resident.get("/here/yours/").content.decode()
    assert "You asked us to stop" in page
    assert "Please stop" not in page
    resident.post("/here/yours/again/")
    assert "<h1>We have it</h1>" in resident.get("/here/yours/").content.decode()
    assert Referral.objects.get().episode == 2


def test_a_step_that_is_not_theirs_is_refused_in_words(resident: Person) -> None:
    resident.post("/here/return/", {"words": sent()})
    Referral.objects.update(state=State.CONTACTING)
    assert "Ring us" in resident.post("/here/yours/again/").content.decode()


def test_somebody_who_asked_for_another_learns_nothing_about_them(resident: Person) -> None:
    resident.post("/here/return/", {"words": sent(FOR_MY_SISTER)})
    Referral.objects.update(state=State.CONTACTING)
    page = resident.get("/here/yours/").content.decode()
    assert "We have what you sent" in page
    assert "trying to reach" not in page
    assert "Please stop" not in page


def test_leaving_ends_the_visit(resident: Person) -> None:
    resident.post("/here/return/", {"words": sent()})
    key = resident.cookies[COOKIE].value
    resident.get("/here/leave/")
    resident.cookies[COOKIE] = key
    assert resident.get("/here/yours/")["Location"] == "/here/closed/"


@pytest.mark.parametrize("path", ["/here/yours/", "/here/words/"])
def test_without_a_cookie_each_page_leads_to_the_front(stranger: Person, path: str) -> None:
    assert stranger.get(path)["Location"] == "/"


def test_the_last_page_offers_the_words_and_never_shows_them(resident: Person) -> None:
    key = with_draft(resident)
    send_referral(key=key, now=timezone.now())
    assert "Give me six words" in resident.get("/here/sent/").content.decode()
    resident.post("/here/words/")
    words = words_on(resident.get("/here/words/").content.decode())
    page = resident.get("/here/sent/").content.decode()
    assert words not in page
    assert "with your six words" in page
    TriageDecision.objects.update(decided_at=timezone.now() - timedelta(hours=2))
    assert words_on(resident.get("/here/words/").content.decode()) == ""


def test_they_see_the_ways_that_may_be_used_and_shut_one_with_one_press(resident: Person) -> None:
    resident.post("/here/return/", {"words": sent({**FOR_MYSELF, "safe_ring": "yes"})})
    page = resident.get("/here/yours/").content.decode()
    assert "We may ring you" in page
    assert "07700" not in page
    assert resident.post("/here/yours/ways/", {"way": "ring"})["Location"] == "/here/yours/"
    page = resident.get("/here/yours/").content.decode()
    assert "We may ring you" not in page
    assert "We may send you a text" in page
    referral = Referral.objects.get()
    assert card_of(referral).allowed == (Channel.TEXT,)
    assert referral.wrote_at is not None
    resident.post("/here/yours/ways/", {"way": "text"})
    assert "no safe way" in resident.get("/here/yours/").content.decode()


def test_an_odd_way_changes_nothing(resident: Person) -> None:
    resident.post("/here/return/", {"words": sent()})
    assert resident.post("/here/yours/ways/", {"way": "pigeon"})["Location"] == "/here/yours/"
    assert card_of(Referral.objects.get()).allowed == (Channel.TEXT,)


def test_they_see_that_our_team_looked_and_not_who(resident: Person, navigator: Person) -> None:
    resident.post("/here/return/", {"words": sent()})
    assert "Nobody on our team has opened" in resident.get("/here/yours/").content.decode()
    for purpose in ("view", "view", "search"):
        record(action=LOOK, by=navigator.user, subject=Referral.objects.get(), purpose=purpose, whose="own")
    page = resident.get("/here/yours/").content.decode()
    assert "opened what you sent 2 times" in page
    assert "Navigator" not in page


def test_somebody_who_asked_for_another_sees_no_ways_and_shuts_none(resident: Person) -> None:
    resident.post("/here/return/", {"words": sent(FOR_MY_SISTER)})
    page = resident.get("/here/yours/").content.decode()
    assert "We may" not in page
    assert "opened" not in page
    before = card_of(Referral.objects.get()).allowed
    assert "Ring us" in resident.post("/here/yours/ways/", {"way": "text"}).content.decode()
    assert card_of(Referral.objects.get()).allowed == before


def test_of_one_that_was_found_to_be_the_same_the_other_is_stopped_and_narrowed(resident: Person) -> None:
    resident.post("/here/return/", {"words": sent()})
    mine, other = Referral.objects.get(), a_referral(now=timezone.now())
    Referral.objects.filter(pk=mine.pk).update(state=State.MERGED, merged_into=other, merged_at=timezone.now())
    resident.post("/here/yours/ways/", {"way": "text"})
    assert card_of(other).allowed == ()
    other.refresh_from_db()
    assert other.wrote_at is not None
    resident.post("/here/yours/stop/")
    other.refresh_from_db()
    assert other.where is State.WITHDRAWN
