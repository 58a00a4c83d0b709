"""The demo's issue goes through its own gate, reads easily, and carries one of every block."""

import pytest
from django.utils import timezone

from newsletter.blocks import IssueBody
from newsletter.gate import findings_of
from newsletter.gate.words import sentences_of
from newsletter.models import IssuePage, Subscriber, Topic
from newsletter.models.settings import newspaper_settings
from newsletter.rendering.edition import edition_of, parts_of_issue
from portal.demo.comments import load_comments, load_consultation
from portal.demo.directory import load_directory
from portal.demo.newspaper import load_newspaper, load_readers
from portal.demo.pages import load_pages
from portal.demo.places import load_places
from portal.pages.models import HomePage
from portal.reading_age import reading_age
from tests.conftest import Person

pytestmark = pytest.mark.django_db
NINE = 9


@pytest.fixture
def issue(coordinator: Person) -> IssuePage:
    load_places()
    load_pages(port=8000)
    load_directory(coordinator=coordinator.user, now=timezone.now())
    load_comments(coordinator=coordinator.user, now=timezone.now())
    load_consultation(coordinator=coordinator.user, now=timezone.now())
    load_newspaper(HomePage.objects.get(), today=timezone.localdate())
    return IssuePage.objects.get()


def test_it_is_ready_to_go_out(issue: IssuePage) -> None:
    assert findings_of(issue) == []
    assert {block.block_type for block in issue.body} == set(IssueBody.base_blocks)
    for block in issue.body:
        block.block.clean(block.value)
    parts = parts_of_issue(issue)
    assert reading_age([sentence for part in parts for sentence in sentences_of(part)]) < NINE
    assert all(part.rows for part in parts if part.kind in {"whats_on", "warm_spaces"})
    edition = edition_of(issue)
    assert len(edition.html) < 102_000, "some mail programs cut a longer mail"


def test_loading_it_again_changes_nothing(issue: IssuePage) -> None:
    load_newspaper(HomePage.objects.get(), today=timezone.localdate())
    assert IssuePage.objects.get().latest_revision_id == issue.latest_revision_id
    assert [topic.name for topic in Topic.objects.in_order()] == [
        "What is on",
        "Warm and fed",
        "Have your say",
        "Helping out",
    ]


def test_the_weekly_mail_is_on_and_somebody_gets_it() -> None:
    for _ in range(2):
        load_readers()
    assert newspaper_settings().sends_weekly
    assert Subscriber.objects.receiving().weekly().count() == 1
    assert Subscriber.objects.receiving().each_issue().count() == 3
