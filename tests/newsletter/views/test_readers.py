"""The list of readers as staff keep it."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone
from pypdf import PdfReader

from newsletter.actions.subscriptions import ask, ask_for_post
from newsletter.choices import Choices
from newsletter.links import reader_of_preferences_link
from newsletter.models import Consent, Subscriber, Topic
from newsletter.readers.posting import posted_to
from newsletter.workflow import DeliveryState, Reason, SubscriberState
from portal import clock
from portal.audit.models import AuditEvent
from portal.pages.settings import site_identity
from portal.pdf import qr_code
from tests.conftest import PASSWORD, Person
from tests.factories.newsletter import a_campaign, a_reader, a_silenced_reader, an_area, an_issue
from tests.paper import alts_of, is_tagged, pages_of, words_of

pytestmark = pytest.mark.django_db
HOME = "/staff/newspaper/readers/"
NEW, POSTED = f"{HOME}new/", f"{HOME}posted/"
SCREENS = [HOME, NEW, POSTED, f"{HOME}1/"]
PRESSES = [f"{HOME}1/settle/", f"{HOME}1/stop/", f"{POSTED}take-out/"]


@pytest.fixture
def editor(editor: Person) -> Person:
    """What leaves the house asks again who takes it; here they have just shown it."""
    editor.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return editor


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


def test_labels_and_table_hold_those_who_want_this_issue(editor: Person) -> None:
    food, area, elsewhere = Topic.objects.create(name="Food", slug="food"), an_area(), an_area("Peterlee", "E2")
    issue = an_issue()
    issue.topics.add(food)
    issue.places.add(area)
    issue.save()
    ann, near, far = by_post(), by_post("Near", place=area), by_post("Far", place=elsewhere)
    other = by_post("Other")
    other.topics.add(Topic.objects.create(name="Sport", slug="sport"))
    by_post("Paused", wants_issues=False)
    by_post("Gone", state=SubscriberState.LEFT, left_at=timezone.now() - timedelta(days=1))
    assert posted_to(issue) == [ann, near]
    assert posted_to(None) == [ann, far, near, other]
    Subscriber.objects.filter(pk=ann.pk).update(wants_large_print=True)
    assert posted_to(None) == [far, near, other, ann]
    table = editor.post(f"{POSTED}take-out/", {"issue": issue.pk, "table": "1"})
    assert table.content.decode().splitlines() == [
        "name,address,edition",
        'Near,"1 Third Street, Horden SR8 4LX",standard',
        'Ann Lee,"1 Third Street, Horden SR8 4LX",large print',
    ]
    assert "no-store" in table["Cache-Control"]
    labels = editor.post(f"{POSTED}take-out/", {"issue": "", "labels": "1"})
    words = words_of(labels.content)
    assert words.count("Third Street") == 4
    assert words.count("Large print") == 1
    assert words.count("Change or stop it") == 4
    assert "scan" not in words
    assert is_tagged(labels.content)
    details = [one.detail for one in AuditEvent.objects.filter(action="newsletter.take_out").order_by("pk")]
    assert details == [
        {"form": "table", "issue": issue.pk, "readers": 2},
        {"form": "labels", "issue": None, "readers": 4},
    ]


def test_a_label_may_bear_a_code_that_opens_the_reader_s_own_page(editor: Person, resident: Person) -> None:
    reader = by_post("A name of thirty letters, Esq.", wants_large_print=True)
    by_post("Bob")
    with patch("newsletter.readers.posting.qr_code", wraps=qr_code) as drawn:
        labels = editor.post(f"{POSTED}take-out/", {"labels": "1", "has_codes": "on"})
    assert words_of(labels.content).count("Change or stop it") == 2
    assert alts_of(labels.content) == ["A code that opens your own page, to move, to pause or to stop"] * 2
    path = drawn.call_args_list[1].args[0].removeprefix(settings.BASE_URL)
    assert "What you get from us" in resident.get(path).content.decode()
    assert reader_of_preferences_link(path.split("/")[-2]) == reader
    page = editor.get(f"{HOME}{reader.pk}/").content.decode()
    assert f'href="{settings.BASE_URL}/news/preferences/' in page
    assert "Their own page" not in editor.get(f"{HOME}{a_reader().pk}/").content.decode()


def test_a_label_says_which_number_to_ring_in_a_size_that_its_reader_can_read(editor: Person) -> None:
    ours = site_identity()
    ours.contact_phone = "01632 960100"
    ours.save()
    by_post("Ann")
    by_post("Bob", wants_large_print=True)
    labels = editor.post(f"{POSTED}take-out/", {"labels": "1", "has_codes": "on"}).content
    assert words_of(labels).count("or ring 01632 960100") == 2
    assert "Large print" in words_of(labels)
    sizes: dict[str, list[float]] = {"01632": [], "Large print": [], "localhost": []}

    def look(words: str, *drawn: Any) -> None:
        for told, found in sizes.items():
            if told in words:
                found.append(round(drawn[3] * abs(drawn[1][3]), 1))

    PdfReader(io.BytesIO(labels)).pages[0].extract_text(visitor_text=look)
    assert sizes["01632"] == [9, 14]
    assert min([*sizes["Large print"], *sizes["localhost"]]) >= 9


def test_how_many_have_large_print_posted_is_counted(editor: Person) -> None:
    by_post("Ann", wants_large_print=True)
    by_post("Bob")
    a_reader(wants_large_print=True)
    counts = "<strong>2</strong> by post, <strong>1</strong> of them in large print"
    assert counts in editor.get(HOME).content.decode()
    assert counts in editor.get(POSTED).content.decode()


def test_an_issue_that_is_not_there_takes_nothing_out(editor: Person) -> None:
    page = editor.post(f"{POSTED}take-out/", {"issue": "99999"}, follow=True).content.decode()
    assert "Choose an issue from the list" in page
    assert events("take_out") == 0


def test_twenty_one_labels_fill_a_sheet_and_no_name_runs_a_formula(editor: Person) -> None:
    for number in range(22):
        by_post(f"=Reader {number}")
    sheet = editor.post(f"{POSTED}take-out/", {"labels": "1"})
    assert pages_of(sheet.content) == 2
    assert "'=Reader 0" in editor.post(f"{POSTED}take-out/", {"table": "1"}).content.decode()


def test_the_list_by_post_takes_as_many_queries_for_many(editor: Person, django_assert_max_num_queries: object) -> None:
    for number in range(12):
        by_post(f"Reader {number}")
        ask_for_post(name=f"New {number}", postal_address="1 Third Street, SR8 4LX")
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        editor.get(POSTED)


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
