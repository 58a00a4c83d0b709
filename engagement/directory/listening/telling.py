"""Who is told of a change, and when: after a moment for second thoughts, each person once."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from engagement.directory.actions.listening import mark_told
from engagement.directory.listening.tasks import hand_out_changes, send_telling
from engagement.directory.listening.worth import is_worth_telling
from engagement.directory.models import Listener, SchoolBreak, SessionChange, Telling
from portal.tasks import enqueue_on_commit

# How long a wrong press may be undone before a mail tells of it.
SECOND_THOUGHTS = timedelta(minutes=2)
# What nobody handed out within so long is told no more: it is old news.
NEWS_FOR = timedelta(days=2)


def tell(changes: Sequence[SessionChange], *, is_undo: bool = False) -> None:
    """Hand the worker what was said, or taken back, in one go about one activity; in the transaction of the deed.

    Nothing is handed over where nobody listens.
    """
    if not changes or not Listener.objects.listening().to(changes[0].schedule.activity).exists():
        return
    later = hand_out_changes.using(run_after=timezone.now() + SECOND_THOUGHTS)
    enqueue_on_commit(later, changes=[change.pk for change in changes], is_undo=is_undo)


@transaction.atomic
def hand_out(numbers: Sequence[int], *, is_undo: bool, now: datetime) -> int:
    """Make one mail ready for each listener, all of them or, after a crash, none; how many there are.

    What was taken back meanwhile is not told, and a taking back is told only after what it takes back.
    """
    found = SessionChange.objects.numbered(numbers).select_for_update(of=("self",)).with_activity()
    found, schools = (
        found.undone_to_tell().as_it_stands(is_undo=True) if is_undo else found.to_tell(),
        SchoolBreak.objects.year(),
    )
    changes = [one for one in found if is_worth_telling(one, now, schools, is_undo=is_undo)]
    if not changes:
        return 0
    mark_told(changes=changes, is_undo=is_undo, now=now)
    told = [change.pk for change in changes]
    listeners = Listener.objects.listening().in_use().to(changes[0].schedule.activity).values_list("pk", flat=True)
    tellings = Telling.objects.bulk_create(
        Telling(listener_id=listener, changes=told, is_undo=is_undo, made_at=now) for listener in listeners
    )
    for telling in tellings:
        enqueue_on_commit(send_telling, telling_id=telling.pk)
    return len(tellings)


def pick_up(*, now: datetime) -> None:
    """Hand over what was left by a worker that died: changes nobody was told of yet, and mails that did not go."""
    for telling in Telling.objects.left_lying(now).values_list("pk", flat=True):
        enqueue_on_commit(send_telling, telling_id=telling)
    since, until = now - NEWS_FOR, now - 5 * SECOND_THOUGHTS
    recent = SessionChange.objects.heard_by_somebody().with_activity()
    for numbers in _in_one_go(recent.to_tell().made_between(since, until)):
        hand_out(numbers, is_undo=False, now=now)
    for numbers in _in_one_go(recent.undone_to_tell().undone_between(since, until)):
        hand_out(numbers, is_undo=True, now=now)


def _in_one_go(changes: Iterable[SessionChange]) -> list[list[int]]:
    """The numbers of changes, those that were said together about one activity in one list."""
    found: dict[object, list[int]] = {}
    for change in changes:
        found.setdefault((change.schedule.activity_id, change.together or change.pk), []).append(change.pk)
    return list(found.values())
