"""What an error while sending means."""

import smtplib
from datetime import timedelta

import pytest
import requests

from portal.emails.outcomes import Outcome, Verdict, read_error, read_opening_error, trouble_in_words


class ProviderError(Exception):
    """As anymail raises when a provider answers with an HTTP status."""

    def __init__(self, status: int, retry_after: str = "") -> None:
        super().__init__(status)
        self.status_code = status
        self.response = requests.Response()
        self.response.headers["Retry-After"] = retry_after


class AnymailRecipientsRefused(Exception):
    """As anymail names it."""


def refused(code: int) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"ann@example.org": (code, b"ann@example.org says no")})


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (refused(550), Outcome(Verdict.FAILED, 550)),
        (refused(451), Outcome(Verdict.TRY_AGAIN, 451)),
        (refused(421), Outcome(Verdict.SERVER_TROUBLE, 421)),
        (smtplib.SMTPRecipientsRefused({}), Outcome(Verdict.FAILED, 550)),
        (smtplib.SMTPDataError(552, b"too large"), Outcome(Verdict.FAILED, 552)),
        (smtplib.SMTPDataError(450, b"greylisted"), Outcome(Verdict.TRY_AGAIN, 450)),
        (smtplib.SMTPSenderRefused(550, b"who?", "us@example.org"), Outcome(Verdict.SERVER_TROUBLE, 550)),
        (smtplib.SMTPAuthenticationError(535, b"no"), Outcome(Verdict.SERVER_TROUBLE, 535)),
        (smtplib.SMTPServerDisconnected("gone"), Outcome(Verdict.UNCERTAIN)),
        (TimeoutError(), Outcome(Verdict.UNCERTAIN)),
        (ConnectionResetError(), Outcome(Verdict.UNCERTAIN)),
        (ProviderError(400), Outcome(Verdict.FAILED, 400)),
        (ProviderError(401), Outcome(Verdict.SERVER_TROUBLE, 401)),
        (ProviderError(429), Outcome(Verdict.SERVER_TROUBLE, 429)),
        (ProviderError(500), Outcome(Verdict.UNCERTAIN, 500)),
        (ProviderError(503), Outcome(Verdict.SERVER_TROUBLE, 503)),
        (ProviderError(429, "90"), Outcome(Verdict.SERVER_TROUBLE, 429, timedelta(seconds=90))),
        (ProviderError(429, "soon"), Outcome(Verdict.SERVER_TROUBLE, 429)),
        (ProviderError(429, "9" * 40), Outcome(Verdict.SERVER_TROUBLE, 429, timedelta(days=1))),
        (ProviderError(429, "Sun, 01 Nov 2020 10:00:00 GMT"), Outcome(Verdict.SERVER_TROUBLE, 429, timedelta(0))),
        (requests.ConnectTimeout(), Outcome(Verdict.SERVER_TROUBLE)),
        (requests.ReadTimeout(), Outcome(Verdict.UNCERTAIN)),
        (AnymailRecipientsRefused(), Outcome(Verdict.FAILED)),
        (ValueError("bad header"), Outcome(Verdict.FAILED)),
        (UnicodeEncodeError("ascii", "ä", 0, 1, "no"), Outcome(Verdict.FAILED)),
        (RuntimeError("what?"), Outcome(Verdict.UNCERTAIN)),
    ],
)
def test_an_error_is_read(error: Exception, outcome: Outcome) -> None:
    assert read_error(error) == outcome


def test_a_line_that_cannot_be_opened_has_carried_nothing() -> None:
    assert read_opening_error(ConnectionRefusedError()) == Outcome(Verdict.SERVER_TROUBLE)
    assert read_opening_error(smtplib.SMTPConnectError(554, b"no")) == Outcome(Verdict.SERVER_TROUBLE, 554)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (None, "cannot be reached"),
        (429, "slow down"),
        (401, "does not let us in"),
        (421, "too busy"),
        (550, "does not take our mail. It answers 550."),
    ],
)
def test_trouble_is_told_in_words_of_ours(code: int | None, words: str) -> None:
    assert words in trouble_in_words(code)
