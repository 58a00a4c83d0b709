"""Who has a comment open, what they see of it that nobody else does, and what they have looked at."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from engagement.comments.models import ChecklistItem, ChecklistTick, PlaceComment, Reading
from engagement.comments.workflow import check_role
from portal.accounts.models import User
from portal.audit.record import record


@transaction.atomic
def open_comment(*, comment: PlaceComment, by: User, now: datetime) -> list[User]:
    """Say that somebody has a comment open, and give back the colleagues who have it open too.

    Where something in it is for staff alone, that they looked is written down.
    """
    check_role(by.has_perm)
    colleagues = still_open(comment=comment, by=by, now=now)
    if comment.has_more_for_staff:
        record(action="comments.look", by=by, subject=comment)
    return colleagues


@transaction.atomic
def still_open(*, comment: PlaceComment, by: User, now: datetime) -> list[User]:
    """The page is still there: who else has it open."""
    check_role(by.has_perm)
    # Whoever opens one sweeps out what nobody needs any more.
    Reading.objects.long_gone(now).delete()
    Reading.objects.update_or_create(comment=comment, reader=by, defaults={"seen_at": now})
    return [reading.reader for reading in comment.readings.just_now(now).by_others(by)]


@transaction.atomic
def shut_comment(*, comment: PlaceComment, by: User) -> None:
    """The page was left."""
    check_role(by.has_perm)
    comment.readings.filter(reader=by).delete()


@transaction.atomic
def tick(*, comment: PlaceComment, items: Iterable[ChecklistItem], by: User, now: datetime) -> PlaceComment:
    """Say which lines of the checklist were looked at; who ticked a line first stays with it."""
    check_role(by.has_perm)
    wanted = {item.pk for item in items}
    comment.ticks.exclude(item__in=wanted).delete()
    known = set(comment.ticks.values_list("item_id", flat=True))
    ChecklistTick.objects.bulk_create(
        ChecklistTick(comment=comment, item_id=item, ticked_at=now, ticked_by=by) for item in sorted(wanted - known)
    )
    record(action="comments.tick", by=by, subject=comment, lines=len(wanted))
    return comment
