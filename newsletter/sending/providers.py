"""Many letters in one call to a provider: the words once, with each reader's own beside them (anymail's batch sending)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from anymail.exceptions import AnymailRecipientsRefused

from newsletter.links import common_headers
from newsletter.rendering.edition import LEAVE_MARK, PREFERENCES_MARK, with_links
from newsletter.sending.lines import Answer, Line, answer_of, metadata_of
from newsletter.sending.merging import FrozenMail, Letter
from portal.emails.outcomes import Outcome, Verdict, read_error
from portal.emails.sending import message_of

# So many requests in a row that were refused as a whole are not about one address.
REFUSED_IN_A_ROW = 3


@dataclass(frozen=True, kw_only=True)
class Batches:
    """How one provider takes many at once: how many, how a place in the words is written, and what else it wants told."""

    at_once: int
    place: str
    # What opens something of the provider's own language, wherever it stands in the words of a batch.
    opens: tuple[str, ...] = ()
    keeps_message_id: bool = False
    # Whether a reader's own headers may take the place of those that all have in common, instead of joining them.
    own_headers_alone: bool = False
    extra: tuple[tuple[str, Any], ...] = ()


# Those whose places stand in the words of the request itself; every other provider gets one mail a call. The numbers are
# the providers' own limits for one call. Where a Message-ID of ours is not kept, copies are known by their metadata.
BATCHES: dict[str, Batches] = {
    "Mailgun": Batches(
        at_once=1000, place="%recipient.{}%", opens=("%recipient", "%unsubscribe", "%mailing_list", "%tag_")
    ),
    "SendGrid": Batches(
        at_once=1000,
        place="-{}-",
        opens=("-leave_link-", "-preferences_link-"),
        keeps_message_id=True,
        extra=(("merge_field_format", "-{}-"),),
    ),
    "SparkPost": Batches(at_once=1000, place="{{{{{}}}}}", opens=("{{",)),
    "Mailjet": Batches(
        at_once=50,
        place="[[var:{}]]",
        opens=("[[", "{{", "{%"),
        own_headers_alone=True,
        extra=(("Globals", {"TemplateLanguage": True}),),
    ),
    "Test": Batches(at_once=1000, place="[{}]", opens=("[leave_link", "[preferences_link"), keeps_message_id=True),
}
_LEAVE, _PREFERENCES = "leave_link", "preferences_link"


def takes_at_once(esp_name: str, mail: FrozenMail) -> bool:
    """Whether a provider may have this mail many at once: not where an editor's words would mean something to its templates."""
    batches = BATCHES.get(esp_name)
    words = f"{mail.subject}\n{mail.text}\n{mail.html}".lower()
    return batches is not None and not any(sign in words for sign in batches.opens)


class ManyAtOnce(Line):
    """A provider that takes many letters in one call."""

    def __init__(self, connection: Any, mail: FrozenMail) -> None:
        super().__init__(connection, mail)
        self.batches = BATCHES[connection.esp_name]
        self.at_once = self.batches.at_once
        places = {
            LEAVE_MARK: self.batches.place.format(_LEAVE),
            PREFERENCES_MARK: self.batches.place.format(_PREFERENCES),
        }
        self.text, self.html = with_links(mail.text, places), with_links(mail.html, places)
        self.refused = 0

    def carry(self, letters: Sequence[Letter], following: Letter | None = None) -> list[Answer]:
        """One call; where it is refused as a whole, which means that nothing went, halves of it, to find the address."""
        message = self._message(letters)
        try:
            self.connection.send_messages([message])
        except AnymailRecipientsRefused:
            pass
        except Exception as error:
            outcome = read_error(error)
            if outcome.verdict != Verdict.FAILED:
                return [Answer(outcome)] * len(letters)
            return self._refused(letters, outcome)
        self.refused = 0
        return [answer_of(message.anymail_status, letter.to) for letter in letters]

    def _refused(self, letters: Sequence[Letter], outcome: Outcome) -> list[Answer]:
        if len(letters) == 1:
            self.refused += 1
            return [Answer(outcome)]
        half = len(letters) // 2
        answers: list[Answer] = []
        for part in (letters[:half], letters[half:]):
            if self.refused >= REFUSED_IN_A_ROW or _is_stopped(answers):
                answers += [Answer(Outcome(Verdict.SERVER_TROUBLE, outcome.code))] * len(part)
            else:
                answers += self.carry(part)
        return answers

    def _message(self, letters: Sequence[Letter]) -> Any:
        message: Any = message_of(
            to="", subject=self.mail.subject, text=self.text, html=self.html, headers=common_headers()
        )
        message.to = [letter.to for letter in letters]
        message.merge_data = {one.to: {_LEAVE: one.leave_url, _PREFERENCES: one.preferences_url} for one in letters}
        message.merge_metadata = {one.to: metadata_of(one) for one in letters}
        message.merge_headers = {one.to: self._own_headers(one) for one in letters}
        if self.batches.extra:
            message.esp_extra = dict(self.batches.extra)
        return message

    def _own_headers(self, letter: Letter) -> dict[str, str]:
        in_common = common_headers() if self.batches.own_headers_alone else {}
        own = {**in_common, "List-Unsubscribe": f"<{letter.leave_url}>"}
        return {**own, "Message-ID": letter.message_id} if self.batches.keeps_message_id else own


def _is_stopped(answers: Sequence[Answer]) -> bool:
    return bool(answers) and answers[-1].outcome is not None and answers[-1].outcome.verdict == Verdict.SERVER_TROUBLE
