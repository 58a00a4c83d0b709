"""Sending an issue: freeze it, start, hold, go on, stop, finish; and a test to oneself."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from newsletter.audience import CHUNK, candidates
from newsletter.links import new_message_id
from newsletter.models import Campaign, Delivery, IssuePage
from newsletter.rendering.edition import edition_of
from newsletter.tasks import deliver_campaign, send_test_mail
from newsletter.workflow import (
    CAMPAIGN_CHANGES,
    DELIVERY_CHANGES,
    MOST_TROUBLES,
    UNDO_FOR,
    CampaignState,
    DeliveryState,
    Reason,
)
from portal.accounts.models import User
from portal.audit.record import record
from portal.tasks import enqueue_on_commit


class CannotSend(Exception):
    """The issue cannot go out, or this sending cannot change so; the words say why and what to do."""


@transaction.atomic
def freeze(*, issue: IssuePage, by: User, seen_revision: int | None = None, now: datetime | None = None) -> Campaign:
    """Fix the words and the readers of an issue and hand it to the worker, which waits half a minute for a "Stop".

    Every confirmed reader gets one ledger row, to send or left out with the reason, and the count is checked before any mail
    goes. `seen_revision` is the revision the editor looked at: when another is live by now, nothing is sent.
    """
    now = now or timezone.now()
    issue = IssuePage.objects.select_for_update().get(pk=issue.pk)
    edition = edition_of(issue)
    if not issue.live:
        raise CannotSend("Publish the issue first, so that the link to the web page works.")
    if seen_revision is not None and issue.live_revision_id != seen_revision:
        raise CannotSend("The issue was changed a moment ago. Look at it again, then send it.")
    if Campaign.objects.that_count().of_issue(issue).exists():
        raise CannotSend("This issue has been sent already.")
    if not edition.parts:
        raise CannotSend("There is nothing in this issue yet.")
    campaign = Campaign.objects.create(
        issue=issue,
        state=CampaignState.WAITING,
        subject=edition.subject,
        html=edition.html,
        text=edition.text,
        parts=edition.parts_as_data,
        candidates=0,
        created_by=by,
        frozen_at=now,
        starts_at=now + UNDO_FOR,
    )
    campaign.candidates = _write_ledger(campaign)
    Campaign.objects.filter(pk=campaign.pk).update(candidates=campaign.candidates)
    counts = campaign.deliveries.counts()
    if counts[DeliveryState.QUEUED] + counts[DeliveryState.EXCLUDED] != campaign.candidates:
        raise CannotSend("The list of readers does not add up, so nothing was sent. Try again.")
    if not counts[DeliveryState.QUEUED]:
        raise CannotSend("Nobody would get it: there are no readers yet.")
    record(action="newsletter.freeze", by=by, subject=campaign, issue=issue.pk, **_plain(counts))
    enqueue_on_commit(deliver_campaign.using(run_after=campaign.starts_at), campaign_id=campaign.pk)
    return campaign


@transaction.atomic
def stop(*, campaign: Campaign, by: User) -> Campaign:
    """Take a sending back before its first mail; the issue can be sent again later."""
    if not _move(campaign, "stop"):
        raise CannotSend("It is too late to stop: the first mails have gone. You can put it on hold.")
    change = DELIVERY_CHANGES["exclude"]
    campaign.deliveries.unfinished().update(state=change.after, reason=Reason.STOPPED)
    record(action="newsletter.stop", by=by, subject=campaign)
    return campaign


@transaction.atomic
def hold(*, campaign: Campaign, because: str, by: User | None = None) -> Campaign:
    """Send no further mail until somebody says so; what has gone has gone."""
    if not _move(campaign, "hold", held_because=because):
        raise CannotSend("This sending is not under way.")
    record(action="newsletter.hold", by=by, subject=campaign, because=because)
    return campaign


@transaction.atomic
def go_on(*, campaign: Campaign, by: User) -> Campaign:
    """Carry on from where the ledger stands; nobody who has a copy gets a second one."""
    if not _move(campaign, "go_on", held_because="", troubles=0, next_look_at=None):
        raise CannotSend("This sending is not on hold.")
    record(action="newsletter.go_on", by=by, subject=campaign)
    enqueue_on_commit(deliver_campaign, campaign_id=campaign.pk)
    return campaign


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
        answer = f" It answers {code}." if code else ""
        hold(campaign=campaign, because=f"The mail server does not take our mail.{answer}", by=by)
    return campaign


@transaction.atomic
def forget_troubles(*, campaign: Campaign, by: User | None = None) -> Campaign:
    """The mail server serves us again."""
    Campaign.objects.filter(pk=campaign.pk).update(troubles=0)
    campaign.troubles = 0
    return campaign


@transaction.atomic
def ask_for_test(*, issue: IssuePage, by: User) -> None:
    """Send the issue as it now stands in the editor to oneself."""
    record(action="newsletter.test", by=by, subject=issue)
    enqueue_on_commit(send_test_mail, issue_id=issue.pk, user_id=by.pk)


def _move(campaign: Campaign, name: str, **also: Any) -> bool:
    """Make a change of the table when the row is in a state it may start from; nobody else's change is overwritten."""
    change = CAMPAIGN_CHANGES[name]
    moved = Campaign.objects.filter(pk=campaign.pk, state__in=change.before).update(state=change.after, **also)
    campaign.refresh_from_db()
    return bool(moved)


def _write_ledger(campaign: Campaign) -> int:
    rows, count = _rows(campaign), 0
    while helping := list(islice(rows, CHUNK)):
        count += len(Delivery.objects.bulk_create(helping))
    return count


def _rows(campaign: Campaign) -> Iterator[Delivery]:
    for subscriber_id, reason in candidates():
        yield Delivery(
            campaign=campaign,
            subscriber_id=subscriber_id,
            message_id=new_message_id(),
            state=DeliveryState.EXCLUDED if reason else DeliveryState.QUEUED,
            reason=reason or "",
        )


def _plain(counts: dict[str, int]) -> dict[str, int]:
    return {str(state): how_many for state, how_many in counts.items()}
