"""Fixes a day's weekly mail: all segments in one transaction, each reader in exactly one, and once however often it is asked."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from newsletter.actions import campaigns
from newsletter.actions.campaigns import CannotSend
from newsletter.actions.copies import write_ledger
from newsletter.audience import weekly_candidates
from newsletter.models import Campaign
from newsletter.weekly.contents import Week, masthead_of_week
from newsletter.weekly.due import TOLD, is_worth_sending
from newsletter.weekly.segments import EVERYTHING, Segment
from newsletter.workflow import UNDO_FOR, CampaignState, DeliveryState, Reason, is_too_late
from portal.accounts.models import User
from portal.audit.record import record
from portal.clock import say_moment

NOTHING_TO_DO = "Nobody gets this part of the weekly mail, or there was nothing to tell."


@transaction.atomic
def see_to_week(*, due_at: datetime, now: datetime, by: User | None = None) -> Campaign | None:
    """Send the weekly mail that was due at this moment, once; when it was missed by a quarter of an hour, hold it and ask.

    The row of the first segment is always made, also where nobody is in it: it is the record that this day was seen to, and
    the database takes it only once. None where it is there already.
    """
    day = due_at.date()
    if Campaign.objects.of_day(day).exists():
        return None
    subject = masthead_of_week(day).title
    fields = {"digest_on": day, "segment": EVERYTHING, "subject": subject, "starts_at": due_at, "created_by": by}
    try:
        with transaction.atomic():
            first = Campaign.objects.create(state=CampaignState.PLANNED, **fields)
    except IntegrityError:
        return None
    if is_too_late(due_at=due_at, now=now):
        told = f"This week's mail should have gone at {say_moment(due_at)}. Is it still right to send it?"
        return campaigns.hold(campaign=first, because=told, by=by)
    _fix_all(first, now=now, by=by)
    return first


@transaction.atomic
def send_held_week(*, campaign: Campaign, by: User, now: datetime) -> Campaign:
    """Send a weekly mail that was held before anything was fixed, with the words and readers of now."""
    held = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if held.digest_on is None or held.frozen_at is not None or held.state != CampaignState.HELD:
        raise CannotSend("This weekly mail does not wait for an answer any more.")
    if not is_worth_sending(due_at=held.starts_at, now=now):
        raise CannotSend("This weekly mail is a week old, and the next one is due. Take it back.")
    _fix_all(held, now=now, by=by)
    return held


def _fix_all(first: Campaign, *, now: datetime, by: User | None) -> None:
    day = first.digest_on
    assert day is not None
    ledger = _Ledger(first, Week(day=max(day, now.date()), since=told_until(day, now), now=now), now=now)
    write_ledger(ledger.rows())
    for number, campaign in ledger.campaigns.items():
        campaign.candidates = ledger.candidates[number]
        if campaign.deliveries.queued().exists():
            campaigns.set_going(campaign, by=by, digest_on=str(day), segment=campaign.segment)
        else:
            _leave(campaign, now)
    if first.pk not in ledger.campaigns:
        _leave(first, now)
    counts = Counter[str]()
    for campaign in ledger.campaigns.values():
        counts += campaign.deliveries.counts()
    going = counts[DeliveryState.QUEUED]
    record(action="newsletter.weekly", by=by, subject=first, parts=len(ledger.campaigns), queued=going)
    first.refresh_from_db()


def told_until(day: date, now: datetime) -> datetime:
    """The moment up to which the weekly mail before this one told the news; a week ago where there was none, or long ago."""
    before = Campaign.objects.weekly_before(day).first()
    week_ago, month_ago = now - TOLD, now - timedelta(days=28)
    return max(before.frozen_at, month_ago) if before and before.frozen_at else week_ago


def _leave(campaign: Campaign, now: datetime) -> None:
    """Nobody gets this one: it is there as a record, with those who were left out."""
    Campaign.objects.filter(pk=campaign.pk).update(candidates=campaign.candidates)
    if not campaigns.moves(campaign, "stop", held_because=NOTHING_TO_DO, finished_at=now):
        raise CannotSend("Somebody else has just sent it or taken it back. Look again.")


class _Ledger:
    """The rows of a day's weekly mail; a segment's words are made when its first reader is met."""

    def __init__(self, first: Campaign, week: Week, *, now: datetime) -> None:
        self.first, self.week, self.now = first, week, now
        self.campaigns: dict[int, Campaign] = {}
        self.candidates: Counter[int] = Counter()
        self._by_segment: dict[str, Campaign | None] = {}

    def rows(self) -> Iterator[tuple[int, int, Reason | None]]:
        """Sending, reader and the reason to leave them out; readers for whom there is nothing to tell are in none."""
        for reader, topics, reason in weekly_candidates():
            campaign = self._campaign_for(Segment(place=reader.place, topics=topics))
            if campaign is None:
                continue
            self.candidates[campaign.pk] += 1
            yield campaign.pk, reader.number, reason

    def _campaign_for(self, segment: Segment) -> Campaign | None:
        if segment.key not in self._by_segment:
            self._by_segment[segment.key] = self._made_for(segment)
        return self._by_segment[segment.key]

    def _made_for(self, segment: Segment) -> Campaign | None:
        edition = self.week.edition_for(segment)
        if edition is None:
            return None
        is_first = segment.key == EVERYTHING
        campaign = self.first if is_first else Campaign(digest_on=self.first.digest_on, segment=segment.key)
        campaign.created_by = self.first.created_by
        campaigns.put_in_words(campaign, edition, now=self.now, starts_at=self.now + UNDO_FOR)
        self.campaigns[campaign.pk] = campaign
        return campaign
