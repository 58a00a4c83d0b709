"""What an error while sending means: a bad address, a mail server in trouble, or a copy whose fate nobody knows."""

import http.client
import smtplib
from dataclasses import dataclass
from enum import StrEnum

from anymail.exceptions import AnymailError
from django.core.mail import BadHeaderError


class NoAddress(ValueError):
    """It cannot be written to at all, whoever asks; nothing of it is quoted."""


# What can go wrong with sending: the line, the mail server, the provider, or an address that cannot be one.
ERRORS_OF_SENDING = (
    smtplib.SMTPException, http.client.HTTPException, OSError, AnymailError, BadHeaderError, UnicodeError, NoAddress,
)  # fmt: skip


class Verdict(StrEnum):
    """What to do about a copy that did not plainly go."""

    FAILED = "failed"
    TRY_AGAIN = "try_again"
    UNCERTAIN = "uncertain"
    SERVER_TROUBLE = "server_trouble"


@dataclass(frozen=True)
class Outcome:
    """A verdict with the mail server's code; never its words, which often quote the address."""

    verdict: Verdict
    code: int | None = None


def read_opening_error(error: Exception) -> Outcome:
    """The line could not be opened: nothing has gone to anybody yet, whatever the reason."""
    return Outcome(Verdict.SERVER_TROUBLE, getattr(error, "smtp_code", None))


def read_error(error: Exception) -> Outcome:
    """An error while one copy was handed over.

    A clear answer (RFC 5321 codes, or a provider's HTTP status) is believed: 5xx is for good, 4xx is for now. With no
    answer the copy may have gone, so it is uncertain and is not sent twice.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return _by_code(min(codes, default=550))
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPAuthenticationError | smtplib.SMTPHeloError):
        return Outcome(Verdict.SERVER_TROUBLE, error.smtp_code)
    if isinstance(error, smtplib.SMTPResponseException):
        return _by_code(error.smtp_code)
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return _by_status(status)
    if isinstance(error, ValueError | UnicodeError) or type(error).__name__ == "AnymailRecipientsRefused":
        return Outcome(Verdict.FAILED)
    return Outcome(Verdict.UNCERTAIN)


def _by_code(code: int) -> Outcome:
    if code == 421:
        return Outcome(Verdict.SERVER_TROUBLE, code)
    return Outcome(Verdict.FAILED if code >= 500 else Verdict.TRY_AGAIN, code)


def _by_status(status: int) -> Outcome:
    if status in {401, 403, 404, 429}:
        return Outcome(Verdict.SERVER_TROUBLE, status)
    if 400 <= status < 500:
        return Outcome(Verdict.FAILED, status)
    return Outcome(Verdict.UNCERTAIN, status)
