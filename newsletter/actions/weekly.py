"""Sends a day's weekly mail: each reader in exactly one version of it, and once however often it is asked."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from newsletter.actions import campaigns, freezing
from newsletter.actions.copies import write_ledger
from newsletter.actions.freezing import CannotSend
from newsletter.audience import weekly_candidates, weekly_choices
from newsletter.models import Campaign, Delivery, Subscriber
from newsletter.weekly.contents import Week, masthead_of_week
from newsletter.weekly.due import TOLD, is_worth_sending
from newsletter.weekly.segments import Segment
from newsletter.weekly.versions import Version, Versions
from newsletter.workflow import UNDO_FOR, CampaignState, DeliveryState, Reason, is_too_late
from portal.accounts.models import User
from portal.audit.record import record
from portal.clock import say_moment

NOTHING_TO_DO = "Nobody gets this part of the weekly mail, or there was nothing to tell."


def see_to_week(*, due_at: datetime, now: datetime, by: User | None = None) -> Campaign | None:
    """Send the weekly mail that was due at this moment, once; when it was missed by a quarter of an hour, hold it and ask.

    Its mails are drawn before the transaction opens: others can write meanwhile. None where this day was seen to already, and
    where it was missed by nobody, as every reader of it came later.
    """
    day = due_at.date()
    if Campaign.objects.of_day(day).exists():
        return None
    is_late = is_too_late(due_at=due_at, now=now)
    if is_late and not Subscriber.objects.receiving().weekly().since_before(due_at).exists():
        return None
    versions = None if is_late else _drawn(day, now)
    return _see_to(due_at=due_at, versions=versions, now=now, by=by)


def send_held_week(*, campaign: Campaign, by: User, now: datetime) -> Campaign:
    """Send a weekly mail that was held before anything was fixed, with the words and readers of now."""
    _check_held(campaign, now)
    assert campaign.digest_on is not None
    return _send_held(campaign=campaign, versions=_drawn(campaign.digest_on, now), by=by, now=now)


def told_until(day: date, now: datetime) -> datetime:
    """The moment up to which the weekly mail before this one told the news; a week ago where there was none, or long ago."""
    before = Campaign.objects.weekly_before(day).first()
    week_ago, month_ago = now - TOLD, now - timedelta(days=28)
    return max(before.frozen_at, month_ago) if before and before.frozen_at else week_ago


def _drawn(day: date, now: datetime) -> Versions:
    versions = Versions(Week(day=max(day, now.date()), since=told_until(day, now), now=now))
    versions.draw_for(Segment(place=place, topics=topics) for place, topics in weekly_choices())
    return versions


@transaction.atomic
def _see_to(*, due_at: datetime, versions: Versions | None, now: datetime, by: User | None) -> Campaign | None:
    """Make the row that is the record of this day, which the database takes only once; then send, or hold without versions."""
    day = due_at.date()
    fields = {"digest_on": day, "segment": "", "subject": masthead_of_week(day).title, "starts_at": due_at}
    try:
        with transaction.atomic():
            first = Campaign.objects.create(state=CampaignState.PLANNED, created_by=by, **fields)
    except IntegrityError:
        return None
    if versions is None:
        told = f"This week's mail should have gone at {say_moment(due_at)}. Is it still right to send it?"
        return campaigns.hold(campaign=first, because=told, by=by)
    _fix_all(first, versions, now=now, by=by)
    return first


@transaction.atomic
def _send_held(*, campaign: Campaign, versions: Versions, by: User, now: datetime) -> Campaign:
    held = Campaign.objects.select_for_update().get(pk=campaign.pk)
    _check_held(held, now)
    _fix_all(held, versions, now=now, by=by)
    return held


def _check_held(held: Campaign, now: datetime) -> None:
    if held.digest_on is None or held.frozen_at is not None or held.state != CampaignState.HELD:
        raise CannotSend("This weekly mail does not wait for an answer any more.")
    if not is_worth_sending(due_at=held.starts_at, now=now):
        raise CannotSend("This weekly mail is a week old, and the next one is due. Take it back.")


def _fix_all(first: Campaign, versions: Versions, *, now: datetime, by: User | None) -> None:
    ledger = _Ledger(first, versions, now=now)
    write_ledger(ledger.rows())
    counts = Delivery.objects.counts_by_campaign(ledger.campaigns)
    for number, campaign in ledger.campaigns.items():
        campaign.candidates = ledger.candidates[number]
        if counts[number][DeliveryState.QUEUED]:
            detail = {"digest_on": str(first.digest_on), "segment": campaign.segment}
            freezing.set_going(campaign=campaign, counts=counts[number], by=by, **detail)
        else:
            _leave(campaign, now)
    if first.pk not in ledger.campaigns:
        _leave(first, now)
    going = sum(counted[DeliveryState.QUEUED] for counted in counts.values())
    record(action="newsletter.weekly", by=by, subject=first, parts=len(ledger.campaigns), queued=going)
    first.refresh_from_db()


def _leave(campaign: Campaign, now: datetime) -> None:
    """Nobody gets this one: it is there as a record, with those who were left out."""
    also = {"candidates": campaign.candidates, "held_because": NOTHING_TO_DO, "finished_at": now}
    if not freezing.moves(campaign=campaign, change="stop", **also):
        raise CannotSend("Somebody else has just sent it or taken it back. Look again.")


class _Ledger:
    """The rows of a day's weekly mail; a version's sending is made when its first reader is met."""

    def __init__(self, first: Campaign, versions: Versions, *, now: datetime) -> None:
        self.first, self.versions, self.now = first, versions, now
        self.campaigns: dict[int, Campaign] = {}
        self.candidates: Counter[int] = Counter()
        self._by_key: dict[str, Campaign] = {}

    def rows(self) -> Iterator[tuple[int, int, Reason | None]]:
        """Sending, reader and the reason to leave them out; readers for whom there is nothing to tell are in none."""
        for reader, topics, reason in weekly_candidates():
            version = self.versions.of(Segment(place=reader.place, topics=topics))
            if version is None:
                continue
            campaign = self._by_key.get(version.key) or self._made_for(version)
            self.candidates[campaign.pk] += 1
            yield campaign.pk, reader.number, reason

    def _made_for(self, version: Version) -> Campaign:
        campaign = self.first if version.key == self.first.segment else self._another(version.key)
        starts_at = self.now + UNDO_FOR
        freezing.put_in_words(campaign=campaign, edition=version.edition, now=self.now, starts_at=starts_at)
        self._by_key[version.key] = self.campaigns[campaign.pk] = campaign
        return campaign

    def _another(self, key: str) -> Campaign:
        fields = {"digest_on": self.first.digest_on, "created_by": self.first.created_by, "starts_at": self.now}
        return Campaign.objects.create(state=CampaignState.PLANNED, segment=key, **fields)
