"""Readers who have it posted: labels with a code and a number to ring, and the table for the round."""

import io
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.utils import timezone
from pypdf import PdfReader

from newsletter.actions.subscriptions import ask_for_post
from newsletter.links import reader_of_preferences_link
from newsletter.models import Subscriber, Topic
from newsletter.readers.posting import posted_to
from newsletter.workflow import SubscriberState
from portal.audit.models import AuditEvent
from portal.pages.settings import site_identity
from portal.pdf import qr_code
from tests.conftest import PASSWORD, Person
from tests.factories.newsletter import a_reader, an_area, an_issue
from tests.paper import alts_of, is_tagged, pages_of, words_of

pytestmark = pytest.mark.django_db
HOME = "/staff/newspaper/readers/"
POSTED = f"{HOME}posted/"


@pytest.fixture
def editor(editor: Person) -> Person:
    """What leaves the house asks again who takes it; here they have just shown it."""
    editor.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return editor


def by_post(name: str = "Ann Lee", **fields: Any) -> Subscriber:
    return a_reader("", channel="post", name=name, postal_address="1 Third Street\nHorden SR8 4LX", **fields)


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
    assert not AuditEvent.objects.called("newsletter.take_out").exists()


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
