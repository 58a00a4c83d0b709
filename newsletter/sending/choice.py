"""Chooses the line that suits the back end of the settings."""

from typing import Any

from anymail.backends.base import AnymailBaseBackend
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from newsletter.sending.escaping import escaped
from newsletter.sending.lines import Files, Line, OneByOne
from newsletter.sending.merging import FrozenMail
from newsletter.sending.providers import ManyAtOnce, takes_at_once
from newsletter.sending.smtp import Smtp
from portal.emails.backends import EmlFiles


def line_for(mail: FrozenMail) -> Line:
    """The quickest way that this back end knows; not yet open."""
    connection: Any = get_connection()
    if isinstance(connection, SmtpBackend):
        return Smtp(connection, mail)
    if isinstance(connection, EmlFiles):
        return Files(connection, mail)
    if not isinstance(connection, AnymailBaseBackend):
        return OneByOne(connection, mail)
    if takes_at_once(connection.esp_name, mail):
        return ManyAtOnce(connection, mail)
    return OneByOne(connection, escaped(mail, connection.esp_name))
