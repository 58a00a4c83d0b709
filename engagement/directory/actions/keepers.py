"""Naming those who keep a place, ending that, sending them a link, and joining it to their account."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from engagement.directory.keeping.tasks import send_keeper_link
from engagement.directory.models import Keeper, ProposedChange, Venue
from engagement.directory.models.keeping import KeeperQuerySet
from portal import clock
from portal.accounts.models import User
from portal.audit.record import record
from portal.privacy.holds import need_not_held
from portal.refusals import Refused
from portal.tasks import enqueue_on_commit
from portal.text import plain

NEXT_LINK_AFTER = timedelta(minutes=10)
LONGEST_NAME = 120
# Words that may be somebody's own, which an erased keeper leaves behind in wishes.
PERSONAL_FIELDS = ("phone", "email", "address")


@transaction.atomic
def add_keeper(*, venue: Venue, email: str, name: str = "", by: User) -> Keeper:
    """Somebody at a place may change its entry from now on; they are sent a link, and only that joins an account."""
    address = email.strip().lower()
    try:
        with transaction.atomic():
            keeper = Keeper.objects.create(
                venue=venue,
                email=address,
                name=plain(name, limit=LONGEST_NAME),
                added_at=clock.now(),
                added_by=by,
            )
    except IntegrityError as error:
        raise Refused("This address keeps the place already.") from error
    record(action="directory.add_keeper", by=by, subject=venue, keeper=keeper.pk)
    enqueue_on_commit(send_keeper_link, keeper_id=keeper.pk, is_first=True)
    return keeper


@transaction.atomic
def end_keeper(*, keeper: Keeper, by: User) -> bool:
    """They keep the place no more: every link they hold is dead at once. False where that was done already."""
    ended = Keeper.objects.active().filter(pk=keeper.pk).update(ended_at=clock.now(), ended_by=by)
    if ended:
        record(action="directory.end_keeper", by=by, subject=keeper.venue, keeper=keeper.pk)
    return bool(ended)


@transaction.atomic
def ask_for_link(*, address: str, by: User | None = None) -> int:
    """Send a new link for each place that this address keeps, none twice within ten minutes; how many go.

    Whoever asks never hears the number, so that nobody learns who keeps what.
    """
    now = clock.now()
    rested = Q(link_sent_at=None) | Q(link_sent_at__lt=now - NEXT_LINK_AFTER)
    found = list(Keeper.objects.active().in_use().at(address).filter(rested).values_list("pk", flat=True))
    Keeper.objects.filter(pk__in=found).update(link_sent_at=now)
    for number in found:
        record(action="directory.ask_for_link", by=by, keeper=number)
        enqueue_on_commit(send_keeper_link, keeper_id=number, is_first=False)
    return len(found)


@transaction.atomic
def join_account(*, keeper: Keeper, by: User) -> bool:
    """Whoever holds the link is signed in too: from now on they find the place with their account as well."""
    joined = Keeper.objects.active().filter(pk=keeper.pk, user=None).update(user=by)
    if joined:
        record(action="directory.join_account", by=by, subject=keeper.venue, keeper=keeper.pk)
    return bool(joined)


@transaction.atomic
def erase_keeper(*, address: str, by: User) -> int:
    """Somebody wants to be forgotten: their rows go at every place, and what they wished of a number or an address is blanked.

    What they said about a session stays, with nobody's name to it. How many rows went; none where one of them is held.
    """
    keepers = Keeper.objects.at(address)
    need_not_held(*keepers.select_for_update().order_by("pk"))
    gone = forget_some(keepers)
    record(action="directory.erase_keeper", by=by, keepers=gone)
    return len(gone)


def forget_some(keepers: KeeperQuerySet) -> list[int]:
    """Delete keepers and what they still wish, and blank a number or an address that they wished for; who they were."""
    numbers = list(keepers.values_list("pk", flat=True))
    wishes = ProposedChange.objects.filter(keeper__in=numbers)
    wishes.waiting().delete()
    wishes.filter(field__in=PERSONAL_FIELDS).update(was=None, wanted=None)
    Keeper.objects.filter(pk__in=numbers).delete()
    return numbers
