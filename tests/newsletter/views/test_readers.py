"""The list of readers as staff keep it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from newsletter.actions.subscriptions import ask, ask_for_post
from newsletter.choices import Choices
from newsletter.models import Consent, Subscriber, Topic
from newsletter.readers.posting import posted_to
from newsletter.workflow import DeliveryState, Reason, SubscriberState
from portal import clock
from portal.audit.models import AuditEvent
from tests.conftest import Person
from tests.factories.newsletter import a_campaign, a_reader, a_silenced_reader

pytestmark = pytest.mark.django_db
HOME = "/staff/newspaper/readers/"
NEW, POSTED = f"{HOME}new/", f"{HOME}posted/"
SCREENS = [HOME, NEW, POSTED, f"{HOME}1/"]
PRESSES = [f"{HOME}1/settle/", f"{HOME}1/stop/", f"{POSTED}take-out/"]


def paper(**fields: str) -> dict[str, str]:
    today = clock.now().date().isoformat()
    return {"channel": "email", "source": "paper", "evidence": "folder 3", "given_on": today, **fields}


def by_post(name: str = "Ann Lee", **fields: Any) -> Subscriber:
    return a_reader("", channel="post", name=name, postal_address="1 Third Street\nHorden SR8 4LX", **fields)


def events(action: str) -> int:
    return AuditEvent.objects.filter(action=f"newsletter.{action}").count()


@pytest.mark.parametrize("path", [*PRESSES, *SCREENS])
def test_only_those_who_keep_the_list_come_in(path: str, stranger: Person, navigator: Person, partner: Person) -> None:
    for person, status in ((stranger, 302), (navigator, 403), (partner, 403)):
        assert person.get(path).status_code == person.post(path).status_code == status
    assert AuditEvent.objects.filter(action__startswith="newsletter").count() == 0


def test_the_coordinator_and_the_editor_keep_it(coordinator: Person, editor: Person) -> None:
    for person in (coordinator, editor):
        assert person.get(HOME).status_code == person.get(NEW).status_code == person.get(POSTED).status_code == 200
        assert [person.get(path).status_code for path in PRESSES] == [405] * 3


def test_a_paper_form_for_e_mail_is_asked_by_mail_first(coordinator: Person, run_worker: Callable[[], None]) -> None:
    page = coordinator.post(NEW, paper(email="ann@example.org"), follow=True).content.decode()
    assert "once they press its button" in page
    consent = Consent.objects.get()
    assert (consent.source, consent.evidence, consent.recorded_by) == ("paper", "folder 3", coordinator.user)
    assert Subscriber.objects.get().state == SubscriberState.PENDING
    run_worker()
    assert [one.to for one in mail.outbox] == [["ann@example.org"]]


def test_a_paper_form_for_post_counts_at_once(coordinator: Person) -> None:
    topic = Topic.objects.create(name="Food", slug="food")
    form = paper(
        channel="post",
        name="Ann Lee",
        postal_address="1 Third Street, SR8 4LX",
        source="session",
        topics="food",
        wants_large_print="on",
    )
    for _ in range(2):
        coordinator.post(NEW, form)
    reader = Subscriber.objects.get()
    assert (reader.state, reader.channel, list(reader.topics.all())) == (SubscriberState.ACTIVE, "post", [topic])
    assert reader.wants_large_print
    assert all(one.confirmed_at and one.recorded_by == coordinator.user for one in reader.consents.all())
    assert "Ann" not in str(list(AuditEvent.objects.values()))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"channel": ""}, "Say how they want it"),
        ({}, "Enter their e-mail address"),
        ({"email": "ann@"}, "name@example.org"),
        ({"channel": "post", "name": "Ann"}, "Enter their address"),
        ({"channel": "post", "postal_address": "1 Third Street"}, "Enter their name"),
        ({"email": "a@example.org", "evidence": " "}, "Say where the proof is kept"),
        ({"email": "a@example.org", "source": "web"}, "Select a valid choice"),
        ({"email": "a@example.org", "given_on": "2999-01-01"}, "not in the future"),
        ({"email": "a@example.org", "given_on": "1999-01-01"}, "not in the future"),
        ({"email": "a@example.org", "given_on": "?"}, "Enter a day like"),
    ],
    ids=["channel", "no mail", "bad mail", "no address", "no name", "no proof", "web", "future", "long ago", "no day"],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    fields: dict[str, str], words: str, coordinator: Person
) -> None:
    page = coordinator.post(NEW, paper(**fields)).content.decode()
    assert words in page
    assert "Nothing you typed is lost" in page
    assert Subscriber.objects.count() == 0


def test_a_request_for_post_is_confirmed(coordinator: Person) -> None:
    reader = ask_for_post(name="Ann Lee", postal_address="1 Third Street, SR8 4LX")
    assert "Ann Lee" in coordinator.get(POSTED).content.decode()
    assert events("look_at_posted") == 1
    page = coordinator.post(f"{HOME}{reader.pk}/settle/", {"is_real": "yes"}, follow=True).content.decode()
    assert "From now on it goes there by post" in page
    reader.refresh_from_db()
    assert (reader.state, reader.channel) == (SubscriberState.ACTIVE, "post")
    assert reader.consents.get().confirmed_at is not None
    again = coordinator.post(f"{HOME}{reader.pk}/settle/", {"is_real": "yes"}, follow=True).content.decode()
    assert "settled already" in again
    assert events("confirm_post") == 1


def test_a_request_that_is_not_real_is_deleted(coordinator: Person) -> None:
    reader = ask_for_post(name="Ann Lee", postal_address="1 Third Street, SR8 4LX")
    coordinator.post(f"{HOME}{reader.pk}/settle/", {"is_real": "no"})
    assert Subscriber.objects.count() == 0
    assert events("refuse_post") == 1


def test_a_reader_by_e_mail_who_wants_paper_keeps_the_mail_when_it_is_not_real(coordinator: Person) -> None:
    reader = a_reader(name="Ann", postal_address="1 Third Street")
    coordinator.post(f"{HOME}{reader.pk}/settle/", {"is_real": "?"})
    coordinator.post(f"{HOME}{reader.pk}/settle/", {"is_real": "no"})
    reader.refresh_from_db()
    assert (reader.state, reader.channel, reader.postal_address) == (SubscriberState.ACTIVE, "email", "")
    other = a_reader("bob@example.org", name="Bob", postal_address="2 Third Street")
    coordinator.post(f"{HOME}{other.pk}/settle/", {"is_real": "yes"})
    other.refresh_from_db()
    assert (other.channel, other.email) == ("post", "bob@example.org")


def test_one_reader_is_found_by_the_whole_address_and_that_is_written_down(editor: Person) -> None:
    a_reader()
    ask(email="ann@example.org")
    campaign = a_campaign(editor.user)
    campaign.deliveries.update(state=DeliveryState.FAILED, reason=Reason.REFUSED, reply_code=550)
    page = editor.post(HOME, {"email": "ANN@example.org"}, follow=True).content.decode()
    assert "the mail server refused the address (550)" in page
    assert campaign.deliveries.get().message_id.strip("<>") in page
    assert "on this site" in page
    assert (events("look_up"), events("look")) == (1, 1)
    assert "ann@" not in str(list(AuditEvent.objects.values()))


@pytest.mark.parametrize("email", ["", "ann", "nobody@example.org"])
def test_there_is_no_leafing_through_readers(email: str, editor: Person) -> None:
    a_reader()
    response = editor.post(HOME, {"email": email})
    assert response.status_code == 200
    assert "ann@example.org" not in response.content.decode()


def test_that_no_mail_may_go_there_is_said(editor: Person) -> None:
    page = editor.get(f"{HOME}{a_silenced_reader().pk}/").content.decode()
    assert "No mail may go to this address" in page
    assert editor.get(f"{HOME}99999/").status_code == 404


def test_somebody_who_rings_is_taken_off(coordinator: Person) -> None:
    reader = by_post()
    assert "off the list" in coordinator.post(f"{HOME}{reader.pk}/stop/", follow=True).content.decode()
    reader.refresh_from_db()
    assert reader.state == SubscriberState.LEFT
    assert AuditEvent.objects.get(action="newsletter.leave").done_by == str(coordinator.user.pk)


def test_topics_are_kept_by_the_editor(editor: Person, coordinator: Person) -> None:
    assert coordinator.get("/staff/newspaper-topics/").status_code in {302, 403}
    editor.post("/staff/newspaper-topics/new/", {"name": "Food", "slug": "food", "position": "10"})
    assert Topic.objects.get().slug == "food"


def test_who_waits_is_on_the_staff_home_as_a_number(coordinator: Person, navigator: Person) -> None:
    ask_for_post(name="Ann Lee", postal_address="1 Third Street, SR8 4LX")
    page = coordinator.get("/staff/").content.decode()
    assert "person wants the newspaper posted" in page
    assert "Ann Lee" not in page
    assert "newspaper posted" not in navigator.get("/staff/").content.decode()


def test_a_second_request_of_somebody_who_has_it_posted_already_is_refused_with_words(coordinator: Person) -> None:
    by_post("Ann Lee")
    second = ask_for_post(name="ann lee", postal_address="1 Third Street\nHorden SR8 4LX")
    page = coordinator.post(f"{HOME}{second.pk}/settle/", {"is_real": "yes"}, follow=True).content.decode()
    assert "It goes there already" in page
    assert len(posted_to(None)) == 1


def test_neither_yes_nor_no_is_said_to_have_changed_nothing(coordinator: Person) -> None:
    reader = ask_for_post(name="Ann Lee", postal_address="1 Third Street, SR8 4LX")
    page = coordinator.post(f"{HOME}{reader.pk}/settle/", {"is_real": "perhaps"}, follow=True).content.decode()
    assert "Nothing was changed" in page
    assert Subscriber.objects.get().state == SubscriberState.PENDING


def test_staff_are_told_when_no_mail_goes(coordinator: Person) -> None:
    for number in range(3):
        ask(email="ann@example.org", choices=Choices(topics=(number,)))
    page = coordinator.post(NEW, paper(email="ann@example.org")).content.decode()
    assert "so none goes now" in page
    assert "A mail goes there now" not in page
    assert Consent.objects.filter(source="paper").count() == 0
    a_silenced_reader("bob@example.org")
    page = coordinator.post(NEW, paper(email="bob@example.org"), follow=True).content.decode()
    assert "no mail may go to this address" in page
