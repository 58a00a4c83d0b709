"""Ways in which letters go over: as files, or one mail at a time over whatever back end there is.

A line carries a few letters at once and answers for each. Errors never leave it: what they mean is in the answers.
"""

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from anymail.exceptions import AnymailRecipientsRefused, AnymailUnsupportedFeature
from anymail.message import AnymailStatus

from newsletter.sending.merging import FrozenMail, Letter, Template
from portal.emails.backends import EmlFiles
from portal.emails.outcomes import Outcome, Verdict, read_error, read_opening_error
from portal.emails.sending import message_of


@dataclass(frozen=True)
class Answer:
    """What became of one letter: `outcome` is None where it was taken; `is_silenced` where the provider writes there no more."""

    outcome: Outcome | None = None
    provider_id: str = ""
    is_silenced: bool = False


TAKEN = Answer()


def metadata_of(letter: Letter) -> dict[str, str]:
    """What a provider keeps beside a mail and tells again with its news: which copy it is, by the number in its Message-ID."""
    return {"copy": letter.message_id.strip("<>")}


def answer_of(status: AnymailStatus, address: str) -> Answer:
    """What a provider said of one address, in anymail's words."""
    told = status.recipients.get(address)
    if told is None or told.status in {None, "unknown"}:
        return Answer(Outcome(Verdict.UNCERTAIN))
    name = str(told.message_id or "")
    if told.status in {"invalid", "failed"}:
        return Answer(Outcome(Verdict.FAILED), name)
    return Answer(None, name, is_silenced=told.status == "rejected")


class Line(ABC):
    """An open way to somewhere. Whoever opens it closes it."""

    at_once = 1

    def __init__(self, connection: Any, mail: FrozenMail) -> None:
        self.connection, self.mail = connection, mail

    def open(self) -> None:
        self.connection.open()

    def close(self) -> None:
        """However it goes: a line that is closed badly has done its work all the same."""
        with contextlib.suppress(Exception):
            self.connection.close()

    @abstractmethod
    def carry(self, letters: Sequence[Letter], following: Letter | None = None) -> list[Answer]:
        """Hand over at most `at_once` letters; an answer for each, in order.

        `following` is the one that very likely comes next; a line may get it ready, but does not send it.
        """


class OneByOne(Line):
    """Any back end of Django's or anymail's, one mail after the other over its open connection."""

    takes_metadata = True
    is_cut = False

    def carry(self, letters: Sequence[Letter], following: Letter | None = None) -> list[Answer]:
        return [self._carry(letter) for letter in letters]

    def _carry(self, letter: Letter) -> Answer:
        if self.is_cut and (trouble := self._mended()):
            return Answer(trouble)
        text, html = self.mail.words_for(letter)
        message: Any = message_of(
            to=letter.to, subject=self.mail.subject, text=text, html=html, headers=self.mail.headers_for(letter)
        )
        if self.takes_metadata:
            message.metadata = metadata_of(letter)
        try:
            self.connection.send_messages([message])
        except AnymailUnsupportedFeature:
            if not self.takes_metadata:
                return Answer(Outcome(Verdict.SERVER_TROUBLE))
            # Said while the request is put together, so nothing has gone; a provider that keeps no notes goes without.
            self.takes_metadata = False
            return self._carry(letter)
        except AnymailRecipientsRefused:
            return answer_of(message.anymail_status, letter.to)
        except Exception as error:
            outcome = read_error(error)
            self.is_cut = outcome.verdict == Verdict.UNCERTAIN
            return Answer(outcome)
        status = getattr(message, "anymail_status", None)
        return answer_of(status, letter.to) if status is not None else TAKEN

    def _mended(self) -> Outcome | None:
        """A line that was cut is opened afresh, so that the next letter does not fall into the same hole."""
        try:
            self.close()
            self.open()
        except Exception as error:
            return read_opening_error(error)
        self.is_cut = False
        return None


class Files(Line):
    """The folder of a development machine."""

    connection: EmlFiles

    def __init__(self, connection: EmlFiles, mail: FrozenMail) -> None:
        super().__init__(connection, mail)
        self.template = Template(mail)

    def carry(self, letters: Sequence[Letter], following: Letter | None = None) -> list[Answer]:
        for letter in letters:
            self.connection.write(self.template.merged(letter))
        return [TAKEN] * len(letters)
