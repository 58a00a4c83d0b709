"""An editor writes an issue in the admin, looks at it, sends it to every reader once, and sees what became of it."""

import smtplib
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from newsletter.models import Campaign, IssueIndexPage, IssuePage
from newsletter.workflow import CampaignState
from tests.conftest import Person
from tests.factories.newsletter import a_reader, a_silenced_reader, readers


def the_form() -> dict[str, Any]:
    """What the editor fills in: a lead and a notice."""
    lead = {
        "heading": "The hall is warm again",
        "standfirst": "Nobody has to sit in a coat.",
        "words": rich_text("<p>The new boiler came on Monday.</p>", features=["bold", "link"]),
        "picture-image": "",
        "picture-alt_text": "",
        "caption": "",
    }
    return nested_form_data(
        {
            "title": "Winter in Horden",
            "slug": "winter",
            "number": "4",
            "issued_on": "2026-11-19",
            "summary": "Warm rooms.",
            "body": streamfield([("lead", lead), ("notice", {"heading": "", "text": "Shut on Boxing Day."})]),
            "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"},
            "action-publish": "action-publish",
        }
    )


@pytest.mark.django_db
def test_an_editor_sends_an_issue(
    editor: Person, resident: Person, run_worker: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsletter.actions.campaigns.UNDO_FOR", timedelta(0))
    readers(3)
    a_reader("paused@example.org", wants_issues=False)
    a_silenced_reader()

    # They write the issue and publish it.
    index = IssueIndexPage.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["newsletter", "issuepage", index.pk])
    written = editor.post(add, the_form())
    assert written.status_code == 302, written.context and written.context["form"].errors
    issue = IssuePage.objects.get()
    assert isinstance(issue.body[0].value["words"], RichText)
    assert "The hall is warm again" in resident.get("/news/winter/").content.decode()

    # The staff home says that it was not sent yet; the sending screen says how many would get it.
    assert "issue not sent yet" in editor.get("/staff/").content.decode()
    screen = reverse("newspaper_issue", args=[issue.pk])
    page = editor.get(screen).content.decode()
    assert "Send now to 3 readers" in page
    assert "<p>Nothing.</p>" in page[page.index("What stands in the way") :]

    # A test to themselves first.
    editor.post(reverse("newspaper_test", args=[issue.pk]))
    run_worker()
    test = mail.outbox.pop()
    assert (test.to, test.subject) == ([editor.user.email], "Test: Winter in Horden")

    # Then to everybody: one address is refused by the mail server, the others get their copy.
    real = EmailBackend.send_messages

    def refuse_one(server: EmailBackend, messages: Sequence[mail.EmailMessage]) -> int:
        if [message.to for message in messages] == [["reader1@example.org"]]:
            raise smtplib.SMTPRecipientsRefused({"reader1@example.org": (550, b"no such mailbox")})
        return real(server, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse_one)
    sent = editor.post(
        reverse("newspaper_send", args=[issue.pk]), {"seen_revision": issue.live_revision_id}, follow=True
    )
    assert "Until then you can stop it" in sent.content.decode()
    run_worker()
    assert Counter(copy.to[0] for copy in mail.outbox) == {"reader0@example.org": 1, "reader2@example.org": 1}

    # The screen tells what became of each of the five, and names nobody.
    campaign = Campaign.objects.get()
    page = editor.get(reverse("newspaper_sending", args=[campaign.pk])).content.decode()
    assert campaign.state == CampaignState.SENT
    assert "5 readers on the list" in page
    for words in ("the mail server refused the address", "asked for a pause", "no mail may go to this address"):
        assert words in page
    assert "@example.org" not in page
    assert "issues not sent yet" in editor.get("/staff/").content.decode()

    # Pressing again sends nothing again.
    again = editor.post(
        reverse("newspaper_send", args=[issue.pk]), {"seen_revision": issue.live_revision_id}, follow=True
    )
    assert "has been sent already" in again.content.decode()
    run_worker()
    assert len(mail.outbox) == 2
