"""Answers comments: the team writes back, and actions say what was done."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from engagement.comments.models import Action, PlaceComment, Response
from engagement.comments.workflow import Status, check_role
from portal.accounts.models import User
from portal.audit.record import record
from portal.refusals import Refused
from portal.text import plain

LONGEST_ANSWER = 3000
LONGEST_TITLE = 120


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
    record(action="comments.respond", by=by, subject=current, response=response.pk)
    return response


@transaction.atomic
def record_action(
    *,
    title: str,
    words: str,
    status: str,
    comments: Iterable[PlaceComment],
    by: User,
    done_on: date | None = None,
    is_example: bool = False,
    action: Action | None = None,
) -> Action:
    """Write down what the partnership does, or change what `action` says; nobody sees a new one before it is published."""
    check_role(by.has_perm)
    title, words = plain(title, limit=LONGEST_TITLE), plain(words, limit=LONGEST_ANSWER)
    if not title or not words:
        raise Refused("An action needs a title and some words.")
    if status not in Action.Status.values:
        raise Refused("Choose how far it has come.")
    is_new = action is None
    action = action or Action(is_example=is_example)
    action.title, action.words, action.status, action.done_on = title, words, status, done_on
    action.save()
    linked = list(comments)
    action.comments.set(linked)
    record(
        action="comments.record_action" if is_new else "comments.change_action",
        by=by,
        subject=action,
        status=status,
        comments=[comment.pk for comment in linked],
    )
    return action


@transaction.atomic
def link_action(*, action: Action, comment: PlaceComment, by: User) -> Action:
    """Say that an action answers this comment too; doing it twice changes nothing."""
    check_role(by.has_perm)
    if not action.comments.contains(comment):
        action.comments.add(comment)
        record(action="comments.link_action", by=by, subject=comment, linked=action.pk)
    return action


@transaction.atomic
def publish_action(*, action: Action, by: User, now: datetime | None = None) -> Action:
    """Show an action to everybody, under each comment that it answers; publishing twice keeps the first day."""
    check_role(by.has_perm)
    current = Action.objects.select_for_update().get(pk=action.pk)
    if not current.is_published:
        current.published_at, current.published_by = now or timezone.now(), by
        current.said_at = current.published_at
        current.save()
        record(action="comments.publish_action", by=by, subject=current)
    return current


@transaction.atomic
def unpublish_action(*, action: Action, by: User) -> Action:
    """Take an action back from the public pages; it stays as a draft."""
    check_role(by.has_perm)
    current = Action.objects.select_for_update().get(pk=action.pk)
    if current.is_published:
        current.published_at = current.published_by = None
        current.save()
        record(action="comments.unpublish_action", by=by, subject=current)
    return current
