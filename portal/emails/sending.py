"""The one way in which the portal writes to somebody."""

from collections.abc import Mapping
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from portal.emails.links import absolute
from portal.emails.suppression import is_suppressed


def send(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    headers: Mapping[str, str] | None = None,
    from_email: str | None = None,
) -> bool:
    """Send one mail from `emails/<template>.{subject.txt,txt,html}`; False when the address asked us to stop.

    Raises what the mail server answers (SMTPException, AnymailError): the caller decides whether to try again.
    """
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
    message.send()
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
