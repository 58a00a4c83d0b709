"""One open line to a mail server, as Django opens it; what goes over is the template with the reader's own put in.

The talk is that of smtplib's `sendmail`, but that dots are doubled once and for all, and that it is known how far a letter
came: before the letter itself went over, nothing can have gone. Where the server takes commands in groups (RFC 2920), the next
letter of a batch is announced in one breath with the letter before it: one wait for each instead of four.
"""

import contextlib
import smtplib
from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.mail.message import sanitize_address

from newsletter.sending.lines import TAKEN, Answer, Line
from newsletter.sending.merging import FrozenMail, Letter, Template
from portal.emails.outcomes import Outcome, Verdict, read_error

END, DOT = b"\r\n", b".\r\n"
GO_ON, HANGS_UP = 354, 421


class _Ahead(NamedTuple):
    """A letter that is announced, while the server's answers to that are still to be read; and its bytes."""

    letter: Letter
    body: bytes


class Smtp(Line):
    """A line kept open for as long as the server keeps it; where it hangs up between two letters, a new one is opened."""

    connection: SmtpBackend

    def __init__(self, connection: SmtpBackend, mail: FrozenMail) -> None:
        super().__init__(connection, mail)
        self.template = Template(mail)
        self.sender = smtplib.quoteaddr(sanitize_address(settings.DEFAULT_FROM_EMAIL, "utf-8"))
        self.ahead: _Ahead | None = None

    def close(self) -> None:
        """A letter that was announced and does not go now is not to end by mistake, so the line breaks off in its middle."""
        if self.ahead is not None and self.connection.connection is not None:
            self.connection.connection.close()
        self.ahead = None
        super().close()

    def carry(self, letters: Sequence[Letter], following: Letter | None = None) -> list[Answer]:
        after = [*letters[1:], following]
        return [self._carry(letter, then) for letter, then in zip(letters, after, strict=True)]

    def _carry(self, letter: Letter, following: Letter | None) -> Answer:
        if self.ahead is not None and self.ahead.letter != letter:
            self.close()
        try:
            body = self.ahead.body if self.ahead is not None else self.template.stuffed(letter)
        except ValueError as error:
            return Answer(read_error(error))
        if (trouble := self._announced(letter, body)) is not None:
            return Answer(trouble)
        try:
            return self._hand_over(body, following)
        except Exception as error:
            return Answer(read_error(error))

    def _announced(self, letter: Letter, body: bytes) -> Outcome | None:
        """Say from whom and to whom; where the server hung up, as many do after some letters, once more on a new line."""
        try:
            try:
                self._announce(letter, body)
            except Exception as error:
                if not _is_cut(error):
                    raise
                self.close()
                self.open()
                self._announce(letter, body)
        except Exception as error:
            return _not_gone(error)
        return None

    def _announce(self, letter: Letter, body: bytes) -> None:
        """Every answer to a group is read, whatever the first of them says (RFC 2920, 3.1)."""
        is_said, self.ahead = self.ahead is not None, None
        smtp = self._talk()
        smtp.ehlo_or_helo_if_needed()
        in_a_group, commands = self._takes_groups(), self._commands(letter, body)
        if in_a_group and not is_said:
            smtp.send(b"".join(commands))
        told, refusal = list[tuple[int, bytes]](), None
        for command in commands:
            if not in_a_group:
                smtp.send(command)
            try:
                told.append(smtp.getreply())
            except smtplib.SMTPServerDisconnected:
                if refusal is None:
                    raise
                break
            refusal = refusal or self._refusal(letter, told)
            if refusal and (not in_a_group or told[-1][0] == HANGS_UP):
                break
        if refusal:
            self._begin_anew(told[-1][0], is_unaddressed=isinstance(refusal, smtplib.SMTPRecipientsRefused))
            raise refusal

    def _commands(self, letter: Letter, body: bytes) -> tuple[bytes, bytes, bytes]:
        option = f" size={len(body)}" if self._talk().has_extn("size") else ""
        return f"MAIL FROM:{self.sender}{option}\r\n".encode(), f"RCPT TO:<{letter.to}>\r\n".encode(), b"DATA\r\n"

    def _refusal(self, letter: Letter, told: Sequence[tuple[int, bytes]]) -> smtplib.SMTPException | None:
        """What the last of the answers to "from", "to" and "data" refuses, if anything."""
        code, words = told[-1]
        if len(told) == 1:
            return smtplib.SMTPSenderRefused(code, words, self.sender) if code != 250 else None
        if len(told) == 2:
            return smtplib.SMTPRecipientsRefused({letter.to: (code, words)}) if code not in {250, 251} else None
        return smtplib.SMTPDataError(code, words) if code != GO_ON else None

    def _hand_over(self, body: bytes, following: Letter | None) -> Answer:
        smtp = self._talk()
        ahead = self._ahead(following)
        announcement = self._commands(*ahead) if ahead else ()
        smtp.send(b"".join((body, b"" if body.endswith(END) else END, DOT, *announcement)))
        code, words = smtp.getreply()
        self.ahead = ahead
        if code == 250:
            return TAKEN
        if ahead is None or code == HANGS_UP:
            self.ahead = None
            self._begin_anew(code)
        raise smtplib.SMTPDataError(code, words)

    def _ahead(self, letter: Letter | None) -> _Ahead | None:
        """The next letter, where it can be announced with this one; what is wrong with it is said when its turn comes."""
        if letter is None or not self._takes_groups():
            return None
        try:
            return _Ahead(letter, self.template.stuffed(letter))
        except ValueError:
            return None

    def _takes_groups(self) -> bool:
        return self._talk().has_extn("pipelining")

    def _talk(self) -> smtplib.SMTP:
        smtp = self.connection.connection
        if smtp is None:
            raise smtplib.SMTPServerDisconnected("The line is not open.")
        return smtp

    def _begin_anew(self, code: int, *, is_unaddressed: bool = False) -> None:
        """After a refusal the next letter starts from nothing; 421 says that the server hangs up.

        One that wants to hear a letter to nobody all the same, in a group, is told an empty one (RFC 2920, 3.1).
        """
        smtp = self._talk()
        with contextlib.suppress(smtplib.SMTPException, OSError):
            if code == GO_ON and is_unaddressed:
                smtp.send(DOT)
                smtp.getreply()
            if code == HANGS_UP or (code == GO_ON and not is_unaddressed):
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
