"""Readers' copies: claimed, handed over, answered for, a batch at a time. Each change is one conditional UPDATE; what became of
a batch and the beginning of the next may commit together, so that after a kill the ledger says of at most one batch that it
does not know.

The ledger row is its own record, with its Message-ID and times, so a copy adds no audit event; its sending does.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from newsletter.actions.ready_made import ReadyMade
from newsletter.models import Campaign, Delivery, Subscriber
from newsletter.pace import MINUTE, Pace
from newsletter.workflow import DELIVERY_CHANGES, LEASE, CampaignState, Reason, next_try_at
from portal.power_cuts import keep_through_a_power_cut

_NO_LIMIT = Pace(per_minute=0)
_Update = tuple[QuerySet[Delivery], dict[str, Any]]


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
    with transaction.atomic(savepoint=False):
        within_reach = [number for (number,) in _within_reach(size)(campaign.pk, now)]
        held = sorted(_CLAIM(within_reach, worker, now, now + LEASE))
        addresses = dict(_ADDRESSES([reader for _, _, reader, _ in held if reader]))
    return [Copy(number, name, reader, addresses.get(reader), tries) for number, name, reader, tries in held]


def release(*, copies: Sequence[Copy], worker: str) -> int:
    """Let go of copies that were claimed and not begun."""
    claimed = _held(copies, worker).filter(state__in=DELIVERY_CHANGES["begin"].before)
    return claimed.update(claimed_by="", claimed_until=None)


def begin(*, copies: Sequence[Copy], worker: str, now: datetime, pace: Pace = _NO_LIMIT) -> Begun:
    """Say that these copies go over now, in the same breath checking that each is still ours, wanted, and not on hold.

    Where a provider takes only so many mails a minute, no more begin than there is room for, however many workers ask. It
    outlives a power cut before the first byte goes: what might have gone is never sent again by itself.
    """
    asked, no_room = list(copies), list[Copy]()
    with transaction.atomic(savepoint=False):
        keep_through_a_power_cut()
        wait_for_turn(pace=pace)
        if (room := _room(pace, now=now)) is not None:
            asked, no_room = asked[:room], asked[room:]
        begun = _BEGIN([copy.number for copy in asked], worker, now + LEASE)
        going = {number for (number,) in begun}
    may_go = [copy for copy in asked if copy.number in going]
    return Begun(may_go, [copy for copy in asked if copy.number not in going], no_room)


def wait_for_turn(*, pace: Pace) -> None:
    """Where mails are counted, sendings under way are locked for the count, so that two workers do not both take the last place.

    A cancelling locks the sending and then its copies; whoever changes copies in the same transaction as the count takes their
    turn first, so that neither waits for the other for ever.
    """
    if pace.per_minute:
        list(Campaign.objects.under_way().select_for_update().order_by("pk").values_list("pk", flat=True))


def room_from(*, pace: Pace, now: datetime) -> datetime:
    """When the next mail may go, where there is no room now."""
    return pace.next_at(first_gone_at=Delivery.objects.first_gone_since(now - MINUTE), now=now)


def submit(*, copies: Sequence[Copy], worker: str, now: datetime, provider_ids: Mapping[int, str] | None = None) -> int:
    """The mail server took them. What a provider told of a copy meanwhile stands; only its name for the copy is added."""
    taken = len(_SUBMIT([copy.number for copy in copies], worker, now))
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


@cache
def _within_reach(size: int) -> ReadyMade:
    def copies(campaign: int, now: datetime) -> QuerySet[Delivery, Any]:
        found = Delivery.objects.filter(campaign=campaign).claimable(now=now).order_by("pk")
        if connection.features.has_select_for_update_skip_locked:
            found = found.select_for_update(skip_locked=True)
        return found.values_list("pk", flat=True)[:size]

    return ReadyMade(copies)


def _to_claim(numbers: list[int], worker: str, now: datetime, until: datetime) -> _Update:
    claimable = Delivery.objects.numbered(numbers).claimable(now=now)
    return claimable, {"claimed_by": worker, "claimed_until": until}


def _addresses(readers: list[int]) -> QuerySet[Subscriber, Any]:
    return Subscriber.objects.filter(pk__in=readers).values_list("pk", "email")


def _to_begin(numbers: list[int], worker: str, until: datetime) -> _Update:
    """Copies that are still ours and still to go, whose reader wants them now and whose sending is under way."""
    reader = Subscriber.objects.receiving().by_email().filter(pk=OuterRef("subscriber_id"))
    sending = Campaign.objects.filter(pk=OuterRef("campaign_id"), state=CampaignState.SENDING)
    change = DELIVERY_CHANGES["begin"]
    ours = Delivery.objects.numbered(numbers).held_by(worker).filter(state__in=change.before)
    fields = {"state": change.after, "attempts": F("attempts") + 1, "claimed_until": until}
    return ours.filter(Exists(reader), Exists(sending)), fields


def _to_submit(numbers: list[int], worker: str, now: datetime) -> _Update:
    change = DELIVERY_CHANGES["submit"]
    ours = Delivery.objects.numbered(numbers).held_by(worker).filter(state__in=change.before)
    return ours, {"state": change.after, "reason": "", "reply_code": None, "submitted_at": now}


# What every batch asks.
_CLAIM, _ADDRESSES = ReadyMade(_to_claim, "message_id", "subscriber_id", "attempts"), ReadyMade(_addresses)
_BEGIN, _SUBMIT = ReadyMade(_to_begin), ReadyMade(_to_submit)


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
    """How many may begin."""
    if not pace.per_minute:
        return None
    gone = Delivery.objects.gone_since(now - MINUTE).count() + Delivery.objects.under_way(now=now).count()
    return pace.room(gone=gone)
