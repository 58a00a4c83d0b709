"""Sending an issue later: plan it, plan it anew, and take it up when its time has come."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from newsletter.actions import campaigns, freezing
from newsletter.actions.freezing import CannotSend
from newsletter.models import Campaign, IssuePage
from newsletter.planning import moment_of_plan
from newsletter.rendering.edition import edition_of
from newsletter.tasks import deliver_campaign
from newsletter.workflow import CampaignState, is_too_late
from portal.accounts.models import User
from portal.audit.record import record
from portal.clock import say_moment
from portal.tasks import enqueue_on_commit


@transaction.atomic
def plan(
    *, issue: IssuePage, at: datetime, by: User, now: datetime, seen_revision: int | None = None, reason: str = ""
) -> Campaign:
    """Have an issue sent at a time to come. Nothing is fixed before then: it goes with the words and readers of that time.

    The revision that was looked at is kept: when another is live by then, the sending waits for a person. Planning again
    moves the time, also of a sending that was held before anything was fixed.
    """
    moment_of_plan(at, now=now)
    issue = IssuePage.objects.select_for_update().get(pk=issue.pk)
    found = freezing.check(issue=issue, seen_revision=seen_revision, reason=reason)
    planned = freezing.unfrozen_or_new(issue=issue, starts_at=at)
    also = freezing.let_through(findings=found, reason=reason)
    also |= {"seen_revision": issue.live_revision_id, "created_by": by, "starts_at": at, "held_because": ""}
    subject = " ".join(issue.title.split())[:255]
    if not freezing.moves(campaign=planned, change="plan", subject=subject, **also):
        raise CannotSend("This issue has been sent already.")
    kinds = [str(one.kind) for one in found]
    record(action="newsletter.plan", by=by, subject=planned, issue=issue.pk, at=say_moment(at), let_through=kinds)
    enqueue_on_commit(deliver_campaign.using(run_after=at), campaign_id=planned.pk)
    return planned


def in_its_way(*, campaign: Campaign, issue: IssuePage | None) -> str:
    """Why a sending of which nothing is fixed yet could not go if its hour were now, with what to do; empty where it could."""
    try:
        freezing.check_as_looked_at(campaign=campaign, issue=issue)
    except CannotSend as refusal:
        return str(refusal)
    return ""


def see_to(*, campaign: Campaign, now: datetime, by: User | None = None) -> None:
    """What the worker does before it sends: take up a plan whose time has come, clear up after a sending that was cancelled."""
    if campaign.state == CampaignState.PLANNED:
        begin_planned(campaign=campaign, now=now, by=by)
    elif campaign.state == CampaignState.CANCELLED:
        campaigns.clear_up(campaign=campaign, now=now, by=by)


def begin_planned(*, campaign: Campaign, now: datetime, by: User | None = None) -> Campaign:
    """The worker fixes a planned sending when its time has come, with the words and readers as they are now.

    When it was missed by more than a quarter of an hour, or when the issue is not as it was when somebody planned it, nothing
    is sent: it goes on hold with the reason and asks. Before its time nothing happens: it was planned anew, and is looked
    at again then.
    """
    if campaign.state != CampaignState.PLANNED or now < campaign.starts_at:
        return campaign
    try:
        _begin(campaign, now=now, by=by)
    except CannotSend as refusal:
        # Somebody may have taken it back in the meantime.
        with suppress(CannotSend):
            campaigns.hold(campaign=campaign, because=str(refusal), by=by)
    campaign.refresh_from_db()
    return campaign


@transaction.atomic
def _begin(campaign: Campaign, *, now: datetime, by: User | None) -> None:
    planned = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if planned.state != CampaignState.PLANNED:
        return
    if is_too_late(due_at=planned.starts_at, now=now):
        raise CannotSend(f"It should have gone at {say_moment(planned.starts_at)}. Is it still right to send it?")
    issue = IssuePage.objects.select_for_update().filter(pk=planned.issue_id).first()
    freezing.check_as_looked_at(campaign=planned, issue=issue)
    assert issue is not None
    edition, starts_at = edition_of(issue), planned.starts_at
    freezing.fix(campaign=planned, edition=edition, now=now, starts_at=starts_at, by=by)
