"""Answers comments: the team writes back in public."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from engagement.comments.actions.keeping import show_anew
from engagement.comments.hearing.telling import tell
from engagement.comments.models import PlaceComment, Response
from engagement.comments.workflow import Status, check_role
from portal.accounts.models import User
from portal.audit.record import record
from portal.refusals import Refused
from portal.text import plain

LONGEST_ANSWER = 3000


@transaction.atomic
def respond(*, comment: PlaceComment, words: str, by: User, now: datetime | None = None) -> Response:
    """Write back in public under a published comment."""
    check_role(by.has_perm)
    words = plain(words, limit=LONGEST_ANSWER)
    if not words:
        raise Refused("Write an answer first.")
    current = PlaceComment.objects.select_for_update().get(pk=comment.pk)
    if current.status != Status.PUBLISHED:
        raise Refused("Publish the comment first: an answer stands under it in public.")
    response = Response.objects.create(
        comment=current, words=words, responded_at=now or timezone.now(), responded_by=by
    )
    show_anew(current.consultation_id)
    record(action="comments.respond", by=by, subject=current, response=response.pk)
    tell(comments=[current], kind="answered", about=response.pk)
    return response
