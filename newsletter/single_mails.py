"""Mails to one person: the answer to somebody who asked for the newspaper, and an editor's test."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from newsletter.links import CONFIRM_WITHIN, confirm_path, preferences_path
from newsletter.models import Consent, IssuePage
from newsletter.rendering.edition import edition_of, with_example_links
from newsletter.tasks import send_first_mail, send_test_mail
from newsletter.workflow import SubscriberState
from portal.accounts.models import User
from portal.emails.again import tried_again
from portal.emails.links import absolute
from portal.emails.sending import send, send_written
from portal.pages.settings import site_identity


def answer_asking(consent_id: int, *, tries: int) -> None:
    """Ask whether the address is theirs; somebody who gets the newspaper already is told so.

    A mail server that does not answer is tried again a few times: a second such mail does no harm.
    """
    consent = Consent.objects.with_number(consent_id)
    if consent is None:
        return
    is_known = consent.subscriber.state == SubscriberState.ACTIVE
    path = preferences_path(consent.subscriber_id) if is_known else confirm_path(consent.pk)
    context = {
        "url": absolute(path),
        "days": CONFIRM_WITHIN.days,
        "identity": site_identity(),
    }
    mail = f"First mail of consent {consent_id}"
    with tried_again(send_first_mail, mail=mail, tries=tries, consent_id=consent_id):
        send(
            to=consent.subscriber.email,
            template="newsletter/already" if is_known else "newsletter/confirm",
            context=context,
            headers={"Auto-Submitted": "auto-replied"},
            caused_by_stranger=True,
        )


def send_test(issue_id: int, user_id: int, *, tries: int) -> None:
    """Send an editor the newest draft of an issue; its links to leave lead to an example.

    What the mail server answers may quote the address, so it ends here and is in no log of the worker.
    """
    issue = IssuePage.objects.filter(pk=issue_id).first()
    editor = User.objects.filter(pk=user_id).first()
    if issue is None or editor is None:
        return
    edition = with_example_links(edition_of(issue.get_latest_revision_as_object()))
    html, text = _with_paper(issue, edition.html, edition.text) if issue.live else (edition.html, edition.text)
    mail = f"Test of issue {issue_id} for user {user_id}"
    with tried_again(send_test_mail, mail=mail, tries=tries, issue_id=issue_id, user_id=user_id):
        send_written(to=editor.email, subject=f"Test: {edition.subject}", html=html, text=text)


def _with_paper(issue: IssuePage, html: str, text: str) -> tuple[str, str]:
    """A test's words with the way to the printed editions under them; a reader's mail has no such line."""
    told, links = "Only in this test, the printed editions:", paper_editions(issue)
    as_text = "\n".join(f"{label}: {address}" for label, address in links)
    as_html = format_html_join(", ", '<a href="{}">{}</a>', ((address, label) for label, address in links))
    before, body, after = html.rpartition("</body>")
    return f"{before}{format_html('<p>{} {}</p>', told, as_html)}{body}{after}", f"{text}\n{told}\n{as_text}\n"


def paper_editions(issue: IssuePage) -> list[tuple[str, str]]:
    """The printed editions of an issue that is on the website: label and whole address."""
    address = absolute(reverse("newsletter_pdf", args=[issue.slug]))
    sorts = (("A4", "a4"), ("A3 to fold", "a3"), ("large print", "large"))
    return [(label, f"{address}?edition={sort}") for label, sort in sorts]
