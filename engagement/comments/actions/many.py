"""Decides about many comments with one press and one reason, and takes all of it back with another."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from engagement.comments.actions.keeping import together
from engagement.comments.actions.moderating import decide_held, undo_held
from engagement.comments.actions.overtaking import locked_together
from engagement.comments.models import ModerationDecision, PlaceComment
from engagement.comments.workflow import CHANGES, READ, Status, check_reason, check_role
from portal.accounts.models import User
from portal.refusals import Refused

IN_BULK = ("publish", "decline", "hold")


class Many(NamedTuple):
    """What was done, and what was left as it is: held or settled by somebody meanwhile."""

    done: list[PlaceComment]
    left: list[PlaceComment]
    batch: UUID


@transaction.atomic
@together()
def decide_many(
    *,
    comments: Iterable[PlaceComment],
    change: str,
    by: User,
    reason: str = "",
    note: str = "",
    told: str = "",
    now: datetime | None = None,
) -> Many:
    """Make one change of all that it fits; all or none of them. They are held with one query, and counted once.

    What is held is never published in bulk: somebody reads it by itself. Of what was shown at once, publishing means
    that it stays.
    """
    check_role(by.has_perm)
    if change not in IN_BULK:
        raise Refused("There is no such change.")
    check_reason(CHANGES[change], reason=reason, note=note)
    batch, now = uuid4(), now or timezone.now()
    made = Many([], [], batch)
    for current in locked_together(comments):
        name = READ if change == "publish" and current.is_unread else change
        if current.status not in CHANGES[name].starts or (change == "publish" and current.status == Status.HELD):
            made.left.append(current)
            continue
        decide_held(comment=current, change=name, by=by, reason=reason, note=note, told=told, batch=batch, now=now)
        made.done.append(current)
    return made


@transaction.atomic
@together()
def undo_many(*, batch: UUID, by: User, now: datetime | None = None) -> Many:
    """Take back what one press decided; what somebody has decided anew since stays as they left it."""
    check_role(by.has_perm)
    decisions = ModerationDecision.objects.of_batch(batch, by=by)
    if not decisions:
        raise Refused("There is no decision to undo.")
    made = Many([], [], batch)
    held = locked_together(decision.comment for decision in decisions)
    for decision, current in zip(decisions, held, strict=True):
        if current.decisions.newest_first().first() != decision:
            made.left.append(current)
            continue
        undo_held(comment=current, by=by, now=now)
        made.done.append(current)
    if not made.done:
        raise Refused("Every one of them was decided anew since. Nothing was changed.")
    return made
