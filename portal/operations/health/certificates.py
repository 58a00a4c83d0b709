"""Looks at the certificate of the mail server that is set, over the way that mail goes itself; asks nobody else."""

import contextlib
import smtplib
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.mail import get_connection
from django.db import transaction

from portal.operations.health.mailing import CERTIFICATE
from portal.operations.models import Sighting

PATIENCE = 10


@dataclass(frozen=True)
class Server:
    """Where mail is handed over: `begins_plain` asks for TLS by STARTTLS."""

    host: str
    port: int
    begins_plain: bool = False


def server_in_use() -> Server | None:
    """The mail server of the settings; None where mail goes to files, or without TLS."""
    line: Any = get_connection()
    if isinstance(address := getattr(line, "api_url", None), str) and address.startswith("https:"):
        parts = urlsplit(address)
        return Server(parts.hostname or "", parts.port or 443)
    if isinstance(getattr(line, "host", None), str):
        if getattr(line, "use_ssl", False):
            return Server(line.host, line.port)
        if getattr(line, "use_tls", False):
            return Server(line.host, line.port, begins_plain=True)
    return None


def last_day(server: Server, context: ssl.SSLContext | None = None) -> datetime:
    """The last moment of its certificate, which has to be good for its name; raises what the line raises."""
    context = context or ssl.create_default_context()
    if server.begins_plain:
        with smtplib.SMTP(server.host, server.port, timeout=PATIENCE) as smtp:
            smtp.starttls(context=context)
            return _until(smtp.sock)
    plain = socket.create_connection((server.host, server.port), timeout=PATIENCE)
    with contextlib.closing(plain), context.wrap_socket(plain, server_hostname=server.host) as line:
        return _until(line)


def _until(line: Any) -> datetime:
    told = line.getpeercert()
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(told["notAfter"]), UTC)


def look(*, now: datetime, context: ssl.SSLContext | None = None) -> Sighting | None:
    """Look, and write down what was seen."""
    server = server_in_use()
    if server is None:
        Sighting.objects.filter(name=CERTIFICATE).delete()
        return None
    until, trouble = None, ""
    try:
        until = last_day(server, context)
    except ssl.SSLCertVerificationError as error:
        trouble = f"It is not good: {error.verify_message}."
    except (OSError, smtplib.SMTPException, ssl.SSLError) as error:
        trouble = f"The mail server could not be asked: {type(error).__name__}."
    return _keep(until, trouble, now)


@transaction.atomic
def _keep(until: datetime | None, trouble: str, now: datetime) -> Sighting:
    told = {"seen_at": now, "until": until, "trouble": trouble[:200]}
    return Sighting.objects.update_or_create(name=CERTIFICATE, defaults=told)[0]
