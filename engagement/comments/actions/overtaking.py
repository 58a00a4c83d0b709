"""Holds a comment still while something is decided about it, and tells whoever comes second who was first."""

from collections.abc import Iterable

from django.utils import timezone

from engagement.comments.models import PlaceComment
from engagement.comments.refusals import Overtaken


def locked(comment: PlaceComment, *, seen: int | None, seen_redaction: int | None = None) -> PlaceComment:
    """The comment as it is now, held against everybody else until this transaction ends.

    `seen` and `seen_redaction` are the ids of the newest decision and redaction that were on the screen, 0 for none;
    without them nothing is compared. Overtaken where a colleague was quicker.
    """
    current = PlaceComment.objects.select_for_update().select_related("consultation").get(pk=comment.pk)
    if seen is not None:
        last = current.decisions.select_related("decided_by").newest_first().first()
        if last is not None and last.pk != seen:
            raise Overtaken(who=last.who, did=last.did, at=timezone.localtime(last.decided_at))
    if seen_redaction is not None:
        newest = current.redactions.of_the_comment().select_related("redacted_by").newest_first().first()
        if newest is not None and newest.pk != seen_redaction:
            raise Overtaken(who=newest.who, did=newest.did, at=timezone.localtime(newest.redacted_at))
    return current


def locked_together(comments: Iterable[PlaceComment]) -> list[PlaceComment]:
    """These comments as they are now and in this order, all held with one query; nobody compares what was on a screen."""
    wanted = [comment.pk for comment in comments]
    held = PlaceComment.objects.select_for_update().select_related("consultation").order_by("pk").in_bulk(wanted)
    return [held[number] for number in wanted if number in held]
