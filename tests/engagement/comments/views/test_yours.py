"""The author's own page: where their comment stands, and what they can still do."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import signing
from django.utils import timezone

from engagement.comments.actions.answering import respond
from engagement.comments.actions.moderating import decide
from engagement.comments.hearing.links import yours_path
from engagement.comments.models import Addition, Follower, PlaceComment
from portal.emails.links import sign
from tests.conftest import Person
from tests.factories.comments import make_comment, make_published
from tests.factories.following import make_follower

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]


def page(person: Person, comment: PlaceComment) -> str:
    answer = person.get(yours_path(comment))
    assert answer.status_code == 200
    return answer.content.decode()


def press(person: Person, comment: PlaceComment, what: str, **sent: Any) -> str:
    return person.post(f"{yours_path(comment)}{what}/", sent, follow=True).content.decode()


def test_an_author_sees_the_number_the_words_and_what_happens_next_by_when(resident: Person) -> None:
    now = timezone.now()
    comment = make_comment("The bins <i>blow</i> over.", now=now, author_name="Ann", is_name_shown=True)
    html = page(resident, comment)
    for words in (comment.reference, "The bins &lt;i&gt;blow&lt;/i&gt; over.", "We have your words", "Your name, Ann"):
        assert words in html
    assert "One of us reads it by" in html
    assert "are late" not in html
    assert yours_path(comment) not in resident.get("/have-your-say/").content.decode()


def test_the_page_owns_up_when_we_are_late(resident: Person, coordinator: Person) -> None:
    long_ago = timezone.now() - timedelta(days=40)
    assert "are late. We are sorry" in page(resident, make_comment(now=long_ago))
    shown = make_published("More trees.", by=coordinator.user, now=long_ago)
    assert "have not. We are sorry" in page(resident, shown)
    respond(comment=shown, words="They come in spring.", by=coordinator.user)
    html = page(resident, shown)
    assert "They come in spring." in html
    assert "We are sorry" not in html


def test_a_held_comment_says_why_and_a_cry_for_help_offers_it_at_once(resident: Person) -> None:
    held = make_comment("Ring Bob on 07700 900123.", now=timezone.now())
    assert "looks like a name, a number or an address" in page(resident, held)
    held.risk = PlaceComment.Risk.HELP
    PlaceComment.objects.filter(pk=held.pk).update(risk=held.risk)
    html = page(resident, held)
    assert 'href="/get-help/"' in html
    assert html.count("116 123") == 2


def test_a_declined_comment_says_why_and_how_to_answer(resident: Person, coordinator: Person) -> None:
    comment = make_comment("Buy my bikes", now=timezone.now())
    decide(comment=comment, change="decline", by=coordinator.user, reason="advert", note="spam", told="Try the window.")
    html = page(resident, comment)
    for words in ("We do not show it", "It sells something.", "Try the window.", "Answer us"):
        assert words in html
    assert "spam" not in html
    assert "One of us reads them first" in press(resident, comment, "add", words="They are free bikes.")
    assert Addition.objects.get().comment == comment


def test_an_author_adds_words_and_sees_them(resident: Person, coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    assert "Write what you would like to add" in press(resident, comment, "add", words=" ")
    assert "Error: " in press(resident, comment, "add", words="x" * 2001)
    assert "(not read yet)" in press(resident, comment, "add", words="It is worse now.")
    assert "It is worse now." not in resident.get(comment.get_absolute_url()).content.decode()
    Addition.objects.update(status=Addition.Status.PUBLISHED)
    assert "It is worse now." in resident.get(comment.get_absolute_url()).content.decode()


def test_too_many_words_are_refused_and_kept(resident: Person) -> None:
    comment = make_comment()
    for number in range(3):
        press(resident, comment, "add", words=f"More {number}")
    html = press(resident, comment, "add", words="These words stay.")
    assert "not read yet what you added" in html
    assert "These words stay.</textarea>" in html


def test_an_author_takes_it_back_and_puts_it_back(resident: Person, coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    html = press(resident, comment, "take-back")
    assert "You took it back" in html
    assert "Put it back" in html
    assert resident.get(comment.get_absolute_url()).status_code == 404
    assert "back already" in press(resident, comment, "take-back")
    assert "back where it was" in press(resident, comment, "put-back")
    assert resident.get(comment.get_absolute_url()).status_code == 200
    assert "nothing to put back" in press(resident, comment, "put-back")


def test_an_author_hides_their_name(resident: Person, coordinator: Person) -> None:
    comment = make_published(by=coordinator.user, author_name="Ann Bell", is_name_shown=True)
    html = press(resident, comment, "hide-name")
    assert "Your name is not shown" in html
    assert "Hide my name" not in html
    assert "Ann Bell" not in resident.get(comment.get_absolute_url()).content.decode()


def test_an_author_asks_to_be_written_to(resident: Person) -> None:
    comment = make_comment(now=timezone.now())
    shown = resident.get(yours_path(comment)).context["hear_form"].initial["shown"]
    assert "Enter an e-mail address" in press(resident, comment, "hear", address="nonsense", shown=shown)
    assert "Look in your mail" in press(resident, comment, "hear", address="ann@example.org", shown=shown)
    assert Follower.objects.get().is_author
    Follower.objects.all().delete()
    make_follower(comment, is_author=True)
    assert "Shall we write to you?" not in page(resident, comment)


def test_nobody_fills_letter_boxes_from_one_address(resident: Person) -> None:
    comment = make_comment()
    answers = [resident.post(f"{yours_path(comment)}hear/", {"address": ""}).status_code for _ in range(31)]
    assert answers.count(429) == 1


def test_an_erased_comment_says_so_and_offers_nothing(resident: Person, coordinator: Person) -> None:
    comment = make_comment()
    press(resident, comment, "take-back")
    decide(comment=comment, change="erase", by=coordinator.user, reason="asked")
    html = page(resident, comment)
    assert "gone for good" in html
    assert "Put it back" not in html
    assert "Add something" not in html


@pytest.mark.parametrize("what", ["", "take-back/", "put-back/", "hide-name/", "add/", "hear/"])
def test_a_false_link_opens_nothing(resident: Person, what: str) -> None:
    comment = make_comment()
    false = [sign("comments.stop", comment.pk), sign("comments.yours", 0), signing.dumps(comment.pk), "nonsense"]
    for token in [*false, sign("comments.yours", "1 or 1")]:
        answer = resident.post if what else resident.get
        response = answer(f"/have-your-say/yours/{token}/{what}")
        assert response.status_code == 404
        assert "This link does not work" in response.content.decode()
    assert PlaceComment.objects.get().status == "waiting"


def test_opening_a_link_changes_nothing(resident: Person) -> None:
    comment = make_comment()
    for what in ("take-back", "put-back", "hide-name", "add", "hear"):
        assert resident.get(f"{yours_path(comment)}{what}/").status_code == 405
    assert resident.post(yours_path(comment)).status_code == 405
    assert resident.get(yours_path(comment)).headers["Cache-Control"].count("no-store")


def test_what_was_taken_out_is_said_and_not_shown(resident: Person) -> None:
    comment = make_comment("Bob at no. 12 is loud.")
    PlaceComment.objects.filter(pk=comment.pk).update(words="A neighbour is loud.", sent_words="Bob at no. 12 is loud.")
    html = page(resident, comment)
    assert "We took something out" in html
    assert "no. 12" not in html


def test_the_day_is_ours_and_not_utcs(resident: Person) -> None:
    sent = datetime(2026, 7, 6, 23, 30, tzinfo=timezone.get_fixed_timezone(0))
    assert "by Friday 10 July" in page(resident, make_comment(now=sent))


@pytest.mark.parametrize("is_taken", [True, False])
def test_a_cry_for_help_in_added_words_is_answered_at_once(resident: Person, is_taken: bool) -> None:
    comment = make_comment(now=timezone.now())
    assert "You do not have to wait for us" not in page(resident, comment)
    for number in range(0 if is_taken else 3):
        press(resident, comment, "add", words=f"More {number}")
    html = press(resident, comment, "add", words="I have no food in the house.")
    assert ("We have not read yet" in html) is not is_taken
    assert "You do not have to wait for us" in html
    assert 'href="/get-help/"' in html
    assert 'href="/here/leave/"' in html
