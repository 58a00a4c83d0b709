"""Asking to hear what becomes of a comment, confirming the address, and stopping."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from engagement.comments.actions.sparing import may_ask
from engagement.comments.models import Alert, Follower, PlaceComment
from engagement.comments.tasks.telling import ask_whether_theirs
from engagement.comments.workflow import Status
from portal.audit.record import record
from portal.refusals import Refused
from portal.tasks import enqueue_on_commit

NOTHING_TO_HEAR = "This comment was taken back, so there is nothing more to hear about it."


@transaction.atomic
def ask_to_hear(
    *, comment: PlaceComment, address: str, is_author: bool = False, now: datetime | None = None
) -> Follower:
    """Somebody left an address to hear what becomes of a comment: send a mail to find out whether it is theirs.

    Who confirmed already hears on, and is sent nothing; so the answer on the screen is the same for every address. One
    address is sent at most five such mails a day. `is_author` only where the author's own page or form says so.
    """
    if comment.status in {Status.WITHDRAWN, Status.ERASED}:
        raise Refused(NOTHING_TO_HEAR)
    now = now or timezone.now()
    follower, is_new = _follower_of(comment, address.strip(), is_author=is_author, now=now)
    if is_author and not follower.is_author:
        follower.is_author = True
        follower.save()
    if follower.confirmed_at is not None:
        return follower
    if not is_new:
        follower.asked_at = now
        follower.save()
    record(action="comments.ask_to_hear", by=None, subject=comment, follower=follower.pk, is_author=is_author)
    if may_ask(address=follower.address, now=now):
        enqueue_on_commit(ask_whether_theirs, follower_id=follower.pk)
    return follower


@transaction.atomic
def confirm(*, follower: Follower, now: datetime | None = None) -> Follower:
    """The address is theirs: from now on they hear. Doing it twice changes nothing."""
    current = Follower.objects.select_for_update().get(pk=follower.pk)
    if current.confirmed_at is None:
        current.confirmed_at = now or timezone.now()
        current.save()
        record(action="comments.confirm_hearing", by=None, subject=current.comment, follower=current.pk)
    return current


@transaction.atomic
def stop(*, follower: Follower) -> None:
    """Forget the address for this comment, at once. Doing it twice changes nothing."""
    gone, _ = Follower.objects.filter(pk=follower.pk).delete()
    if gone:
        record(action="comments.stop_hearing", by=None, subject=follower.comment, follower=follower.pk)


@transaction.atomic
def stop_everything(*, follower: Follower) -> int:
    """Forget this address for every comment and every place that it follows; how many there were."""
    followers, alerts = Follower.objects.at(follower.address), Alert.objects.at(follower.address)
    count = followers.count() + alerts.count()
    followers.delete()
    alerts.delete()
    record(action="comments.stop_everything", by=None, stopped=count)
    return count


def _follower_of(comment: PlaceComment, address: str, *, is_author: bool, now: datetime) -> tuple[Follower, bool]:
    """The follower with this address, made when there is none; two people asking at once make one."""
    known = Follower.objects.of([comment]).at(address).first()
    if known is not None:
        return known, False
    try:
        with transaction.atomic():
            made = Follower.objects.create(comment=comment, address=address, is_author=is_author, asked_at=now)
            return made, True
    except IntegrityError:
        return Follower.objects.of([comment]).at(address).get(), False
