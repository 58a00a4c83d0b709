"""Carries a sending from where its ledger stands: claims some copies, hands them over a batch at a time, writes down what
became of each.

Killed at any step, the ledger stays true: copies claimed and not begun are sent by the next worker, those of the batch that
was going over become uncertain. Every slice of work leaves a later look in the queue, so a sending goes on after its worker
has died. Nothing here sleeps: whoever has to wait hands itself back to the queue.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from newsletter.actions import campaigns, deliveries, plans, resting
from newsletter.actions.campaigns import CannotSend
from newsletter.actions.deliveries import Begun, Copy
from newsletter.links import links_of_readers
from newsletter.models import Campaign
from newsletter.pace import Pace
from newsletter.sending.batches import hand_over, leave_out, without_silenced, write_down
from newsletter.sending.choice import line_for
from newsletter.sending.merging import FrozenMail
from newsletter.workflow import LEASE, WAITS, CampaignState, is_too_late
from portal.emails.outcomes import Outcome, read_opening_error, trouble_in_words

Clock = Callable[[], datetime]
BATCH = 20
BATCHES_A_CLAIM = 10
BATCHES_A_SLICE = 250
SLICE = timedelta(seconds=30)
LOOK_AGAIN_AFTER: timedelta = 2 * LEASE


def carry_on(campaign_id: int, *, clock: Clock = timezone.now) -> None:
    """Do one slice of a sending, then hand the rest back to the queue so that other work gets its turn."""
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    if campaign is None:
        return
    plans.see_to(campaign=campaign, now=clock())
    if not _may_go(campaign, now=clock()):
        return
    _leave_a_later_look(campaign, now=clock())
    deliveries.give_up_lost(campaign=campaign, now=clock())
    go_on_at = _Slice(campaign, clock=clock).work()
    if go_on_at is None or campaigns.finish(campaign=campaign, now=clock()):
        return
    if campaign.deliveries.claimable(now=clock()).exists():
        resting.go_on(campaign=campaign, at=go_on_at)


def _may_go(campaign: Campaign, *, now: datetime) -> bool:
    """Whether to send at all: not stopped, not on hold, not resting, not so late that a person should be asked first."""
    if campaign.state not in {CampaignState.WAITING, CampaignState.SENDING}:
        return False
    if campaign.troubles and campaign.next_look_at and campaign.next_look_at > now:
        return False
    due_at = campaign.starts_at if campaign.state == CampaignState.WAITING else campaign.next_look_at
    if due_at and is_too_late(due_at=due_at, now=now):
        # An editor may have put it on hold, or cancelled it, a moment ago.
        with suppress(CannotSend):
            campaigns.hold(campaign=campaign, because="It should have gone earlier. Is it still right to send it?")
        return False
    return campaign.state == CampaignState.SENDING or campaigns.start(campaign=campaign)


def _leave_a_later_look(campaign: Campaign, *, now: datetime) -> None:
    """Put one look at this sending into the queue for later; one at a time, however many slices there are."""
    due = campaign.next_look_at
    if due is None or due <= now:
        resting.look_again(campaign=campaign, at=now + LOOK_AGAIN_AFTER)


class _Slice:
    """One helping of work over one line, which is opened for the first copy."""

    def __init__(self, campaign: Campaign, *, clock: Clock) -> None:
        self.campaign, self.clock = campaign, clock
        self.worker = uuid4().hex
        self.pace = Pace(per_minute=settings.MAIL_PER_MINUTE)
        self.line = line_for(FrozenMail(subject=campaign.subject, text=campaign.text, html=campaign.html))
        self.links = links_of_readers()
        self.is_open = self.has_called = False
        self.claimed: list[Copy] = []
        # What became of the last batch, where the ledger does not know it yet.
        self.done: Callable[[], None] | None = None

    def work(self) -> datetime | None:
        """When the next slice may begin; None where there is to be none now: on hold, or the mail server is in trouble."""
        try:
            self._claim()
            go_on_at = self._batches() if not self.claimed or self._opened() else None
            self._write_down_last()
        except Exception:
            with suppress(Exception):
                self._write_down_last()
            deliveries.release(copies=self.claimed, worker=self.worker)
            raise
        finally:
            if self.is_open:
                self.line.close()
        deliveries.release(copies=self.claimed, worker=self.worker)
        return go_on_at

    def _batches(self) -> datetime | None:
        """One batch after the other, for as long as a slice lasts."""
        began = self.clock()
        go_on_at: datetime | None = began
        for _ in range(BATCHES_A_SLICE):
            if self.clock() - began >= SLICE or (begun := self._begin()) is None:
                break
            go_on_at = self._carry(begun) if self.campaign.state == CampaignState.SENDING else None
            if go_on_at is None or go_on_at > self.clock():
                break
        return go_on_at

    def _claim(self) -> None:
        """Some batches ahead, where none is left of the last claim."""
        if self.claimed:
            return
        size = self._size()
        ahead = size if self.campaign.troubles or self.line.at_once > BATCH else size * BATCHES_A_CLAIM
        self.claimed = deliveries.claim(campaign=self.campaign, worker=self.worker, now=self.clock(), size=ahead)

    def _size(self) -> int:
        # While the mail server is in trouble, one copy at a time tries whether it serves us again.
        return 1 if self.campaign.troubles else max(BATCH, self.line.at_once)

    def _begin(self) -> Begun | None:
        """What became of the last batch, and that the next goes over now, in one transaction: one commit a batch, and no moment
        at which the ledger calls two batches under way. None where nothing is left to begin."""
        before = self.claimed
        try:
            with transaction.atomic():
                deliveries.wait_for_turn(pace=self.pace)
                self._tell_the_ledger()
                self._claim()
                begun = self._begun() if self.claimed else None
        except Exception:
            # Nothing of this has happened: what was claimed before is still held, and nothing else.
            self.claimed = before
            raise
        self.done = None
        return begun

    def _begun(self) -> Begun:
        """The next batch of what is claimed, but for who is not to be written to, or does not want it any more."""
        size = self._size()
        copies, self.claimed = self.claimed[:size], self.claimed[size:]
        wanted = without_silenced(copies, worker=self.worker)
        begun = deliveries.begin(copies=wanted, worker=self.worker, now=self.clock(), pace=self.pace)
        self.claimed = begun.no_room + self.claimed
        if begun.turned_away and not self._was_only_unwanted(begun.turned_away):
            deliveries.give_back(copies=begun.copies, worker=self.worker)
        return begun

    def _carry(self, begun: Begun) -> datetime | None:
        """Hand over a batch that has begun; when the next may follow, or None."""
        happened = hand_over(begun.copies, self.line, campaign=self.campaign, clock=self.clock, links=self.links)
        wait = (happened.trouble and happened.trouble.wait) or WAITS[0]
        self.done = partial(write_down, happened, worker=self.worker, now=self.clock(), wait=wait)
        if happened.has_gone and self.campaign.troubles:
            campaigns.forget_troubles(campaign=self.campaign)
        if happened.has_gone and not self.has_called:
            self._call_another_worker()
        if happened.trouble is not None:
            self._write_down_last()
            if happened.is_for_a_person:
                self._ask(happened.trouble)
                return None
            self._rest(wait, happened.trouble)
            return None
        if self.campaign.state != CampaignState.SENDING:
            return None
        if not begun.no_room:
            return self.clock()
        self._write_down_last()
        return deliveries.room_from(pace=self.pace, now=self.clock())

    def _write_down_last(self) -> None:
        """What became of a batch after which no other begins at once."""
        if self.done is not None:
            with transaction.atomic():
                self._tell_the_ledger()
        self.done = None

    def _tell_the_ledger(self) -> None:
        if self.done is not None:
            self.done()

    def _call_another_worker(self) -> None:
        """One that has nothing to do may join in, where the database lets them share; where there is none, this is the next
        slice. Only a slice that has sent something calls, so that where all must wait nobody calls in a circle."""
        self.has_called = True
        if not connection.features.has_select_for_update_skip_locked:
            return
        self._write_down_last()
        if self.campaign.deliveries.claimable(now=self.clock()).exists():
            resting.go_on(campaign=self.campaign, at=self.clock())

    def _opened(self) -> bool:
        try:
            self.line.open()
        except Exception as error:
            self._rest(WAITS[0], read_opening_error(error))
            return False
        self.is_open = True
        return True

    def _rest(self, wait: timedelta, outcome: Outcome) -> None:
        """Leave the mail server alone for a while; nothing to do where an editor has just put all of it on hold."""
        with suppress(CannotSend):
            resting.rest(campaign=self.campaign, until=self.clock() + wait, outcome=outcome)

    def _ask(self, outcome: Outcome) -> None:
        """Put it on hold, with why. Nothing to do where somebody has just done that, or cancelled it."""
        with suppress(CannotSend):
            campaigns.hold(campaign=self.campaign, because=f"It refused everybody. {trouble_in_words(outcome.code)}")

    def _was_only_unwanted(self, copies: list[Copy]) -> bool:
        """Whether the sending still goes on, and these readers alone do not want their copies any more."""
        self.campaign.refresh_from_db(fields=["state"])
        if self.campaign.state != CampaignState.SENDING:
            self.claimed = copies + self.claimed
            return False
        leave_out(copies, worker=self.worker)
        return True
