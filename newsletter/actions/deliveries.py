"""Readers' copies: claimed, handed over, answered for, a batch at a time. Each change is one conditional UPDATE that commits
by itself, so that after a kill the ledger says of at most one batch that it does not know.

The ledger row is its own record, with its Message-ID and times, so a copy adds no audit event; its sending does.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef

from newsletter.models import Campaign, Delivery, Subscriber
from newsletter.sending.pace import MINUTE, Pace
from newsletter.workflow import DELIVERY_CHANGES, LEASE, CampaignState, Reason, next_try_at

_NO_LIMIT = Pace(per_minute=0)


class Copy(NamedTuple):
    """What a worker knows of a copy that it claimed; `tries` counts those before this one."""

    number: int
    message_id: str
    reader: int | None
    email: str | None
    tries: int


class Begun(NamedTuple):
    """Copies that go over now, those that may not go any more, and those for which there is no room this minute."""

    copies: list[Copy]
    turned_away: list[Copy]
    no_room: list[Copy]


def claim(*, campaign: Campaign, worker: str, now: datetime, size: int) -> list[Copy]:
    """Take up to `size` copies that nobody holds. Two workers that reach for the same copy: one gets it.

    PostgreSQL lets each worker step over what another is just reaching for; on SQLite writers wait for each other anyway.
    """
    with transaction.atomic():
        within_reach = campaign.deliveries.claimable(now=now).order_by("pk")
        if connection.features.has_select_for_update_skip_locked:
            within_reach = within_reach.select_for_update(skip_locked=True)
        numbers = list(within_reach.values_list("pk", flat=True)[:size])
        if not numbers:
            return []
        campaign.deliveries.claimable(now=now).numbered(numbers).update(claimed_by=worker, claimed_until=now + LEASE)
        held = Delivery.objects.numbered(numbers).held_by(worker).order_by("pk")
        columns = ("pk", "message_id", "subscriber_id", "subscriber__email", "attempts")
        return [Copy(*row) for row in held.values_list(*columns)]


def release(*, copies: Sequence[Copy], worker: str) -> int:
    """Let go of copies that were claimed and not begun."""
    claimed = _held(copies, worker).filter(state__in=DELIVERY_CHANGES["begin"].before)
    return claimed.update(claimed_by="", claimed_until=None)


def begin(*, copies: Sequence[Copy], worker: str, now: datetime, pace: Pace = _NO_LIMIT) -> Begun:
    """Say that these copies go over now, in the same breath checking that each is still ours, wanted, and not on hold.

    Where a provider takes only so many mails a minute, no more begin than there is room for, however many workers ask.
    """
    asked, no_room = list(copies), list[Copy]()
    with transaction.atomic():
        if (room := _room(pace, now=now)) is not None:
            asked, no_room = asked[:room], asked[room:]
        may_go = asked
        if asked and _moved_to_sending(asked, worker, now=now) < len(asked):
            # Some are turned away. Which, the rows that have moved no longer tell: back, and one look more.
            transaction.set_rollback(True)
            may_go = []
    if asked and not may_go:
        may_go = _begin_some(asked, worker, now=now)
    going = {copy.number for copy in may_go}
    return Begun(may_go, [copy for copy in asked if copy.number not in going], no_room)


def room_from(*, pace: Pace, now: datetime) -> datetime:
    """When the next mail may go, where there is no room now."""
    return pace.next_at(first_gone_at=Delivery.objects.first_gone_since(now - MINUTE), now=now)


def submit(*, copies: Sequence[Copy], worker: str, now: datetime, provider_ids: Mapping[int, str] | None = None) -> int:
    """The mail server took them. What a provider told of a copy meanwhile stands; only its name for the copy is added."""
    taken = _settle(copies, worker, "submit", reason="", reply_code=None, submitted_at=now)
    _keep_names(copies, worker, provider_ids or {})
    return taken


def fail(*, copies: Sequence[Copy], worker: str, reason: Reason, code: int | None = None) -> int:
    """They will not go, and nobody else's copy is held up by that."""
    return _settle(copies, worker, "fail", reason=reason, reply_code=code)


def try_again(*, copies: Sequence[Copy], worker: str, now: datetime, code: int | None = None) -> int:
    """The mail server said "not now": later again, or failed where that was the last time."""
    by_tries: defaultdict[int, list[Copy]] = defaultdict(list)
    for copy in copies:
        by_tries[copy.tries + 1].append(copy)
    settled = 0
    for tries, some in by_tries.items():
        later = next_try_at(tries=tries, now=now)
        if later is None:
            settled += fail(copies=some, worker=worker, reason=Reason.TOO_MANY_TRIES, code=code)
        else:
            settled += put_back(copies=some, worker=worker, not_before=later, code=code)
    return settled


def put_back(*, copies: Sequence[Copy], worker: str, not_before: datetime, code: int | None = None) -> int:
    """Nothing has gone: into the queue again, not before this time."""
    return _settle(copies, worker, "try_again", not_before=not_before, reply_code=code, claimed_until=None)


def spare(*, copies: Sequence[Copy], worker: str, not_before: datetime, code: int | None = None) -> int:
    """The mail server was in trouble, which says nothing of these addresses: put back without using up a try."""
    back = {"not_before": not_before, "claimed_until": None, "attempts": F("attempts") - 1}
    return _settle(copies, worker, "try_again", reply_code=code, **back)


def give_back(*, copies: Sequence[Copy], worker: str) -> int:
    """They were begun and not handed over to anybody: as if it had never been."""
    return _settle(copies, worker, "try_again", claimed_until=None, attempts=F("attempts") - 1)


def doubt(*, copies: Sequence[Copy], worker: str, reason: Reason, code: int | None = None) -> int:
    """Nobody knows whether they went, so they are not sent again by themselves."""
    return _settle(copies, worker, "doubt", reason=reason, reply_code=code)


def exclude(*, copies: Sequence[Copy], worker: str, reason: Reason) -> int:
    """Leave out readers who were on the list when the issue was frozen."""
    return _settle(copies, worker, "exclude", reason=reason)


def suppress(*, copies: Sequence[Copy], worker: str) -> int:
    """No mail may go to these addresses: we know it, or the provider does."""
    return _settle(copies, worker, "suppress", reason=Reason.SUPPRESSED)


def give_up_lost(*, campaign: Campaign, now: datetime) -> int:
    """Copies that were going over when their worker fell silent become uncertain; how many."""
    change = DELIVERY_CHANGES["doubt"]
    return campaign.deliveries.lost(now=now).update(state=change.after, reason=Reason.LOST)


def _moved_to_sending(copies: Sequence[Copy], worker: str, *, now: datetime) -> int:
    change = DELIVERY_CHANGES["begin"]
    return int(
        _may_begin(copies, worker).update(state=change.after, attempts=F("attempts") + 1, claimed_until=now + LEASE)
    )


@transaction.atomic
def _begin_some(copies: Sequence[Copy], worker: str, *, now: datetime) -> list[Copy]:
    """Those that may begin, held fast with their readers between the look and the change. Where the sending itself was put on
    hold between the two, none begins."""
    readers = sorted(copy.reader for copy in copies if copy.reader)
    list(Subscriber.objects.filter(pk__in=readers).select_for_update().order_by("pk").values_list("pk", flat=True))
    numbers = set(_may_begin(copies, worker).select_for_update(of=("self",)).values_list("pk", flat=True))
    some = [copy for copy in copies if copy.number in numbers]
    if _moved_to_sending(some, worker, now=now) == len(some):
        return some
    transaction.set_rollback(True)
    return []


def _may_begin(copies: Sequence[Copy], worker: str) -> Any:
    """Copies that are still ours and still to go, whose reader wants them now and whose sending is under way."""
    reader = Subscriber.objects.receiving().by_email().filter(pk=OuterRef("subscriber_id"))
    sending = Campaign.objects.filter(pk=OuterRef("campaign_id"), state=CampaignState.SENDING)
    before = DELIVERY_CHANGES["begin"].before
    return _held(copies, worker).filter(Exists(reader), Exists(sending), state__in=before)


def _held(copies: Iterable[Copy], worker: str) -> Any:
    return Delivery.objects.numbered([copy.number for copy in copies]).held_by(worker)


def _settle(copies: Sequence[Copy], worker: str, name: str, **fields: Any) -> int:
    if not copies:
        return 0
    change = DELIVERY_CHANGES[name]
    return int(_held(copies, worker).filter(state__in=change.before).update(state=change.after, **fields))


def _keep_names(copies: Sequence[Copy], worker: str, names: Mapping[int, str]) -> None:
    told = {copy.number: names[copy.number][:120] for copy in copies if names.get(copy.number)}
    if len(set(told.values())) == 1:
        _held(copies, worker).update(provider_id=next(iter(told.values())))
    elif told:
        rows = [Delivery(pk=number, provider_id=name) for number, name in told.items()]
        Delivery.objects.bulk_update(rows, ["provider_id"], batch_size=250)


def _room(pace: Pace, *, now: datetime) -> int | None:
    """How many may begin. Sendings under way are locked for the count, so that two workers do not both take the last place."""
    if not pace.per_minute:
        return None
    list(Campaign.objects.under_way().select_for_update().order_by("pk").values_list("pk", flat=True))
    gone = Delivery.objects.gone_since(now - MINUTE).count() + Delivery.objects.under_way(now=now).count()
    return pace.room(gone=gone)
