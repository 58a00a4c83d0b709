"""Mails to one person: the answer to somebody who asked for the newspaper, and an editor's test."""

import logging

from django.utils import timezone

from newsletter.links import CONFIRM_WITHIN, confirm_path, preferences_path
from newsletter.models import Consent, IssuePage
from newsletter.rendering.edition import edition_of, with_example_links
from newsletter.tasks import send_first_mail
from newsletter.workflow import SubscriberState, next_try_at
from portal.accounts.models import User
from portal.emails.links import absolute
from portal.emails.outcomes import Verdict, read_error
from portal.emails.sending import send, send_written
from portal.pages.settings import site_identity
from portal.tasks import enqueue_on_commit

log = logging.getLogger(__name__)


def answer_asking(consent_id: int, *, tries: int) -> None:
    """Ask whether the address is theirs; somebody who gets the newspaper already is told so.

    A mail server that does not answer is tried again a few times: a second such mail does no harm. Errors are logged by
    number, for their words may quote the address.
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
    try:
        send(
            to=consent.subscriber.email,
            template="newsletter/already" if is_known else "newsletter/confirm",
            context=context,
            headers={"Auto-Submitted": "auto-replied"},
        )
    except Exception as error:
        outcome = read_error(error)
        log.warning("First mail of consent %s did not go: %s %s", consent_id, outcome.verdict, outcome.code)
        later = next_try_at(tries=tries + 1, now=timezone.now())
        if outcome.verdict != Verdict.FAILED and later:
            enqueue_on_commit(send_first_mail.using(run_after=later), consent_id=consent_id, tries=tries + 1)


def send_test(issue_id: int, user_id: int) -> None:
    """Send an editor the newest draft of an issue; its links to leave lead to an example."""
    issue = IssuePage.objects.filter(pk=issue_id).first()
    editor = User.objects.filter(pk=user_id).first()
    if issue is None or editor is None:
        return
    edition = with_example_links(edition_of(issue.get_latest_revision_as_object()))
    send_written(to=editor.email, subject=f"Test: {edition.subject}", html=edition.html, text=edition.text)
