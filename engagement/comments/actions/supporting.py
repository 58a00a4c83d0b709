"""Agreeing with a comment by one press and no account, and taking that back."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from engagement.comments.leaving.browsers import browser_hash
from engagement.comments.models import PlaceComment, Support
from engagement.comments.workflow import Status
from portal.refusals import Refused

NOT_SHOWN = "This comment is not on the site any more."


@transaction.atomic
def support(*, comment: PlaceComment, browser: str, now: datetime | None = None) -> PlaceComment:
    """Somebody at this browser agrees with a published comment; pressing twice counts once. The comment as it is now.

    `browser` is the number that the browser carries; see `browsers`.
    """
    current = PlaceComment.objects.select_for_update().get(pk=comment.pk)
    if current.status != Status.PUBLISHED:
        raise Refused(NOT_SHOWN)
    _, is_new = Support.objects.get_or_create(
        comment=current,
        browser_hash=browser_hash(browser, current.pk),
        defaults={"supported_at": now or timezone.now()},
    )
    if is_new:
        _count(current, 1)
    return current


@transaction.atomic
def take_back(*, comment: PlaceComment, browser: str) -> PlaceComment:
    """Whoever agreed at this browser does so no longer; doing it twice changes nothing. The comment as it is now."""
    current = PlaceComment.objects.select_for_update().get(pk=comment.pk)
    gone, _ = Support.objects.filter(comment=current, browser_hash=browser_hash(browser, current.pk)).delete()
    if gone:
        _count(current, -1)
    return current


def _count(comment: PlaceComment, change: int) -> None:
    """Change this one number, which no kept answer shows, without `keep`: else every press would make all of them old."""
    PlaceComment.objects.filter(pk=comment.pk, support_count__gte=-change).update(
        support_count=F("support_count") + change
    )
    comment.refresh_from_db(fields=["support_count"])
