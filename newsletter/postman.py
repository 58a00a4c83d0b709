"""Carries a sending from where its ledger stands: claims a few copies, hands each over, writes down what became of it.

Killed at any step, the ledger stays true: a copy claimed and not begun is sent by the next worker, one that was going over
becomes uncertain. Every slice of work leaves a later look in the queue, so a sending goes on after its worker has died.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.mail import get_connection
from django.utils import timezone

from newsletter.actions import campaigns, deliveries
from newsletter.links import headers_for, leave_path, preferences_path
from newsletter.models import Campaign, Delivery
from newsletter.rendering.edition import LEAVE_MARK, PREFERENCES_MARK, with_links
from newsletter.tasks import deliver_campaign
from newsletter.workflow import LEASE, WAITS, CampaignState, Reason, is_too_late
from portal.emails.links import absolute
from portal.emails.outcomes import Outcome, Verdict, read_error, read_opening_error
from portal.emails.sending import send_written
from portal.tasks import enqueue_on_commit

Clock = Callable[[], datetime]
BATCH = 20
BATCHES_A_SLICE = 10
LOOK_AGAIN_AFTER: timedelta = 2 * LEASE


def carry_on(campaign_id: int, *, clock: Clock = timezone.now) -> None:
    """Do one slice of a sending, then hand the rest back to the queue so that other work gets its turn."""
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    if campaign is None or not _may_go(campaign, now=clock()):
        return
    _leave_a_later_look(campaign, now=clock())
    deliveries.give_up_lost(campaign=campaign, now=clock())
    for _ in range(BATCHES_A_SLICE):
        worker = uuid4().hex
        copies = deliveries.claim(campaign=campaign, worker=worker, now=clock(), size=BATCH)
        if not copies:
            break
        is_well = _carry(campaign, copies, clock=clock)
        deliveries.release(copies=copies, worker=worker)
        if not is_well:
            return
    if not campaigns.finish(campaign=campaign, now=clock()) and campaign.deliveries.claimable(now=clock()).exists():
        enqueue_on_commit(deliver_campaign, campaign_id=campaign.pk)


def _may_go(campaign: Campaign, *, now: datetime) -> bool:
    """Whether to send at all: not stopped, not on hold, not so late that a person should be asked first."""
    if campaign.state not in {CampaignState.WAITING, CampaignState.SENDING}:
        return False
    due_at = campaign.starts_at if campaign.state == CampaignState.WAITING else campaign.next_look_at
    if due_at and is_too_late(due_at=due_at, now=now):
        campaigns.hold(campaign=campaign, because="It should have gone earlier. Is it still right to send it?")
        return False
    return campaign.state == CampaignState.SENDING or campaigns.start(campaign=campaign)


def _leave_a_later_look(campaign: Campaign, *, now: datetime) -> None:
    """Put one look at this sending into the queue for later; one at a time, however many slices there are."""
    due = campaign.next_look_at
    if due is not None and due > now:
        return
    after = now + LOOK_AGAIN_AFTER
    if Campaign.objects.filter(pk=campaign.pk, next_look_at=due).update(next_look_at=after):
        enqueue_on_commit(deliver_campaign.using(run_after=after), campaign_id=campaign.pk)


def _carry(campaign: Campaign, copies: list[Delivery], *, clock: Clock) -> bool:
    """Hand these copies over on one open line; False when the mail server is in trouble or the sending was put on hold."""
    try:
        line = get_connection()
        line.open()
    except Exception as error:
        campaigns.note_trouble(campaign=campaign, code=read_opening_error(error).code)
        return False
    try:
        return all(_hand_over(campaign, copy, line, clock=clock) for copy in copies)
    finally:
        line.close()


def _hand_over(campaign: Campaign, copy: Delivery, line: Any, *, clock: Clock) -> bool:
    """Send one copy and write down what became of it; False when no other should be tried now."""
    mail = written_for(campaign, copy)
    if not deliveries.begin(delivery=copy, now=clock()):
        return _was_not_to_go(campaign, copy)
    try:
        went = send_written(**mail, connection=line)
    except Exception as error:
        return _write_down(campaign, copy, read_error(error), line, now=clock())
    if not went:
        deliveries.exclude(delivery=copy, reason=Reason.SUPPRESSED)
        return True
    deliveries.submit(delivery=copy, now=clock())
    if campaign.troubles:
        campaigns.forget_troubles(campaign=campaign)
    return True


def _was_not_to_go(campaign: Campaign, copy: Delivery) -> bool:
    campaign.refresh_from_db(fields=["state"])
    if campaign.state != CampaignState.SENDING:
        return False
    reader = copy.subscriber
    if reader is not None:
        reader.refresh_from_db()
    is_pause = reader is not None and reader.left_at is None
    deliveries.exclude(delivery=copy, reason=Reason.PAUSED if is_pause else Reason.LEFT)
    return True


def _write_down(campaign: Campaign, copy: Delivery, outcome: Outcome, line: Any, *, now: datetime) -> bool:
    if outcome.verdict == Verdict.FAILED:
        deliveries.fail(delivery=copy, reason=Reason.REFUSED, code=outcome.code)
    elif outcome.verdict == Verdict.TRY_AGAIN:
        deliveries.try_again(delivery=copy, now=now, code=outcome.code)
    elif outcome.verdict == Verdict.SERVER_TROUBLE:
        deliveries.put_back(delivery=copy, not_before=now + WAITS[0], code=outcome.code)
        campaigns.note_trouble(campaign=campaign, code=outcome.code)
        return False
    else:
        deliveries.doubt(delivery=copy, reason=Reason.CUT_OFF, code=outcome.code)
        return _is_open_again(campaign, line)
    return True


def _is_open_again(campaign: Campaign, line: Any) -> bool:
    """A line that was cut is opened afresh, so that the next reader's copy does not fall into the same hole."""
    try:
        line.close()
        line.open()
    except Exception as error:
        campaigns.note_trouble(campaign=campaign, code=read_opening_error(error).code)
        return False
    return True


def written_for(campaign: Campaign, copy: Delivery) -> dict[str, Any]:
    """The frozen words with this reader's own links and headers."""
    reader = copy.subscriber
    if reader is None:
        return {}
    links = {LEAVE_MARK: absolute(leave_path(reader.pk)), PREFERENCES_MARK: absolute(preferences_path(reader.pk))}
    return {
        "to": reader.email,
        "subject": campaign.subject,
        "html": with_links(campaign.html, links),
        "text": with_links(campaign.text, links),
        "headers": headers_for(subscriber_id=reader.pk, message_id=copy.message_id),
    }
