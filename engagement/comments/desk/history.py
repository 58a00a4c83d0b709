"""What happened to one comment, in order: sent, decided, taken out, added to, pinned, looked at, answered, acted on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from engagement.comments.models import PlaceComment
from engagement.comments.words.redaction import Piece, pieces_of
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.refusals import Refused

# Told by the audit alone: the comment itself keeps only what stands today.
TOLD_BY_AUDIT = {
    "comments.place_pin": "put the pin",
    "comments.link_action": "linked an action",
    "comments.look": "looked at what was sent",
    "comments.tick": "went through the checklist",
    "comments.hand_over": "passed it to the people who help",
    "comments.author_hide_name": "hid the name",
    "comments.publish_addition": "published words added later",
    "comments.decline_addition": "declined words added later",
    "comments.put_addition_back": "put words added later back",
}


PINNED = TOLD_BY_AUDIT["comments.place_pin"]


@dataclass(frozen=True)
class Line:
    """One thing that happened: when, who did it, what, and why where somebody said; with the words, where they changed."""

    at: datetime
    who: str
    did: str
    why: str = ""
    told: str = ""
    pieces: tuple[Piece, ...] = ()


def history_of(comment: PlaceComment) -> list[Line]:
    """Everything that happened to a comment, oldest first."""
    return sorted((*_own(comment), *_redactions(comment), *_audited(comment)), key=lambda line: line.at)


def put_by(history: list[Line]) -> str:
    """Who of the staff put the pin where it stands; nothing where its author did."""
    return next((line.who for line in reversed(history) if line.did == PINNED), "")


def _own(comment: PlaceComment) -> Iterator[Line]:
    sender = comment.sent_by.display_name if comment.sent_by else comment.get_source_display()
    yield Line(comment.sent_at, sender[:1].upper() + sender[1:], "sent")
    for one in comment.decisions.all():
        yield Line(one.decided_at, one.who, one.did, one.why, told=one.told)
    for answer in comment.responses.select_related("responded_by"):
        yield Line(
            answer.responded_at, answer.responded_by.display_name if answer.responded_by else "Staff", "answered"
        )
    for addition in comment.additions.all():
        yield Line(addition.added_at, "The author", "added words", addition.words)


def _redactions(comment: PlaceComment) -> Iterator[Line]:
    """Each with what it took out; what it left is what the next one started from, or what is shown now."""
    own = list(comment.redactions.of_the_comment().select_related("redacted_by").order_by("pk"))
    left = [*(later.words_before for later in own[1:]), comment.words] if own else []
    for one, after in zip(own, left, strict=True):
        # What was put back is told by its name.
        pieces = () if one.undoes_id else _cut(one.words_before, after)
        yield Line(one.redacted_at, one.who, one.did, one.note, pieces=pieces)


def _cut(before: str, after: str) -> tuple[Piece, ...]:
    try:
        return tuple(pieces_of(before, after))
    except Refused:
        # A later redaction may leave more than an earlier one did.
        return (Piece(after, False),)


def _audited(comment: PlaceComment) -> Iterator[Line]:
    events = list(AuditEvent.objects.about(comment).filter(action__in=TOLD_BY_AUDIT))
    names = {
        str(person.pk): person.display_name
        for person in User.objects.filter(pk__in={e.done_by for e in events if e.done_by})
    }
    for event in events:
        nobody = "The author" if event.action.startswith("comments.author_") else "Staff"
        yield Line(event.done_at, names.get(event.done_by, nobody), TOLD_BY_AUDIT[event.action])
