"""Takes out of a comment what nobody should read, before or after everybody can; what was sent stays for staff."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from engagement.comments.actions.keeping import keep
from engagement.comments.actions.moderating import decide
from engagement.comments.actions.overtaking import locked
from engagement.comments.models import Photo, PlaceComment, Redaction
from engagement.comments.words.redaction import is_made_of, redacted
from engagement.comments.workflow import READ, Status, check_role
from portal.accounts.models import User
from portal.audit.record import record
from portal.refusals import Refused
from portal.text import plain

LONGEST_NOTE = 500
LONGEST_WHERE = 300
OTHER_WORDS = (
    "A file has brought other words since. What was taken out is no part of them, so there is nothing to put back."
)


class _Shown(NamedTuple):
    """What everybody reads of a comment, or would."""

    words: str
    where_words: str
    is_photo_hidden: bool
    is_name_shown: bool


@transaction.atomic
def redact(
    *,
    comment: PlaceComment,
    words: str,
    where_words: str,
    by: User,
    is_name_hidden: bool = False,
    is_photo_hidden: bool = False,
    note: str = "",
    is_to_be_published: bool = False,
    seen: int | None = None,
    seen_redaction: int | None = None,
    now: datetime | None = None,
) -> Redaction:
    """Show of a comment only these of its words, in every output; with `is_to_be_published` they are on the site at once.

    Refused where a word is put in, where nothing would be left, or where nothing is taken out.
    """
    check_role(by.has_perm)
    now = now or timezone.now()
    comment = locked(comment, seen=seen, seen_redaction=seen_redaction)
    if comment.status in {Status.ERASED, Status.WITHDRAWN}:
        raise Refused("Nobody can read this comment any more.")
    photo = Photo.objects.filter(comment=comment).first()
    before = _shown_now(comment, photo)
    after = _Shown(
        words=redacted(comment.words_as_sent, words),
        where_words=redacted(comment.sent_where_words or comment.where_words, where_words),
        is_photo_hidden=photo is not None and is_photo_hidden,
        is_name_shown=comment.is_name_shown and not is_name_hidden,
    )
    if not after.words:
        raise Refused("Nothing would be left of it. Decline it instead.")
    if len(after.where_words) > LONGEST_WHERE:
        raise Refused("Take out all that they said of the place, or leave more of it.")
    if before == after:
        raise Refused("Nothing is taken out. Take something out, or leave it as it is.")
    made = _write(comment, before, note=note, by=by, at=now)
    _show(comment, photo, after)
    record(action="comments.redact", by=by, subject=comment, redaction=made.pk)
    if is_to_be_published and comment.status != Status.PUBLISHED:
        decide(comment=comment, change="publish", by=by, now=now)
    elif is_to_be_published and comment.is_unread:
        decide(comment=comment, change=READ, by=by, now=now)
    return made


@transaction.atomic
def undo_redaction(
    *, comment: PlaceComment, by: User, seen_redaction: int | None = None, now: datetime | None = None
) -> Redaction:
    """Show again what the last redaction took out; not while everybody can read it, nor when a file changed the words since."""
    check_role(by.has_perm)
    comment = locked(comment, seen=None, seen_redaction=seen_redaction)
    last = comment.redactions.of_the_comment().newest_first().first()
    if last is None or last.undoes_id:
        raise Refused("There is nothing to put back.")
    if comment.status == Status.PUBLISHED:
        raise Refused("Everybody would read at once what was taken out. Undo the publishing or hold the comment first.")
    if not is_made_of(comment.words_as_sent, last.words_before):
        raise Refused(OTHER_WORDS)
    photo = Photo.objects.filter(comment=comment).first()
    made = _write(comment, _shown_now(comment, photo), undoes=last, by=by, at=now or timezone.now())
    before = _Shown(last.words_before, last.where_words_before, last.was_photo_hidden, last.was_name_shown)
    _show(comment, photo, before)
    record(action="comments.undo_redaction", by=by, subject=comment, undid=last.pk)
    return made


def _shown_now(comment: PlaceComment, photo: Photo | None) -> _Shown:
    return _Shown(comment.words, comment.where_words, photo is not None and photo.is_hidden, comment.is_name_shown)


def _write(
    comment: PlaceComment, before: _Shown, *, by: User, at: datetime, note: str = "", undoes: Redaction | None = None
) -> Redaction:
    return Redaction.objects.create(
        comment=comment,
        words_before=before.words,
        where_words_before=before.where_words,
        was_photo_hidden=before.is_photo_hidden,
        was_name_shown=before.is_name_shown,
        note=plain(note, limit=LONGEST_NOTE),
        undoes=undoes,
        redacted_at=at,
        redacted_by=by,
    )


def _show(comment: PlaceComment, photo: Photo | None, shown: _Shown) -> None:
    """Let everybody read this, and staff alone what was sent, where the two differ."""
    sent, sent_where = comment.words_as_sent, comment.sent_where_words or comment.where_words
    comment.words, comment.sent_words = shown.words, sent if sent != shown.words else ""
    comment.where_words, comment.sent_where_words = (
        shown.where_words,
        sent_where if sent_where != shown.where_words else "",
    )
    comment.is_name_shown = shown.is_name_shown
    if photo is not None and photo.is_hidden != shown.is_photo_hidden:
        photo.is_hidden = shown.is_photo_hidden
        photo.save(update_fields=["is_hidden"])
    keep(comment)
