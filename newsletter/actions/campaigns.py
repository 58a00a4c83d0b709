"""Sending an issue: freeze it, start, hold, go on, stop, cancel, finish; and a test to oneself and colleagues."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from newsletter.actions import freezing
from newsletter.actions.freezing import CannotSend
from newsletter.models import Campaign, IssuePage
from newsletter.rendering.edition import edition_of
from newsletter.tasks import deliver_campaign, send_test_mail
from newsletter.workflow import (
    DELIVERY_CHANGES,
    LEASE,
    MOST_TROUBLES,
    UNDO_FOR,
    CampaignState,
    Reason,
)
from portal.accounts.models import User
from portal.audit.record import record
from portal.emails.outcomes import trouble_in_words
from portal.tasks import enqueue_on_commit

MOST_COLLEAGUES = 5


@transaction.atomic
def freeze(
    *, issue: IssuePage, by: User, seen_revision: int | None = None, reason: str = "", now: datetime | None = None
) -> Campaign:
    """Fix the words and the readers of an issue and hand it to the worker, which waits half a minute for a "Stop".

    Every confirmed reader gets one ledger row, to send or left out with the reason, and the count is checked before any mail
    goes. `seen_revision` is the revision the editor looked at: when another is live by now, nothing is sent. What the gate
    found blocks it, unless `reason` says why it goes all the same. A sending that was planned, or held before it was frozen,
    is the one that goes.
    """
    now = now or timezone.now()
    issue = IssuePage.objects.select_for_update().get(pk=issue.pk)
    found = freezing.check(issue=issue, seen_revision=seen_revision, reason=reason)
    edition, starts_at = edition_of(issue), now + UNDO_FOR
    campaign = freezing.unfrozen_or_new(issue=issue, starts_at=starts_at)
    also = freezing.let_through(findings=found, reason=reason)
    also |= {"created_by": by, "seen_revision": issue.live_revision_id}
    return freezing.fix(campaign=campaign, edition=edition, now=now, starts_at=starts_at, by=by, **also)


@transaction.atomic
def send_unfrozen(*, campaign: Campaign, by: User, now: datetime | None = None) -> Campaign:
    """Send an issue that was planned, or held before it was fixed, without its screen being looked at again.

    It goes only as it was looked at when it was planned: the same revision, and nothing in the way but what its reason covers.
    """
    issue = IssuePage.objects.select_for_update().filter(pk=campaign.issue_id).first()
    looked_at = Campaign.objects.without_words().select_for_update().get(pk=campaign.pk)
    freezing.check_as_looked_at(campaign=looked_at, issue=issue)
    assert issue is not None
    seen, reason = looked_at.seen_revision or 0, looked_at.override_reason
    return freeze(issue=issue, by=by, seen_revision=seen, reason=reason, now=now)


@transaction.atomic
def stop(*, campaign: Campaign, by: User) -> Campaign:
    """Take a sending back before its first mail, planned, frozen or held; the issue can be sent again later."""
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    if campaign.deliveries.begun().exists() or not _move(campaign, "stop", held_because="", finished_at=timezone.now()):
        raise CannotSend(
            "It is too late to stop: the first mails have gone. You can put it on hold, or cancel the rest."
        )
    _leave_out_the_rest(campaign)
    record(action="newsletter.stop", by=by, subject=campaign)
    return campaign


@transaction.atomic
def hold(*, campaign: Campaign, because: str, by: User | None = None) -> Campaign:
    """Send no further mail until somebody says so; what has gone has gone."""
    if not _move(campaign, "hold", held_because=because[:200]):
        raise CannotSend("This sending is not under way.")
    record(action="newsletter.hold", by=by, subject=campaign, because=because[:200])
    return campaign


@transaction.atomic
def go_on(*, campaign: Campaign, by: User) -> Campaign:
    """Carry on from where the ledger stands; nobody who has a copy gets a second one."""
    if campaign.frozen_at is None:
        raise CannotSend("Nothing is fixed yet. Look at the issue again and send it from there.")
    if not _move(campaign, "go_on", held_because="", troubles=0, next_look_at=None):
        raise CannotSend("This sending is not on hold.")
    record(action="newsletter.go_on", by=by, subject=campaign)
    enqueue_on_commit(deliver_campaign, campaign_id=campaign.pk)
    return campaign


@transaction.atomic
def cancel(*, campaign: Campaign, by: User, now: datetime | None = None) -> Campaign:
    """Send nothing more of it, for good: what has gone has gone, and the rest is left out. It counts as sent.

    A copy that is going over at this moment is left to its worker; a later look clears up after one that died.
    """
    now = now or timezone.now()
    if campaign.frozen_at is None or not _move(campaign, "cancel", finished_at=now, held_because=""):
        raise CannotSend("This sending is not under way, so there is nothing to cancel.")
    _leave_out_the_rest(campaign)
    record(action="newsletter.cancel", by=by, subject=campaign, **freezing.plain(counts=campaign.deliveries.counts()))
    enqueue_on_commit(deliver_campaign.using(run_after=now + 2 * LEASE), campaign_id=campaign.pk)
    return campaign


@transaction.atomic
def clear_up(*, campaign: Campaign, now: datetime, by: User | None = None) -> int:
    """Settle what was going over when a sending was cancelled: put back means left out, fallen silent means uncertain."""
    lost = DELIVERY_CHANGES["doubt"]
    _leave_out_the_rest(campaign)
    return campaign.deliveries.lost(now=now).update(state=lost.after, reason=Reason.LOST)


@transaction.atomic
def start(*, campaign: Campaign, by: User | None = None) -> bool:
    """The worker takes the sending up; False when somebody stopped it or another worker was first."""
    if not _move(campaign, "start"):
        return False
    record(action="newsletter.start", by=by, subject=campaign)
    return True


@transaction.atomic
def finish(*, campaign: Campaign, now: datetime, by: User | None = None) -> bool:
    """Every copy has its answer; False while one has not, or when it was finished before."""
    if campaign.deliveries.unfinished().exists() or not _move(campaign, "finish", finished_at=now):
        return False
    record(action="newsletter.finish", by=by, subject=campaign, **freezing.plain(counts=campaign.deliveries.counts()))
    return True


@transaction.atomic
def note_trouble(*, campaign: Campaign, code: int | None, by: User | None = None) -> Campaign:
    """The mail server did not serve us; after several times in a row the sending waits for a person."""
    Campaign.objects.filter(pk=campaign.pk).update(troubles=F("troubles") + 1)
    campaign.refresh_from_db(fields=["troubles", "state"])
    if campaign.troubles >= MOST_TROUBLES and campaign.state == CampaignState.SENDING:
        hold(campaign=campaign, because=trouble_in_words(code), by=by)
    return campaign


@transaction.atomic
def forget_troubles(*, campaign: Campaign, by: User | None = None) -> Campaign:
    """The mail server serves us again."""
    Campaign.objects.filter(pk=campaign.pk).update(troubles=0)
    campaign.troubles = 0
    return campaign


@transaction.atomic
def ask_for_test(*, issue: IssuePage, by: User, to: Sequence[User] = ()) -> int:
    """Send the issue as it now stands in the editor to oneself and to some colleagues; to how many it goes."""
    if len(to) > MOST_COLLEAGUES:
        raise CannotSend(f"Choose {MOST_COLLEAGUES} colleagues at the most.")
    numbers = dict.fromkeys([by.pk, *(colleague.pk for colleague in to)])
    record(action="newsletter.test", by=by, subject=issue, to=list(numbers))
    for number in numbers:
        enqueue_on_commit(send_test_mail, issue_id=issue.pk, user_id=number)
    return len(numbers)


def _move(campaign: Campaign, name: str, **also: Any) -> bool:
    """Make a change of the table and read the row anew."""
    moved = freezing.moves(campaign=campaign, change=name, **also)
    campaign.refresh_from_db()
    return moved


def _leave_out_the_rest(campaign: Campaign) -> None:
    change = DELIVERY_CHANGES["exclude"]
    still_to_go = campaign.deliveries.queued()
    still_to_go.update(state=change.after, reason=Reason.STOPPED, claimed_by="", claimed_until=None)
