"""The list of issues and an issue, as pages of the site and in the editor."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from newsletter.models import IssueIndexPage, IssuePage
from newsletter.models.pages import RESERVED_SLUGS
from newsletter.templatetags.newsletter_tags import lead_story
from portal.pages.models import HomePage
from tests.conftest import Person
from tests.factories.newsletter import a_reader, an_issue, lead, story
from tests.paging import link_to

pytestmark = pytest.mark.django_db


def test_a_new_site_has_its_list_of_issues(resident: Person) -> None:
    assert IssueIndexPage.objects.get().get_parent().specific == HomePage.objects.get()
    page = resident.get("/news/").content.decode()
    assert "The first issue is being written" in page
    assert 'href="/news/subscribe/"' in page


def test_issues_are_listed_newest_first_and_drafts_are_not(resident: Person) -> None:
    an_issue(title="Autumn", issued_on=date(2026, 9, 1), number=1)
    an_issue(title="Winter", issued_on=date(2026, 11, 19), number=2)
    an_issue(title="Spring", live=False)
    page = resident.get("/news/").content.decode()
    assert page.index("Winter") < page.index("Autumn")
    assert "Spring" not in page
    assert "Number 2" in page
    assert "Thursday 19 November 2026" in page


def test_older_issues_are_on_the_next_page(resident: Person, django_assert_max_num_queries: Any) -> None:
    for number in range(14):
        an_issue(
            title=f"Issue {number}", number=number, issued_on=date(2026, 1, 1) + timedelta(days=number), body=[story()]
        )
    resident.get("/news/")
    with django_assert_max_num_queries(20):
        first = resident.get("/news/").content.decode()
    assert "Issue 13" in first
    assert "Issue 1<" not in first
    assert "Issue 1<" in resident.get("/news/" + link_to("next", first)).content.decode()
    assert resident.get("/news/?page=nonsense").status_code == 200


def test_an_issue_is_read_at_its_address(resident: Person) -> None:
    issue = an_issue()
    page = resident.get("/news/winter-in-horden/").content.decode()
    assert issue.path_on_site == issue.get_url() == "/news/winter-in-horden/"
    assert "<h1>Winter in Horden</h1>" in page
    assert "<h2>The hall is warm again</h2>" in page
    assert "Number 1 · Thursday 19 November 2026" in page


def test_a_draft_is_not_read(resident: Person) -> None:
    an_issue(live=False)
    assert resident.get("/news/winter-in-horden/").status_code == 404


@pytest.mark.parametrize("where", ["issue", "home"])
def test_an_issue_behind_a_privacy_setting_is_listed_nowhere(where: str, resident: Person) -> None:
    issue = an_issue()
    assert IssuePage.objects.for_everybody().get() == issue
    hidden = issue if where == "issue" else HomePage.objects.get()
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert not IssuePage.objects.for_everybody().exists()
    assert lead_story() is None
    assert b"Winter in Horden" not in resident.get("/news/rss/").content


def test_more_stories_cost_no_more_queries(resident: Person, django_assert_num_queries: Any) -> None:
    an_issue(title="Short", body=[lead()])
    an_issue(title="Long", body=[lead(), *[story(f"Story {number}") for number in range(12)]])
    resident.get("/news/short/")
    with CaptureQueriesContext(connection) as short:
        resident.get("/news/short/")
    with django_assert_num_queries(len(short.captured_queries)):
        resident.get("/news/long/")


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_an_issue_may_not_hide_another_page_of_the_newspaper(slug: str) -> None:
    with pytest.raises(ValidationError, match="another page of the newspaper"):
        an_issue(slug=slug)


def test_a_title_that_would_make_a_reserved_address_is_refused_too() -> None:
    with pytest.raises(ValidationError, match="another page of the newspaper"):
        an_issue(title="Subscribe")


def test_the_newspaper_does_not_move() -> None:
    index = IssueIndexPage.objects.get()
    index.slug = "gazette"
    with pytest.raises(ValidationError, match="keep “news” here"):
        index.full_clean()


@pytest.mark.parametrize(
    ("mode", "words"),
    [("", '<div class="issue">'), ("email", "Stop getting it"), ("text", "Stop getting it: http")],
)
def test_an_editor_previews_the_web_page_the_mail_and_its_text(mode: str, words: str) -> None:
    issue = an_issue()
    request = RequestFactory().get("/", SERVER_NAME="localhost")
    response = issue.make_preview_request(request, mode)
    response.render() if hasattr(response, "render") else None
    page = response.content.decode()
    # A preview is drawn for the staff page that shows it, and that page gives the policy.
    assert "Content-Security-Policy" not in response
    assert words in page
    assert "The hall is warm again" in page
    assert "LINK-OF-THIS-READER" not in page


def test_an_issue_that_was_never_saved_can_be_previewed() -> None:
    issue = IssuePage(title="New", slug="new", body=[("story", {"heading": "Soup", "words": None})])
    assert "Soup" in issue.make_preview_request(None, "email").content.decode()


def test_an_editor_writes_an_issue_in_the_admin(editor: Person) -> None:
    index = IssueIndexPage.objects.get()
    page = editor.get(reverse("wagtailadmin_pages:add", args=["newsletter", "issuepage", index.pk]))
    assert page.status_code == 200
    assert "E-mail as plain text" in page.content.decode()


def test_from_the_editor_one_press_leads_to_the_sending_screen(editor: Person) -> None:
    a_reader()
    issue = an_issue()
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[issue.pk])).content.decode()
    assert f'href="/staff/newspaper/{issue.pk}/"' in page


def test_issues_are_found_by_the_site_s_search_and_readers_are_not(
    resident: Person, run_worker: Callable[[], None]
) -> None:
    a_reader("ann@example.org")
    an_issue()
    run_worker()
    assert "Winter in Horden" in resident.get("/search/?query=winter").content.decode()
    assert "ann@" not in resident.get("/search/?query=ann").content.decode()
