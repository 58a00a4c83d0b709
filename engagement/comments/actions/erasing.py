"""Erases a comment because its time is over, by the period that the partnership settled."""

from datetime import datetime

from django.db import transaction

from engagement.comments.actions.keeping import keep
from engagement.comments.actions.moderating import blank
from engagement.comments.actions.overtaking import locked
from engagement.comments.models import ModerationDecision, PlaceComment
from engagement.comments.workflow import Status
from portal.audit.record import record


@transaction.atomic
def erase_in_time(*, comment: PlaceComment, now: datetime) -> PlaceComment:
    """Take out all that the author said; what stays is that there was a comment and what was decided."""
    comment = locked(comment, seen=None)
    was = comment.status
    ModerationDecision.objects.create(comment=comment, from_status=was, to_status=Status.ERASED, decided_at=now)
    comment.status, comment.is_unread = Status.ERASED, False
    blank(comment)
    keep(comment)
    record(action="comments.erase_in_time", by=None, subject=comment, was=was)
    return comment
