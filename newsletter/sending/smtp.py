"""One open line to a mail server, as Django opens it; what goes over is the template with the reader's own put in.

The talk is that of smtplib's `sendmail`, but that dots are doubled once and for all, and that it is known how far a letter
came: before the letter itself went over, nothing can have gone.
"""

import contextlib
import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.mail.message import sanitize_address

from newsletter.sending.lines import TAKEN, Answer, Line
from newsletter.sending.merging import FrozenMail, Letter, Template
from portal.emails.outcomes import Outcome, Verdict, read_error

DOT = b".\r\n"


class Smtp(Line):
    """A line kept open for as long as the server keeps it; where it hangs up between two letters, a new one is opened."""

    connection: SmtpBackend

    def __init__(self, connection: SmtpBackend, mail: FrozenMail) -> None:
        super().__init__(connection, mail)
        self.template = Template(mail)
        self.sender = smtplib.quoteaddr(sanitize_address(settings.DEFAULT_FROM_EMAIL, "utf-8"))

    def carry(self, letters: Sequence[Letter]) -> list[Answer]:
        return [self._carry(letter) for letter in letters]

    def _carry(self, letter: Letter) -> Answer:
        try:
            body = self.template.stuffed(letter)
        except ValueError as error:
            return Answer(read_error(error))
        if (trouble := self._announced(letter, len(body))) is not None:
            return Answer(trouble)
        try:
            return self._hand_over(body)
        except Exception as error:
            return Answer(read_error(error))

    def _announced(self, letter: Letter, size: int) -> Outcome | None:
        """Say from whom and to whom; where the server hung up, as many do after some letters, once more on a new line."""
        try:
            try:
                self._announce(letter, size)
            except Exception as error:
                if not _is_cut(error):
                    raise
                self.close()
                self.open()
                self._announce(letter, size)
        except Exception as error:
            return _not_gone(error)
        return None

    def _announce(self, letter: Letter, size: int) -> None:
        smtp = self._talk()
        smtp.ehlo_or_helo_if_needed()
        option = f" size={size}" if smtp.has_extn("size") else ""
        code, words = smtp.docmd("MAIL", f"FROM:{self.sender}{option}")
        if code != 250:
            self._begin_anew(code)
            raise smtplib.SMTPSenderRefused(code, words, self.sender)
        code, words = smtp.docmd("RCPT", f"TO:<{letter.to}>")
        if code not in {250, 251}:
            self._begin_anew(code)
            raise smtplib.SMTPRecipientsRefused({letter.to: (code, words)})
        code, words = smtp.docmd("DATA")
        if code != 354:
            self._begin_anew(code)
            raise smtplib.SMTPDataError(code, words)

    def _hand_over(self, body: bytes) -> Answer:
        smtp = self._talk()
        smtp.send(body + DOT if body.endswith(b"\r\n") else body + b"\r\n" + DOT)
        code, words = smtp.getreply()
        if code == 250:
            return TAKEN
        self._begin_anew(code)
        raise smtplib.SMTPDataError(code, words)

    def _talk(self) -> smtplib.SMTP:
        smtp = self.connection.connection
        if smtp is None:
            raise smtplib.SMTPServerDisconnected("The line is not open.")
        return smtp

    def _begin_anew(self, code: int) -> None:
        """After a refusal the next letter starts from nothing; 421 says that the server hangs up."""
        smtp = self._talk()
        with contextlib.suppress(smtplib.SMTPException, OSError):
            if code == 421:
                smtp.close()
            else:
                smtp.rset()


def _is_cut(error: Exception) -> bool:
    """Whether the line itself broke; what a server answers is an OSError to smtplib as well."""
    is_answer = isinstance(error, smtplib.SMTPException) and not isinstance(error, smtplib.SMTPServerDisconnected)
    return isinstance(error, OSError) and not is_answer


def _not_gone(error: Exception) -> Outcome:
    """An error before the letter itself went over: what nobody answered has not gone."""
    outcome = read_error(error)
    return Outcome(Verdict.SERVER_TROUBLE, outcome.code) if outcome.verdict == Verdict.UNCERTAIN else outcome
