"""What staff decide about a comment: publish, keep, decline, hold, take back, erase, undo, and where its pin goes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from engagement.comments.actions.keeping import keep
from engagement.comments.actions.overtaking import locked
from engagement.comments.actions.photos import forget
from engagement.comments.hearing.telling import SECOND_THOUGHTS, tell
from engagement.comments.map.inside import GREAT_BRITAIN, is_inside, swapped
from engagement.comments.models import (
    WORDS_OF_COMMENTS,
    Consultation,
    HelpConsent,
    ModerationDecision,
    Photo,
    PlaceComment,
    Verdict,
)
from engagement.comments.workflow import Status, check, check_role, check_undo
from portal.accounts.models import User
from portal.audit.record import record
from portal.fulltext import wipe
from portal.geo.coordinates import Point, is_on_earth
from portal.geo.models import NamedPlace
from portal.privacy.holds import need_not_held
from portal.refusals import Refused
from portal.text import plain

LONGEST_NOTE = 500
LONGEST_TOLD = 3000


@transaction.atomic
def decide(
    *,
    comment: PlaceComment,
    change: str,
    by: User,
    reason: str = "",
    note: str = "",
    told: str = "",
    seen: int | None = None,
    batch: UUID | None = None,
    now: datetime | None = None,
) -> ModerationDecision:
    """Make one of the changes of the workflow's table and append it to the history; its `comment` stands as it is now.

    `told` goes to an author whose comment is declined, besides the reason. `seen` is the id of the newest decision that
    was on the screen, 0 for none. Where another was made since, Overtaken says by whom and when, and nothing changes;
    without `seen` only the state itself is checked. Decisions of one press share their `batch`.
    """
    comment = locked(comment, seen=seen)
    return decide_held(comment=comment, change=change, by=by, reason=reason, note=note, told=told, batch=batch, now=now)


def decide_held(
    *,
    comment: PlaceComment,
    change: str,
    by: User,
    reason: str = "",
    note: str = "",
    told: str = "",
    batch: UUID | None = None,
    now: datetime | None = None,
) -> ModerationDecision:
    """The same for a comment that the caller's transaction holds already, as it is now."""
    now = now or timezone.now()
    step = check(change, status=comment.status, may=by.has_perm, reason=reason, note=note, is_unread=comment.is_unread)
    if step.ends == Status.ERASED:
        need_not_held(comment)
    decision = ModerationDecision.objects.create(
        comment=comment,
        from_status=comment.status,
        to_status=step.ends,
        reason=reason if step.reasons else "",
        note=plain(note, limit=LONGEST_NOTE),
        told=plain(told, limit=LONGEST_TOLD) if step.ends == Status.DECLINED else "",
        batch=batch,
        decided_at=now,
        decided_by=by,
    )
    is_new = step.ends == Status.PUBLISHED and comment.published_at is None
    comment.status, comment.is_unread = step.ends, False
    if is_new:
        comment.published_at = now
    if step.ends == Status.ERASED:
        blank(comment)
    keep(comment)
    if step.ends == Status.ERASED:
        wipe(*WORDS_OF_COMMENTS)
    record(action=f"comments.{change}", by=by, subject=comment, reason=decision.reason, was=decision.from_status)
    if is_new:
        tell(comments=[comment], kind="published", about=decision.pk, only_author=True, after=SECOND_THOUGHTS)
    if step.ends == Status.DECLINED:
        tell(comments=[comment], kind="declined", about=decision.pk, only_author=True, after=SECOND_THOUGHTS)
    return decision


@transaction.atomic
def undo(
    *, comment: PlaceComment, by: User, seen: int | None = None, now: datetime | None = None
) -> ModerationDecision:
    """Take the last decision back: the comment stands where it stood before, and the history says so."""
    return undo_held(comment=locked(comment, seen=seen), by=by, now=now)


def undo_held(*, comment: PlaceComment, by: User, now: datetime | None = None) -> ModerationDecision:
    """The same for a comment that the caller's transaction holds already, as it is now."""
    last = comment.decisions.newest_first().first()
    check_undo(
        status=comment.status,
        last_ends=last.to_status if last else None,
        is_undo=bool(last and last.undoes_id),
        is_by_person=bool(last and last.decided_by_id),
        may=by.has_perm,
    )
    assert last is not None, "check_undo refuses a comment without a decision"
    if last.from_status != Status.PUBLISHED and comment.published_at == last.decided_at:
        comment.published_at = None
    decision = ModerationDecision.objects.create(
        comment=comment,
        from_status=comment.status,
        to_status=last.from_status,
        undoes=last,
        decided_at=now or timezone.now(),
        decided_by=by,
    )
    comment.status = last.from_status
    before = comment.decisions.still_standing().newest_first().first()
    comment.is_unread = comment.status == Status.PUBLISHED and before is not None and before.was_shown_at_once
    keep(comment)
    record(action="comments.undo", by=by, subject=comment, undid=last.pk, was=decision.from_status)
    return decision


@transaction.atomic
def place_pin(
    *, comment: PlaceComment, by: User, named_place: NamedPlace | None = None, point: Point | None = None
) -> PlaceComment:
    """Say where a comment is on the map: at a named place, or at a point read from the author's words."""
    check_role(by.has_perm)
    comment = locked(comment, seen=None)
    if comment.status == Status.ERASED:
        raise Refused("An erased comment has no place.")
    if named_place is not None:
        if named_place.point is None:
            raise Refused(
                f"{named_place.name} has no point yet. Add one to the place, or enter latitude and longitude."
            )
        comment.named_place, point = named_place, named_place.point
        comment.accuracy = PlaceComment.Accuracy.NAMED_PLACE
    elif point is not None and is_on_earth(*point):
        comment.accuracy = PlaceComment.Accuracy.DESCRIBED
    else:
        raise Refused("Choose a place, or enter both latitude and longitude in degrees.")
    _check_inside(point, comment.consultation)
    comment.stand_at(point)
    keep(comment)
    record(action="comments.place_pin", by=by, subject=comment, accuracy=str(comment.accuracy))
    return comment


def _check_inside(point: Point, consultation: Consultation) -> None:
    """The rule for residents' pins; where no area is set, somebody who types numbers is expected to mean this country."""
    bounds, outline = consultation.bounds, consultation.outline
    if meant := swapped(point, bounds=bounds, outline=outline):
        raise Refused(
            f"These look swapped. Did you mean latitude {meant.latitude:g} and longitude {meant.longitude:g}?"
        )
    if not is_inside(point, bounds=bounds or GREAT_BRITAIN, outline=outline):
        raise Refused(
            f"That is outside the area of “{consultation.name}”." if bounds else "That is far away from here."
        )


def blank(comment: PlaceComment) -> None:
    """Take out all that the author said; what stays is that there was a comment and what was decided.

    The key stays too, which says nothing about anybody, so that the same file or form does not bring the words back.
    """
    comment.words = comment.where_words = comment.author_name = comment.postcode = ""
    comment.sent_words = comment.sent_where_words = ""
    comment.named_place = None
    comment.is_name_shown = False
    comment.stand_at(None)
    # The one edit of history: a note may repeat what the author asked us to forget.
    comment.decisions.update(note="", told="")
    Verdict.objects.filter(follower__comment=comment).update(words="")
    for along in (comment.responses, comment.redactions, comment.additions, comment.followers, comment.supports):
        along.all().delete()
    comment.readings.all().delete()
    HelpConsent.objects.filter(comment=comment).delete()
    forget(photos=Photo.objects.filter(comment=comment))
    comment.support_count = 0
    comment.actions.clear()
