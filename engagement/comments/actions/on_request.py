"""What is done with a comment because its author asked, by a request that is written down: erased, or not used for a while."""

from datetime import datetime
from typing import Any

from django.db import transaction

from engagement.comments.actions.keeping import keep
from engagement.comments.actions.moderating import blank
from engagement.comments.actions.overtaking import locked
from engagement.comments.models import WORDS_OF_COMMENTS, ModerationDecision, PlaceComment
from engagement.comments.workflow import CHANGES, MODERATE, Status
from portal.accounts.models import User
from portal.audit.record import record
from portal.fulltext import wipe
from portal.privacy.holds import need_not_held
from portal.privacy.people import HANDLE, HANDLE_EVERYDAY
from portal.refusals import Refused

NOTE = "By a request that is written down"


@transaction.atomic
def erase_for_author(*, comment: PlaceComment, by: User, now: datetime) -> PlaceComment:
    """Taken back and erased in one go, wherever it stands; what stays is that there was a comment."""
    comment = _asked_about(comment, by)
    need_not_held(comment)
    _take_back(comment, by, now)
    _step(comment, Status.ERASED, by, now)
    blank(comment)
    keep(comment)
    wipe(*WORDS_OF_COMMENTS)
    record(action="comments.erase_for_author", by=by, subject=comment)
    return comment


@transaction.atomic
def take_out_of_use(*, comment: PlaceComment, by: User, now: datetime) -> PlaceComment:
    """Nobody reads it while something about it is looked into; all of it stays."""
    comment = _asked_about(comment, by)
    _take_back(comment, by, now)
    keep(comment)
    record(action="comments.take_out_of_use", by=by, subject=comment)
    return comment


@transaction.atomic
def put_into_use(*, comment: PlaceComment, by: User, now: datetime) -> PlaceComment:
    """It stands again where it stood before it was taken out of use; nothing where something was decided since."""
    comment = _asked_about(comment, by)
    last = comment.decisions.newest_first().first()
    if last is None or last.to_status != Status.WITHDRAWN or last.note != NOTE or last.undoes_id:
        return comment
    _step(comment, last.from_status, by, now, undoes=last)
    keep(comment)
    record(action="comments.put_into_use", by=by, subject=comment)
    return comment


def _asked_about(comment: PlaceComment, by: User) -> PlaceComment:
    if not any(by.has_perm(name) for name in (HANDLE, HANDLE_EVERYDAY, MODERATE)):
        raise Refused("Your role does not look after comments.")
    comment = locked(comment, seen=None)
    if comment.status == Status.ERASED:
        raise Refused("This comment is erased already.")
    return comment


def _take_back(comment: PlaceComment, by: User, now: datetime) -> None:
    if comment.status in CHANGES["withdraw"].starts:
        _step(comment, Status.WITHDRAWN, by, now)


def _step(comment: PlaceComment, to: str, by: User, now: datetime, **more: Any) -> None:
    ModerationDecision.objects.create(
        comment=comment,
        from_status=comment.status,
        to_status=to,
        reason="" if more else "asked",
        note="" if more else NOTE,
        decided_at=now,
        decided_by=by,
        **more,
    )
    comment.status, comment.is_unread = to, False
