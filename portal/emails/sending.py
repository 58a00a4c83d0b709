"""The one way in which the portal writes to somebody."""

from collections.abc import Mapping
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import timezone

from portal.emails import heard
from portal.emails.budget import MustWait, Purse, Spent, give_back, room_again, spend
from portal.emails.links import absolute
from portal.emails.outcomes import ERRORS_OF_SENDING
from portal.emails.suppression import is_suppressed


def send(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    headers: Mapping[str, str] | None = None,
    from_email: str | None = None,
    caused_by_stranger: bool = False,
) -> bool:
    """Send one mail from `emails/<template>.{subject.txt,txt,html}`; False when the address asked us to stop.

    Raises what the mail server answers (SMTPException, AnymailError): the caller decides whether to try again. A mail that
    somebody with no account has us send is `caused_by_stranger`, and comes out of the day's budget: MustWait where that is
    used up, False where this address was sent its share today.
    """
    if caused_by_stranger and (is_suppressed(to) or not _may_go(to)):
        return False
    try:
        return _send(to=to, template=template, context=context, headers=headers, from_email=from_email)
    except ERRORS_OF_SENDING:
        if caused_by_stranger:
            give_back(address=to, purse=Purse.FORMS, now=timezone.now())
        raise


def _may_go(to: str) -> bool:
    now = timezone.now()
    verdict = spend(address=to, purse=Purse.FORMS, now=now)
    if verdict == Spent.WAITS:
        raise MustWait(room_again(now))
    return verdict == Spent.GOES


def _send(
    *, to: str, template: str, context: Mapping[str, Any], headers: Mapping[str, str] | None, from_email: str | None
) -> bool:
    everything = {**context, "home_url": absolute("/")}
    return send_written(
        to=to,
        subject=render_to_string(f"emails/{template}.subject.txt", everything, using="text"),
        text=render_to_string(f"emails/{template}.txt", everything, using="text"),
        html=render_to_string(f"emails/{template}.html", everything),
        headers=headers,
        from_email=from_email,
    )


def send_written(
    *,
    to: str,
    subject: str,
    text: str,
    html: str,
    headers: Mapping[str, str] | None = None,
    from_email: str | None = None,
    connection: BaseEmailBackend | None = None,
) -> bool:
    """Send one mail whose words are already written, over an open connection where there is one; False and errors as above."""
    if is_suppressed(to):
        return False
    message = message_of(to=to, subject=subject, text=text, html=html, headers=headers, from_email=from_email)
    message.connection = connection
    try:
        message.send()
    except ERRORS_OF_SENDING:
        heard.failed()
        raise
    heard.went()
    return True


def message_of(
    *,
    to: str,
    subject: str,
    text: str,
    html: str,
    headers: Mapping[str, str] | None = None,
    from_email: str | None = None,
) -> EmailMultiAlternatives:
    """A mail as it is handed over; who hands it over asks first whether the address wants none."""
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()), body=text, from_email=from_email, to=[to], headers=dict(headers or {})
    )
    message.attach_alternative(html, "text/html")
    return message
