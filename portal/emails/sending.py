"""The one way in which the portal writes to somebody."""

from collections.abc import Mapping
from typing import Any

from django.core.mail import EmailMultiAlternatives
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
    if is_suppressed(to):
        return False
    everything = {**context, "home_url": absolute("/")}
    subject = " ".join(render_to_string(f"emails/{template}.subject.txt", everything, using="text").split())
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"emails/{template}.txt", everything, using="text"),
        from_email=from_email,
        to=[to],
        headers=dict(headers or {}),
    )
    message.attach_alternative(render_to_string(f"emails/{template}.html", everything), "text/html")
    message.send()
    return True
