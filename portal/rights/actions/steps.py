"""A step of a request: locked, checked, written into its own history and into the audit trail at once."""

from datetime import datetime

from portal.accounts.models import User
from portal.audit.record import Detail, record
from portal.rights.models import RequestStep, SubjectRequest
from portal.rights.models.requests import LONGEST_WORDS
from portal.rights.people import need_handler
from portal.text import plain


def held_by_us(request: SubjectRequest, by: User) -> SubjectRequest:
    """The request as it is now, held until the caller's transaction ends; Refused for whoever does not answer it."""
    need_handler(request, by)
    return SubjectRequest.objects.select_for_update().get(pk=request.pk)


def write_step(
    request: SubjectRequest, what: str, *, action: str, by: User, now: datetime, words: str = "", **detail: Detail
) -> RequestStep:
    """Append what was done, inside the caller's transaction."""
    step = RequestStep.objects.create(
        request=request, what=what, words=plain(words, limit=LONGEST_WORDS), done_at=now, done_by=by
    )
    record(action=f"rights.{action}", by=by, subject=request, **detail)
    return step
