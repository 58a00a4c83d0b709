"""What the desk shows of one comment beside its words: what may be done, what was seen, and who else has it open."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from engagement.comments.models import HelpConsent, ModerationDecision, Photo, PlaceComment, Redaction
from engagement.comments.words.redaction import is_made_of
from engagement.comments.words.screening import personal_marks, without_marks
from engagement.comments.workflow import QUICK, Change, Status, allowed
from portal.accounts.models import User


@dataclass(frozen=True)
class DeskRow:
    """One comment on the desk; fetched with `with_desk_row`, it asks nothing more of the database."""

    comment: PlaceComment
    choices: list[Change]
    last: ModerationDecision | None
    last_redaction: Redaction | None
    draft: str
    draft_where: str
    colleagues: list[User]
    then: str = ""

    @property
    def seen(self) -> int:
        return self.last.pk if self.last else 0

    @property
    def seen_redaction(self) -> int:
        return self.last_redaction.pk if self.last_redaction else 0

    @property
    def can_be_redacted(self) -> bool:
        return self.comment.status not in {Status.WITHDRAWN, Status.ERASED}

    @property
    def can_undo_redaction(self) -> bool:
        last = self.last_redaction
        if last is None or last.undoes_id or self.comment.status == Status.PUBLISHED:
            return False
        return is_made_of(self.comment.words_as_sent, last.words_before)

    @property
    def can_undo(self) -> bool:
        """A person decided last, and it was no undo."""
        last = self.last
        return bool(last and last.decided_by_id and not last.undoes_id) and self.comment.status != Status.ERASED

    @property
    def can_be_published_with_it(self) -> bool:
        """Whether taking something out can settle it at once."""
        return self.comment.status in {Status.WAITING, Status.HELD, Status.DECLINED} or self.comment.is_unread

    @property
    def photo(self) -> Photo | None:
        return getattr(self.comment, "photo", None)

    @property
    def help_consent(self) -> HelpConsent | None:
        return getattr(self.comment, "help_consent", None)

    @property
    def is_marked(self) -> bool:
        """The rules of the site found something private in what everybody would read."""
        return (self.draft, self.draft_where) != (self.comment.words, self.comment.where_words)

    @property
    def is_cry_for_help(self) -> bool:
        settled = {Status.ERASED, Status.DECLINED}
        return self.comment.risk == PlaceComment.Risk.HELP and self.comment.status not in settled

    @property
    def is_with_helpers(self) -> bool:
        """The people who help have it, and nothing but a decision is left to do here."""
        return self.help_consent is not None and self.help_consent.passed_on_at is not None

    @property
    def can_be_kept_private(self) -> bool:
        """Nobody waits any more for this cry for help to be passed on."""
        return (
            self.is_cry_for_help
            and self.comment.status != Status.WITHDRAWN
            and (self.help_consent is None or self.is_with_helpers)
        )


NOT_IN_PASSING = {"publish"}


def row_of(
    comment: PlaceComment, *, by: User, names: Iterable[str] = QUICK, is_in_full: bool = False, then: str = ""
) -> DeskRow:
    """One comment as this person may work with it; the draft of a redaction has out what the rules found."""
    wanted = set(names)
    if comment.risk == PlaceComment.Risk.HELP and comment.status == Status.HELD and not is_in_full:
        # One key is too quick for this: it is published on its own page, beside the way to pass it on.
        wanted -= NOT_IN_PASSING
    changes = allowed(comment.status, may=by.has_perm, is_unread=comment.is_unread)
    redactions = [one for one in comment.redactions.all() if one.addition_id is None]
    return DeskRow(
        comment=comment,
        choices=[change for change in changes if change.name in wanted],
        last=comment.last_decision,
        last_redaction=max(redactions, key=lambda one: one.pk, default=None),
        draft=without_marks(comment.words) if personal_marks(comment.words) else comment.words,
        draft_where=without_marks(comment.where_words) if personal_marks(comment.where_words) else comment.where_words,
        colleagues=[reading.reader for reading in comment.open_just_now if reading.reader_id != by.pk],
        then=then,
    )


def rows_of(comments: list[PlaceComment], *, by: User) -> list[DeskRow]:
    """Rows in order, each knowing which comes next."""
    return [
        row_of(comment, by=by, then=following.reference if following else "")
        for comment, following in zip_longest(comments, comments[1:])
    ]
