"""Asking for the newspaper on the site, and confirming."""

from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.utils import timezone

from newsletter.actions.subscriptions import ask, leave
from newsletter.choices import Choices
from newsletter.consent_words import CURRENT, WORDINGS
from newsletter.links import confirm_path
from newsletter.models import Consent, Subscriber, Topic
from newsletter.workflow import SubscriberState
from portal.audit.models import AuditEvent
from portal.emails.models import Suppression
from portal.emails.suppression import suppress
from tests.conftest import Person
from tests.factories.newsletter import a_reader, a_weekly_mail, an_area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]
PAGE = "/news/subscribe/"


def fill_in(person: Person, email: str, **fields: str) -> dict[str, str]:
    """What a browser would send: the form as it was shown, with these words in it."""
    form = person.get(PAGE).context["form"]
    return {"email": email, "shown": form.initial["shown"], "website": "", **fields}


def test_the_page_says_word_for_word_what_is_agreed_to(resident: Person) -> None:
    page = resident.get(PAGE).content.decode()
    assert WORDINGS[CURRENT] in page
    assert 'autocomplete="email"' in page


def test_looking_at_it_changes_nothing(resident: Person) -> None:
    resident.get(PAGE)
    resident.head(PAGE)
    resident.get("/news/subscribe/look-in-your-mail/")
    assert Subscriber.objects.count() == Consent.objects.count() == AuditEvent.objects.count() == 0


def test_asking_leads_to_the_mail(resident: Person, run_worker: Callable[[], None]) -> None:
    response = resident.post(PAGE, fill_in(resident, "ann@example.org"), follow=True)
    assert response.redirect_chain == [("/news/subscribe/look-in-your-mail/", 302)]
    assert "Look in your mail" in response.content.decode()
    run_worker()
    assert [sent.to for sent in mail.outbox] == [["ann@example.org"]]


def test_the_answer_is_the_same_for_every_address(resident: Person) -> None:
    for state in SubscriberState:
        a_reader(f"{state}@example.org", state=state)
    suppress(address="never@example.org", reason=Suppression.Reason.COMPLAINED)
    answers = set()
    for name in ("new", "pending", "active", "left", "never"):
        response = resident.post(PAGE, fill_in(resident, f"{name}@example.org"))
        page = resident.get(response["Location"])
        answers.add((response.status_code, response["Location"], response.content, page.content))
    assert len(answers) == 1


@pytest.mark.parametrize(
    "email", ["", "ann", "ann@", "ann@example.org\x00", "K\u0131m@example.org", "a\r\nb@a.org", "x" * 260 + "@a.org"]
)
def test_what_is_no_address_is_said_in_words(email: str, resident: Person) -> None:
    response = resident.post(PAGE, fill_in(resident, email))
    page = response.content.decode()
    assert response.status_code == 200
    assert "name@example.org" in page
    assert "<title>Error: " in page
    assert Subscriber.objects.count() == 0


def test_a_domain_in_its_own_letters_is_taken(resident: Person) -> None:
    resident.post(PAGE, fill_in(resident, "ann@b\u00fccher.example"))
    assert Subscriber.objects.get().email == "ann@xn--bcher-kva.example"


def test_letters_that_mail_cannot_carry_are_said_in_words(resident: Person) -> None:
    page = resident.post(PAGE, fill_in(resident, "jos\u00e9@example.org")).content.decode()
    assert "plain letters before the @" in page
    assert "jos\u00e9@example.org" in page


def test_one_field_and_one_button_are_enough(resident: Person) -> None:
    Topic.objects.create(name="Food", slug="food")
    page = resident.get(PAGE).content.decode()
    assert page.index("Send it to me") < page.index("<summary>Choose what")
    assert '<details class="folded" open' not in page
    resident.post(PAGE, fill_in(resident, "ann@example.org"))
    assert Consent.objects.get().choices == {"frequency": "each_issue", "topics": [], "place": None}


def test_choices_are_kept_with_the_asking(resident: Person) -> None:
    a_weekly_mail()
    topic = Topic.objects.create(name="Food", slug="food")
    area = an_area()
    resident.post(PAGE, fill_in(resident, "ann@example.org", topics="food", place=area.code, frequency="weekly"))
    assert Consent.objects.get().choices == {"frequency": "weekly", "topics": [topic.pk], "place": area.pk}


@pytest.mark.parametrize("field", ["frequency", "place", "topics"])
def test_a_choice_that_is_not_offered_is_said_in_words(field: str, resident: Person) -> None:
    a_weekly_mail()
    Topic.objects.create(name="Food", slug="food")
    an_area()
    page = resident.post(PAGE, fill_in(resident, "ann@example.org", **{field: "x\x00" * 99})).content.decode()
    assert "<title>Error: " in page
    assert '<details class="folded" open>' in page
    assert 'value="ann@example.org"' in page
    assert Subscriber.objects.count() == 0


def test_where_there_are_no_topics_and_places_none_are_asked_for(resident: Person) -> None:
    page = resident.get(PAGE).content.decode()
    assert 'name="topics"' not in page
    assert 'name="place"' not in page


LETTER = {"channel": "post", "name": "Ann Lee", "postal_address": "1 Third Street\n\nHorden  SR8 4LX"}


def test_post_it_to_me(resident: Person, run_worker: Callable[[], None]) -> None:
    response = resident.post(PAGE, fill_in(resident, "", **LETTER), follow=True)
    assert response.redirect_chain == [("/news/subscribe/we-will-look/", 302)]
    assert "One of us looks at it first" in response.content.decode()
    reader = Subscriber.objects.get()
    assert (reader.name, reader.postal_address) == ("Ann Lee", "1 Third Street\nHorden SR8 4LX")
    assert reader.state == SubscriberState.PENDING
    assert not reader.wants_large_print
    run_worker()
    assert mail.outbox == []


def test_post_it_to_me_in_large_print(resident: Person) -> None:
    for large in ({}, {"wants_large_print": "on"}):
        resident.post(PAGE, fill_in(resident, "", **LETTER, **large))
    assert Subscriber.objects.get().wants_large_print


def test_enter_in_the_address_posts_it_too(resident: Person) -> None:
    resident.post(PAGE, fill_in(resident, "", **{**LETTER, "channel": "email"}))
    assert Subscriber.objects.get().channel == "post"


def test_the_answer_to_a_letter_is_the_same_for_every_address(resident: Person) -> None:
    a_reader("", channel="post", name="Ann Lee", postal_address="1 Third Street\nHorden SR8 4LX")
    answers = set()
    for name in ("Ann Lee", "Ann Lee", "Nobody Else"):
        response = resident.post(PAGE, fill_in(resident, "", **{**LETTER, "name": name}))
        answers.add((response.status_code, response["Location"], response.content))
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Enter your name"),
        ("name", ".", "Enter a name with letters in it"),
        ("postal_address", "1 Third Street, Horden", "Enter the address with its postcode, like SR8 4LX"),
        ("name", "x" * 101, "100 letters or fewer"),
        ("postal_address", " \n ", "Enter your street"),
        ("postal_address", "x" * 301, "300 letters or fewer"),
    ],
    ids=["no name", "a dot", "no postcode", "long name", "no address", "long address"],
)
def test_a_letter_needs_a_name_and_an_address(field: str, value: str, words: str, resident: Person) -> None:
    page = resident.post(PAGE, fill_in(resident, "", **{**LETTER, field: value})).content.decode()
    assert words in page
    assert "<title>Error: " in page
    assert Subscriber.objects.count() == 0


def test_line_breaks_and_nuls_in_a_name_do_no_harm(resident: Person) -> None:
    resident.post(PAGE, fill_in(resident, "", **{**LETTER, "name": "Ann\r\nBcc: all@example.org\x00"}))
    assert Subscriber.objects.get().name == "Ann Bcc: all@example.org"


def test_what_was_typed_is_kept(resident: Person) -> None:
    assert 'value="ann@"' in resident.post(PAGE, fill_in(resident, "ann@")).content.decode()


def test_a_machine_that_fills_the_trap_is_turned_away(resident: Person) -> None:
    response = resident.post(PAGE, fill_in(resident, "ann@example.org", website="https://spam.example"))
    assert "That was very quick" in response.content.decode()
    assert Subscriber.objects.count() == 0


def test_a_form_with_no_time_on_it_is_turned_away(resident: Person) -> None:
    resident.post(PAGE, {"email": "ann@example.org"})
    assert Subscriber.objects.count() == 0


def test_an_address_of_the_net_that_asks_too_often_is_asked_to_wait(resident: Person) -> None:
    with patch("newsletter.views.subscribing.within_limit", return_value=False):
        response = resident.post(PAGE, fill_in(resident, "ann@example.org"))
    assert response.status_code == 429
    assert Subscriber.objects.count() == 0


def test_mistakes_do_not_use_up_what_a_warm_space_shares(resident: Person) -> None:
    for _ in range(31):
        resident.post(PAGE, {"email": "ann@"})
    assert resident.post(PAGE, fill_in(resident, "ann@example.org")).status_code == 302


def test_a_weekly_mail_is_offered_only_while_there_is_one(resident: Person) -> None:
    assert 'name="frequency"' not in resident.get(PAGE).content.decode()
    resident.post(PAGE, fill_in(resident, "ann@example.org", frequency="weekly"))
    assert Consent.objects.get().choices["frequency"] == "each_issue"
    a_weekly_mail()
    assert 'name="frequency"' in resident.get(PAGE).content.decode()


def test_who_has_no_email_is_led_to_the_post(resident: Person) -> None:
    page = resident.get(PAGE).content.decode()
    assert '<a href="?how=post#by-post">No e-mail? We post it to you</a>' in page
    assert 'id="by-post">' in page
    assert 'id="by-post" open>' in resident.get(f"{PAGE}?how=post").content.decode()


def test_other_methods_are_refused(resident: Person) -> None:
    assert resident.put(PAGE).status_code == resident.delete(PAGE).status_code == 405
    assert resident.post("/news/subscribe/look-in-your-mail/").status_code == 405
    assert resident.post("/news/subscribe/we-will-look/").status_code == 405


# Confirming ---------------------------------------------------------------------------------------


@pytest.fixture
def link() -> str:
    return confirm_path(ask(email="ann@example.org").consents.get().pk)


def test_opening_the_link_changes_nothing_and_pressing_the_button_does(resident: Person, link: str) -> None:
    for _ in range(3):
        assert "Yes, send it to me" in resident.get(link).content.decode()
        resident.head(link)
    assert Subscriber.objects.get().state == SubscriberState.PENDING
    assert Consent.objects.get().confirmed_at is None
    page = resident.post(link).content.decode()
    assert "You will get the newspaper" in page
    assert "/news/preferences/" in page
    assert Subscriber.objects.get().state == SubscriberState.ACTIVE


@pytest.mark.parametrize("is_weekly_on", [False, True])
def test_before_and_after_the_button_stands_what_was_chosen(resident: Person, is_weekly_on: bool) -> None:
    if is_weekly_on:
        a_weekly_mail()
    topic, area = Topic.objects.create(name="Food", slug="food"), an_area()
    choices = Choices(frequency="weekly", topics=(topic.pk,), place=area.pk)
    link = confirm_path(ask(email="ann@example.org", choices=choices).consents.get().pk)
    for page in (resident.get(link).content.decode(), resident.post(link).content.decode()):
        assert "Food" in page
        assert area.name in page
        assert ("one mail a week" in page, "each new issue" in page) == (is_weekly_on, not is_weekly_on)


def test_the_link_shows_the_words_that_were_agreed_to(resident: Person, link: str) -> None:
    Consent.objects.update(wording="The words of last year.")
    assert "The words of last year." in resident.get(link).content.decode()


@pytest.mark.parametrize("token", ["example", "x", "1:2:3", "%00", "../../etc"])
@pytest.mark.parametrize("method", ["get", "post", "head"])
def test_a_false_link_says_what_to_do(resident: Person, token: str, method: str) -> None:
    response = getattr(resident, method)(f"/news/confirm/{token}/")
    assert response.status_code == 404
    assert Subscriber.objects.count() == 0


def test_an_old_link_does_not_bring_somebody_back(resident: Person, link: str) -> None:
    resident.post(link)
    leave(subscriber=Subscriber.objects.get())
    response = resident.post(link)
    assert response.status_code == 410
    assert "You left after you asked for this" in response.content.decode()
    assert Subscriber.objects.get().state == SubscriberState.LEFT


def test_a_link_to_confirm_grows_old(resident: Person, link: str) -> None:
    later = (timezone.now() + timedelta(days=15)).timestamp()
    with patch("django.core.signing.time.time", return_value=later):
        assert "This link does not work" in resident.get(link).content.decode()


def test_confirming_needs_the_token_of_the_form(link: str) -> None:
    careful = Person(enforce_csrf_checks=True)
    assert careful.post(link).status_code == 403
    assert Subscriber.objects.get().state == SubscriberState.PENDING
