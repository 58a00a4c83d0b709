"""An editor writes the text edition by hand, and nothing of it is lost on the way."""

from datetime import timedelta

import pytest
from django.urls import reverse
from wagtail.models import GroupPagePermission

from newsletter.gate import findings_of
from newsletter.models import Campaign, IssuePage
from newsletter.rendering.edition import LEAVE_MARK, PREFERENCES_MARK, edition_of
from newsletter.workflow import CampaignState
from portal.audit.models import AuditEvent
from portal.clock import now
from tests.conftest import Person
from tests.factories.newsletter import an_issue, lead

pytestmark = pytest.mark.django_db
OWN = "Warm again. See http://localhost:8000/news/winter-in-horden/ and http://localhost:8000/warm-spaces/\n19 of us came."


@pytest.fixture
def issue() -> IssuePage:
    return an_issue(body=[lead()])


def screen(issue: IssuePage) -> str:
    return reverse("newspaper_plain_text", args=[issue.pk])


def save(editor: Person, issue: IssuePage, **data: str) -> IssuePage:
    response = editor.post(screen(issue), data)
    assert response.status_code == 302, response.content.decode()[:500]
    return IssuePage.objects.get(pk=issue.pk)


def kinds(issue: IssuePage) -> list[str]:
    return [finding.words for finding in findings_of(issue) if finding.kind == "plain_text"]


def test_only_an_editor_opens_it(
    stranger: Person, coordinator: Person, navigator: Person, lead: Person, partner: Person, issue: IssuePage
) -> None:
    assert stranger.get(screen(issue)).status_code == 302
    for person in (coordinator, navigator, lead, partner):
        assert person.get(screen(issue)).status_code == 403


def test_it_starts_from_what_the_blocks_give(editor: Person, issue: IssuePage) -> None:
    page = editor.get(screen(issue)).content.decode()
    assert "Nobody has to sit in a coat." in page
    assert LEAVE_MARK not in page
    assert "Make it from the blocks again" not in page


def test_own_words_go_out_with_our_foot(editor: Person, issue: IssuePage) -> None:
    issue = save(editor, issue, words=OWN)
    text = edition_of(issue).text
    assert text.startswith("Warm again. See http")
    assert "Nobody has to sit in a coat." not in text
    assert LEAVE_MARK in text
    assert PREFERENCES_MARK in text
    assert AuditEvent.objects.filter(action="newsletter.write_plain_text").count() == 1


def test_a_live_issue_without_a_draft_is_published_with_them(editor: Person, issue: IssuePage) -> None:
    issue = save(editor, issue, words=OWN)
    assert not issue.has_unpublished_changes
    assert issue.plain_text.startswith("Warm again")


def test_who_may_not_publish_leaves_a_draft_for_somebody_who_may(editor: Person, issue: IssuePage) -> None:
    held = GroupPagePermission.objects.filter(group__in=editor.user.groups.all())
    held.filter(permission__codename="publish_page").delete()
    response = editor.post(screen(issue), {"words": OWN}, follow=True)
    assert "They wait in the draft until it is published." in response.content.decode()
    issue = IssuePage.objects.get(pk=issue.pk)
    assert (issue.plain_text, issue.has_unpublished_changes) == ("", True)
    assert issue.get_latest_revision_as_object().plain_text.startswith("Warm again")


def test_a_planned_sending_is_said_to_wait(editor: Person, issue: IssuePage) -> None:
    issue.save_revision().publish()
    issue.refresh_from_db()
    tomorrow = now() + timedelta(days=1)
    Campaign.objects.create(
        issue=issue, state=CampaignState.PLANNED, starts_at=tomorrow, seen_revision=issue.live_revision_id
    )
    response = editor.post(screen(issue), {"words": OWN}, follow=True)
    assert "A sending was planned before this: it waits until" in response.content.decode()


def test_the_words_after_saving_promise_no_more_than_is_true(editor: Person, issue: IssuePage) -> None:
    def said(words: str) -> str:
        return editor.post(screen(issue), {"words": words}, follow=True).content.decode()

    promise = "These words go out as the text edition."
    whole = f"{OWN} Thursday 19 November"
    assert f"Saved. {promise}" in said(whole)
    lost = said(OWN)
    assert promise not in lost
    assert "The issue cannot go yet: one thing stands in the way. See “Send by e-mail”." in lost
    assert "3 things stand in the way" in said("Warm again.")
    Campaign.objects.create(issue=issue, state=CampaignState.SENT, starts_at=now(), frozen_at=now())
    sent = said(whole)
    assert promise not in sent
    assert "was fixed before this, so it does not carry what you changed" in sent


def test_beside_a_draft_they_wait_until_that_is_published(editor: Person, issue: IssuePage) -> None:
    issue.title = "A new title"
    issue.save_revision()
    issue = save(editor, IssuePage.objects.get(pk=issue.pk), words=OWN)
    assert issue.plain_text == ""
    assert issue.title == "Winter in Horden"
    draft = issue.get_latest_revision_as_object()
    assert (draft.title, draft.plain_text[:10]) == ("A new title", "Warm again")


def test_saving_the_issue_in_the_editor_keeps_them(editor: Person, issue: IssuePage) -> None:
    """Wagtail's form does not know the words, so what it saves by itself must not lose them."""
    issue = save(editor, issue, words=OWN)
    address = reverse("wagtailadmin_pages:edit", args=[issue.pk])
    form = {
        "title": "Another title",
        "slug": issue.slug,
        "number": "1",
        "issued_on": "2026-11-19",
        "summary": "",
        "body-count": "0",
        "action-publish": "1",
        "seo_title": "",
        "search_description": "",
        "show_in_menus": "",
        "go_live_at": "",
        "expire_at": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    response = editor.post(address, form)
    assert response.status_code == 302, response.content.decode()
    issue = IssuePage.objects.get(pk=issue.pk)
    assert issue.title == "Another title"
    assert issue.plain_text.startswith("Warm again")


def test_they_can_be_given_up_again(editor: Person, issue: IssuePage) -> None:
    save(editor, issue, words=OWN)
    assert "Make it from the blocks again" in editor.get(screen(issue)).content.decode()
    issue = save(editor, issue, again="1")
    assert (issue.plain_text, issue.plain_text_of) == ("", "")
    assert "Nobody has to sit in a coat." in edition_of(issue).text
    assert AuditEvent.objects.filter(action="newsletter.make_plain_text").exists()


def test_a_lost_link_a_lost_date_and_a_changed_issue_are_found(editor: Person, issue: IssuePage) -> None:
    issue = save(editor, issue, words="Warm again.")
    assert [words.split(". ")[0] for words in kinds(issue)] == [
        "The plain text has lost the link http://localhost:8000/news/winter-in-horden/",
        "The plain text has lost the link http://localhost:8000/warm-spaces/",
        "The plain text has lost the date Thursday 19 November",
    ]
    assert "has lost the link" in editor.get(screen(issue)).content.decode()
    issue = save(editor, issue, words=f"{OWN} Thursday 19 November")
    assert kinds(issue) == []
    issue.title = "Something else"
    assert [words.split(". ")[0] for words in kinds(issue)] == [
        "The issue has changed since its plain text was written"
    ]


def test_nothing_at_all_and_a_locked_issue_are_refused(editor: Person, issue: IssuePage) -> None:
    page = editor.post(screen(issue), {"words": "  "})
    assert "Write something, or make it from the blocks again." in page.content.decode()
    IssuePage.objects.filter(pk=issue.pk).update(locked=True)
    page = editor.post(screen(issue), {"words": OWN})
    assert "Unlock it first" in page.content.decode()
    assert OWN[:11] in page.content.decode()
    assert IssuePage.objects.get(pk=issue.pk).plain_text == ""
