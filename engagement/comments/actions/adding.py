"""What staff decide about words that an author added to a comment later."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from engagement.comments.actions.keeping import keep
from engagement.comments.hearing.telling import SECOND_THOUGHTS, tell
from engagement.comments.models import Addition, PlaceComment, Redaction
from engagement.comments.words.redaction import redacted
from engagement.comments.workflow import Status, check_role
from portal.accounts.models import User
from portal.audit.record import record
from portal.refusals import Refused


@transaction.atomic
def decide_addition(
    *, addition: Addition, is_published: bool, by: User, words: str | None = None, now: datetime | None = None
) -> Addition:
    """Show words that were added later, or do not; `words` are those of them that may be read, where not all may."""
    check_role(by.has_perm)
    now = now or timezone.now()
    comment = PlaceComment.objects.select_for_update().get(pk=addition.comment_id)
    addition = Addition.objects.select_for_update(of=("self",)).select_related("decided_by").get(pk=addition.pk)
    if addition.status != Addition.Status.WAITING:
        who = addition.decided_by.display_name if addition.decided_by else "Somebody"
        raise Refused(f"{who} has decided about these words already.")
    if is_published and comment.status != Status.PUBLISHED:
        raise Refused("Publish the comment first: these words stand under it.")
    if is_published and words is not None:
        _take_out(addition, words, by=by, at=now)
    addition.status = Addition.Status.PUBLISHED if is_published else Addition.Status.DECLINED
    addition.decided_at, addition.decided_by = now, by
    addition.save()
    keep(comment)
    what = "publish_addition" if is_published else "decline_addition"
    record(action=f"comments.{what}", by=by, subject=comment, addition=addition.pk)
    if is_published:
        tell(comments=[comment], kind="added_words", about=addition.pk, only_author=True, after=SECOND_THOUGHTS)
    return addition


@transaction.atomic
def put_addition_back(*, addition: Addition, by: User) -> Addition:
    """Undo a decision about words that were added later: they wait again, whole."""
    check_role(by.has_perm)
    comment = PlaceComment.objects.select_for_update().get(pk=addition.comment_id)
    addition = Addition.objects.select_for_update().get(pk=addition.pk)
    if addition.status == Addition.Status.WAITING:
        raise Refused("There is no decision to undo.")
    first = addition.redactions.order_by("pk").first()
    if first is not None:
        addition.words = first.words_before
    addition.status, addition.decided_at, addition.decided_by = Addition.Status.WAITING, None, None
    addition.save()
    keep(comment)
    record(action="comments.put_addition_back", by=by, subject=comment, addition=addition.pk)
    return addition


def _take_out(addition: Addition, words: str, *, by: User, at: datetime) -> None:
    shown = redacted(addition.words, words)
    if not shown:
        raise Refused("Nothing would be left of it. Decline it instead.")
    if shown != addition.words:
        Redaction.objects.create(
            comment_id=addition.comment_id,
            addition=addition,
            words_before=addition.words,
            redacted_at=at,
            redacted_by=by,
        )
        addition.words = shown
