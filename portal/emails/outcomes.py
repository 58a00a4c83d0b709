"""What an error while sending means: a bad address, a mail server in trouble, or a copy whose fate nobody knows."""

import http.client
import smtplib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

import requests
from anymail.exceptions import AnymailError
from django.core.mail import BadHeaderError
from urllib3.exceptions import NameResolutionError, NewConnectionError


class NoAddress(ValueError):
    """It cannot be written to at all, whoever asks; nothing of it is quoted."""


# What can go wrong with sending: the line, the mail server, the provider, or an address that cannot be one.
ERRORS_OF_SENDING = (
    smtplib.SMTPException, http.client.HTTPException, OSError, AnymailError, BadHeaderError, UnicodeError, NoAddress,
)  # fmt: skip


# The provider asks us to wait, is closed for the moment, does not let us in, or is not there: nothing was taken.
_NOT_NOW_OR_NOT_US = {401, 403, 404, 429, 503}
_LONGEST_WAIT = timedelta(days=1)


class Verdict(StrEnum):
    """What to do about a copy that did not plainly go."""

    FAILED = "failed"
    TRY_AGAIN = "try_again"
    UNCERTAIN = "uncertain"
    SERVER_TROUBLE = "server_trouble"


@dataclass(frozen=True)
class Outcome:
    """A verdict with the mail server's code; never its words, which often quote the address.

    `wait` is for how long it asked to be left alone, where it said so.
    """

    verdict: Verdict
    code: int | None = None
    wait: timedelta | None = None


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
        return _by_status(status, wait=_wait_asked_for(error))
    if _is_unconnected(error):
        return Outcome(Verdict.SERVER_TROUBLE)
    if isinstance(error, ValueError | UnicodeError) or type(error).__name__ == "AnymailRecipientsRefused":
        return Outcome(Verdict.FAILED)
    return Outcome(Verdict.UNCERTAIN)


def _by_code(code: int) -> Outcome:
    if code == 421:
        return Outcome(Verdict.SERVER_TROUBLE, code)
    return Outcome(Verdict.FAILED if code >= 500 else Verdict.TRY_AGAIN, code)


def _by_status(status: int, *, wait: timedelta | None) -> Outcome:
    if status in _NOT_NOW_OR_NOT_US:
        return Outcome(Verdict.SERVER_TROUBLE, status, wait)
    if 400 <= status < 500:
        return Outcome(Verdict.FAILED, status)
    return Outcome(Verdict.UNCERTAIN, status)


def _wait_asked_for(error: Exception, *, now: datetime | None = None) -> timedelta | None:
    """Retry-After, in seconds or as a date (RFC 9110, 10.2.3); nobody is waited for longer than a day."""
    told = getattr(getattr(error, "response", None), "headers", {}).get("Retry-After", "")
    if told.isascii() and told.isdigit():
        return min(timedelta(seconds=int(told[:9])), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment - (now or datetime.now(UTC)), timedelta(0)), _LONGEST_WAIT)


def _is_unconnected(error: Exception) -> bool:
    """Whether the provider was not even reached, so that nothing can have gone."""
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError):
        return True
    told = error.__cause__ if isinstance(error.__cause__, requests.ConnectionError) else error
    reason = getattr(told.args[0] if told.args else None, "reason", None)
    return isinstance(told, requests.ConnectionError) and isinstance(reason, NewConnectionError | NameResolutionError)


def trouble_in_words(code: int | None) -> str:
    """Why a mail server or a provider does not serve us, for somebody who can do something about it."""
    if code is None:
        return "The mail server cannot be reached."
    said = f" It answers {code}."
    if code == 429:
        return "The mail provider asks us to slow down, again and again." + said
    if code in {401, 403, 530, 534, 535, 538}:
        return "The mail server does not let us in. Are the name and the password right?" + said
    if code in {421, 450, 451, 452, 503}:
        return "The mail server is too busy for us." + said
    return "The mail server does not take our mail." + said
