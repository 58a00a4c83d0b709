"""Says what was done about comments: writes an action down, puts it on the site, and tells those who asked."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from engagement.comments.acting.progress import check_progress
from engagement.comments.actions.answering import LONGEST_ANSWER
from engagement.comments.actions.keeping import show_anew
from engagement.comments.hearing.telling import SECOND_THOUGHTS, tell
from engagement.comments.models import Action, ActionUpdate, PlaceComment
from engagement.comments.workflow import check_role
from portal.accounts.models import User
from portal.audit.record import record
from portal.refusals import Refused
from portal.text import plain

LONGEST_TITLE = 120
LONGEST_WHO = 120
NO_DESCRIPTION = (
    "Say in a few words what the picture shows, for people who cannot see it: open the picture and describe it."
)


@transaction.atomic
def record_action(
    *,
    title: str,
    words: str,
    status: str,
    comments: Iterable[PlaceComment],
    by: User,
    done_on: date | None = None,
    owner: str = "",
    belongs_to: str = "",
    before: Any = None,
    after: Any = None,
    is_example: bool = False,
    action: Action | None = None,
    now: datetime | None = None,
) -> Action:
    """Write down what the partnership does, or put right what `action` says; a new one is a draft.

    `before` and `after` are pictures with a description. How far a published action has come is not put right here but
    told by `tell_more`, for people hear of it; a comment that is linked to it now is told at once.
    """
    check_role(by.has_perm)
    now = now or timezone.now()
    current = Action.objects.select_for_update().get(pk=action.pk) if action else Action(is_example=is_example)
    if current.is_published and status != current.status:
        raise Refused("Say what is new below: those who asked are told how far it has come.")
    current.title, current.words = plain(title, limit=LONGEST_TITLE), plain(words, limit=LONGEST_ANSWER)
    current.owner, current.belongs_to = plain(owner, limit=LONGEST_WHO), plain(belongs_to, limit=LONGEST_WHO)
    current.status, current.done_on, current.before, current.after = status, done_on, before, after
    _check(current, now)
    current.save()
    linked = list(comments)
    touched = _consultations_of(current)
    current.comments.set(linked)
    _show(current, touched | _consultations_of(current))
    record(
        action="comments.change_action" if action else "comments.record_action",
        by=by,
        subject=current,
        status=status,
        comments=[comment.pk for comment in linked],
    )
    return current


@transaction.atomic
def save_action(*, is_public: bool, by: User, now: datetime | None = None, **said: Any) -> Action:
    """Write an action down and, where `is_public`, put it on the site: both or neither."""
    action = record_action(by=by, now=now, **said)
    return publish_action(action=action, by=by, now=now) if is_public else action


@transaction.atomic
def link_action(*, action: Action, comment: PlaceComment, by: User) -> Action:
    """Say that an action answers this comment too; doing it twice changes nothing."""
    check_role(by.has_perm)
    current = Action.objects.select_for_update().get(pk=action.pk)
    if not current.comments.contains(comment):
        current.comments.add(comment)
        _show(current, {comment.consultation_id})
        record(action="comments.link_action", by=by, subject=comment, linked=current.pk)
    return current


@transaction.atomic
def publish_action(*, action: Action, by: User, now: datetime | None = None) -> Action:
    """Show an action to everybody, under each comment that it answers, and tell those who asked.

    Publishing twice keeps the first day. One that was taken back and says the same again is not told again.
    """
    check_role(by.has_perm)
    now = now or timezone.now()
    current = Action.objects.select_for_update().get(pk=action.pk)
    if current.is_published:
        return current
    current.published_at, current.published_by = now, by
    last = current.updates.last()
    if last is None or (last.status, last.words) != (current.status, current.words):
        _say(current, by=by, now=now)
    current.save()
    _show(current, _consultations_of(current))
    record(action="comments.publish_action", by=by, subject=current, status=current.status)
    return current


@transaction.atomic
def tell_more(
    *,
    action: Action,
    status: str,
    words: str,
    by: User,
    done_on: date | None = None,
    belongs_to: str = "",
    now: datetime | None = None,
) -> ActionUpdate:
    """Say how far a published action has come by now; those who asked hear of it, and what was said before is kept."""
    check_role(by.has_perm)
    now = now or timezone.now()
    current = Action.objects.select_for_update().get(pk=action.pk)
    if not current.is_published:
        raise Refused("Put it on the site first.")
    words = plain(words, limit=LONGEST_ANSWER)
    if (status, words) == (current.status, current.words):
        raise Refused("Say what is new: this is what it says already.")
    current.status, current.words, current.done_on = status, words, done_on
    current.belongs_to = plain(belongs_to, limit=LONGEST_WHO) or current.belongs_to
    _check(current, now)
    return _tell_everybody(current, by=by, now=now)


@transaction.atomic
def open_again(*, action: Action, words: str, now: datetime) -> ActionUpdate:
    """Look into something again because those who asked for it say that it is not better; nobody of the staff did this."""
    current = Action.objects.select_for_update().get(pk=action.pk)
    current.status, current.words, current.done_on = Action.Status.LOOKING_INTO_IT, words, None
    update = _tell_everybody(current, by=None, now=now)
    current.reopened_at = now
    current.save()
    return update


@transaction.atomic
def unpublish_action(*, action: Action, by: User) -> Action:
    """Take an action back from the public pages; it stays as a draft, and what was said about it stays with it."""
    check_role(by.has_perm)
    current = Action.objects.select_for_update().get(pk=action.pk)
    if current.is_published:
        current.published_at = current.published_by = None
        current.save()
        _make_new(_consultations_of(current))
        record(action="comments.unpublish_action", by=by, subject=current)
    return current


def _check(action: Action, now: datetime) -> None:
    if not action.title or not action.words:
        raise Refused("An action needs a title and some words.")
    check_progress(action.status, done_on=action.done_on, belongs_to=action.belongs_to, today=timezone.localdate(now))
    if any(picture is not None and not picture.description for picture in (action.before, action.after)):
        raise Refused(NO_DESCRIPTION)


def _tell_everybody(action: Action, *, by: User | None, now: datetime) -> ActionUpdate:
    """Append what an action now says, and show and tell it; whatever was asked or opened again before is settled by it."""
    action.reopened_at = action.asked_at = None
    update = _say(action, by=by, now=now)
    action.save()
    _show(action, _consultations_of(action))
    record(action="comments.tell_more", by=by, subject=action, status=action.status, update=update.pk)
    return update


def _say(action: Action, *, by: User | None, now: datetime) -> ActionUpdate:
    action.said_at = now
    return ActionUpdate.objects.create(action=action, status=action.status, words=action.words, said_at=now, said_by=by)


def _show(action: Action, consultations: set[int]) -> None:
    """Make kept pages new where the action is public, and tell followers of its comments who have not heard the last of it."""
    last = action.updates.last()
    if not action.is_published or last is None:
        return
    _make_new(consultations)
    fresh = list(action.comments.not_told_of(last))
    tell(comments=fresh, kind="action", about=last.pk, after=SECOND_THOUGHTS)
    last.told_about.add(*fresh)


def _consultations_of(action: Action) -> set[int]:
    return set(action.comments.values_list("consultation_id", flat=True))


def _make_new(consultations: set[int]) -> None:
    if consultations:
        show_anew(*consultations)
