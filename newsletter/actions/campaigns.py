"""Sending an issue: freeze it, start, hold, go on, stop, cancel, finish; and a test to oneself and colleagues."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from newsletter.actions.copies import write_ledger
from newsletter.audience import candidates, target_of
from newsletter.gate import Finding, findings_of
from newsletter.models import Campaign, IssuePage
from newsletter.rendering.edition import Edition, edition_of
from newsletter.tasks import deliver_campaign, send_test_mail
from newsletter.workflow import (
    CAMPAIGN_CHANGES,
    DELIVERY_CHANGES,
    LEASE,
    MOST_TROUBLES,
    UNDO_FOR,
    CampaignState,
    DeliveryState,
    Reason,
)
from portal.accounts.models import User
from portal.audit.record import record
from portal.emails.outcomes import trouble_in_words
from portal.tasks import enqueue_on_commit

MOST_COLLEAGUES = 5


class CannotSend(Exception):
    """The issue cannot go out, or this sending cannot change so; the words say why and what to do."""


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
    let_through = check(issue, seen_revision=seen_revision, reason=reason)
    campaign = unfrozen_of(issue) or Campaign(issue=issue)
    campaign.created_by, campaign.seen_revision = by, issue.live_revision_id
    note_let_through(campaign, let_through, reason)
    return fix(campaign, edition_of(issue), now=now, starts_at=now + UNDO_FOR, by=by)


def check(issue: IssuePage, *, seen_revision: int | None, reason: str) -> list[Finding]:
    """Refuse an issue that cannot go, in words; else the findings that this reason lets through."""
    if not issue.live:
        raise CannotSend("Publish the issue first, so that the link to the web page works.")
    if seen_revision is not None and issue.live_revision_id != seen_revision:
        raise CannotSend("The issue was changed a moment ago. Look at it again, then send it.")
    if any(not campaign.is_unfrozen for campaign in Campaign.objects.that_count().of_issue(issue).without_words()):
        raise CannotSend("This issue has been sent already.")
    if not issue.body:
        raise CannotSend("There is nothing in this issue yet.")
    blocking = [finding for finding in findings_of(issue) if finding.blocks_sending]
    if blocking and not reason.strip():
        things = "one thing stands" if len(blocking) == 1 else f"{len(blocking)} things stand"
        raise CannotSend(f"Not yet: {things} in the way. Put it right, or say why it goes all the same.")
    return blocking


def note_let_through(campaign: Campaign, findings: Sequence[Finding], reason: str) -> None:
    """Keep with the sending what was let through, and why."""
    campaign.overridden = [{"kind": str(one.kind), "where": one.where, "words": one.words} for one in findings]
    campaign.override_reason = reason.strip()[:300] if findings else ""


def unfrozen_of(issue: IssuePage) -> Campaign | None:
    """The sending of an issue that is planned, or was held before anything was fixed; None where there is none."""
    return Campaign.objects.that_count().of_issue(issue).unfrozen().select_for_update().first()


def fix(campaign: Campaign, edition: Edition, *, now: datetime, starts_at: datetime, by: User | None) -> Campaign:
    """Write the words and the ledger of a sending, check the count, and hand it to the worker."""
    if not edition.parts:
        raise CannotSend("There is nothing in this issue yet.")
    put_in_words(campaign, edition, now=now, starts_at=starts_at)
    number, issue = campaign.pk, campaign.issue
    assert issue is not None
    campaign.candidates = write_ledger((number, reader, why) for reader, why in candidates(target_of(issue)))
    set_going(campaign, by=by, issue=issue.pk, let_through=[str(one["kind"]) for one in campaign.overridden])
    return campaign


def put_in_words(campaign: Campaign, edition: Edition, *, now: datetime, starts_at: datetime) -> None:
    """Fix the words of a sending, new or planned; it waits for its start from now on."""
    if campaign.pk and not moves(campaign, "freeze"):
        raise CannotSend("Somebody else has just sent it or taken it back. Look again.")
    campaign.state = CampaignState.WAITING
    campaign.subject, campaign.html, campaign.text = edition.subject[:255], edition.html, edition.text
    campaign.parts = edition.parts_as_data
    campaign.frozen_at, campaign.starts_at = now, starts_at
    campaign.held_because, campaign.next_look_at, campaign.troubles = "", None, 0
    campaign.save()


def set_going(campaign: Campaign, *, by: User | None, **detail: int | str | list[str]) -> None:
    """Check that the ledger adds up and has somebody to write to, then hand the sending to the worker."""
    Campaign.objects.filter(pk=campaign.pk).update(candidates=campaign.candidates)
    counts = campaign.deliveries.counts()
    if sum(counts.values()) != campaign.candidates:
        raise CannotSend("The list of readers does not add up, so nothing was sent. Try again.")
    if not counts[DeliveryState.QUEUED]:
        raise CannotSend("Nobody would get it: there are no readers for it yet.")
    record(action="newsletter.freeze", by=by, subject=campaign, **detail, **_plain(counts))
    enqueue_on_commit(deliver_campaign.using(run_after=campaign.starts_at), campaign_id=campaign.pk)


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
    record(action="newsletter.cancel", by=by, subject=campaign, **_plain(campaign.deliveries.counts()))
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
    record(action="newsletter.finish", by=by, subject=campaign, **_plain(campaign.deliveries.counts()))
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
    moved = moves(campaign, name, **also)
    campaign.refresh_from_db()
    return moved


def moves(campaign: Campaign, name: str, **also: Any) -> bool:
    """Make a change of the table when the row is in a state it may start from; nobody else's change is overwritten."""
    change = CAMPAIGN_CHANGES[name]
    return bool(Campaign.objects.filter(pk=campaign.pk, state__in=change.before).update(state=change.after, **also))


def _leave_out_the_rest(campaign: Campaign) -> None:
    change = DELIVERY_CHANGES["exclude"]
    still_to_go = campaign.deliveries.queued()
    still_to_go.update(state=change.after, reason=Reason.STOPPED, claimed_by="", claimed_until=None)


def _plain(counts: dict[str, int]) -> dict[str, int]:
    return {str(state): how_many for state, how_many in counts.items()}
