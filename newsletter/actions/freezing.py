"""The steps by which a sending is fixed, shared by the actions that send now, later and weekly; each within their transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from newsletter.actions.copies import write_ledger
from newsletter.audience import candidates, target_of
from newsletter.gate import Finding, findings_of
from newsletter.models import Campaign, IssuePage
from newsletter.rendering.edition import Edition
from newsletter.tasks import deliver_campaign, set_newspaper
from newsletter.workflow import CAMPAIGN_CHANGES, CampaignState, DeliveryState
from portal.accounts.models import User
from portal.audit.record import record
from portal.tasks import enqueue_on_commit


class CannotSend(Exception):
    """The issue cannot go out, or this sending cannot change so; the words say why and what to do."""


def check(*, issue: IssuePage, seen_revision: int | None, reason: str) -> list[Finding]:
    """Refuse an issue that cannot go, in words; else the findings that this reason lets through.

    `seen_revision` None is said by whoever did not look at a screen; a screen of an issue without revisions says 0.
    """
    if not issue.live:
        raise CannotSend("Publish the issue first, so that the link to the web page works.")
    if seen_revision is not None and (issue.live_revision_id or 0) != seen_revision:
        raise CannotSend("The issue was changed a moment ago. Look at it again, then send it.")
    if any(not campaign.is_unfrozen for campaign in Campaign.objects.that_count().of_issue(issue).without_words()):
        raise CannotSend("This issue has been sent already.")
    if not issue.body:
        raise CannotSend("There is nothing in this issue yet.")
    blocking = in_the_way(issue=issue)
    if blocking and not reason.strip():
        things = "one thing stands" if len(blocking) == 1 else f"{len(blocking)} things stand"
        raise CannotSend(f"Not yet: {things} in the way. Put it right, or say why it goes all the same.")
    return blocking


def in_the_way(*, issue: IssuePage) -> list[Finding]:
    """What the gate finds that blocks a sending."""
    return [finding for finding in findings_of(issue) if finding.blocks_sending]


def check_as_looked_at(*, campaign: Campaign, issue: IssuePage | None) -> None:
    """Refuse a sending that was planned, or held before it was fixed, where its issue is not as somebody looked at it then."""
    if issue is None:
        raise CannotSend("The issue was deleted after this was planned, so there is nothing to send. Take this back.")
    if not issue.live:
        raise CannotSend(
            "The issue was taken off the website after this was planned. Publish it again, or take this back."
        )
    if (issue.live_revision_id or 0) != (campaign.seen_revision or 0):
        raise CannotSend("The issue was changed after this was planned. Look at it, then send it or plan it again.")
    if not issue.body:
        raise CannotSend("There is nothing in this issue any more. Write it, or take this back.")
    check_nothing_new(campaign=campaign, issue=issue)


def check_nothing_new(*, campaign: Campaign, issue: IssuePage) -> None:
    """Refuse when something stands in the way for which nobody gave a reason: a reason covers only what it was given for."""
    known = {(one["kind"], one["where"]) for one in campaign.overridden}
    new = [one for one in in_the_way(issue=issue) if (str(one.kind), one.where) not in known]
    if new:
        told = f"Something stands in the way that was not there before: {new[0].words}"
        raise CannotSend(f"{told} Look at the issue again.")


def let_through(*, findings: Sequence[Finding], reason: str) -> dict[str, Any]:
    """What is kept with the sending of what was let through, and why."""
    return {
        "overridden": [{"kind": str(one.kind), "where": one.where, "words": one.words} for one in findings],
        "override_reason": reason.strip()[:300] if findings else "",
    }


def unfrozen_or_new(*, issue: IssuePage, starts_at: datetime) -> Campaign:
    """The sending of an issue of which nothing is fixed yet, planned or held; a new one, planned, where there is none."""
    found = Campaign.objects.that_count().of_issue(issue).unfrozen().select_for_update().first()
    return found or Campaign.objects.create(issue=issue, state=CampaignState.PLANNED, starts_at=starts_at)


def fix(
    *, campaign: Campaign, edition: Edition, now: datetime, starts_at: datetime, by: User | None, **also: Any
) -> Campaign:
    """Write the words and the ledger of a sending, check the count, and hand it to the worker."""
    if not edition.parts:
        raise CannotSend("There is nothing in this issue yet.")
    put_in_words(campaign=campaign, edition=edition, now=now, starts_at=starts_at, **also)
    number, issue = campaign.pk, campaign.issue
    assert issue is not None
    campaign.candidates = write_ledger((number, reader, why) for reader, why in candidates(target_of(issue)))
    counts, through = campaign.deliveries.counts(), [str(one["kind"]) for one in campaign.overridden]
    set_going(campaign=campaign, counts=counts, by=by, issue=issue.pk, let_through=through)
    # What is live on the pages stands still from now on, so the paper is set anew.
    enqueue_on_commit(set_newspaper, issue_id=issue.pk)
    return campaign


def put_in_words(*, campaign: Campaign, edition: Edition, now: datetime, starts_at: datetime, **also: Any) -> None:
    """Fix the words of a sending; it waits for its start from now on."""
    words = {"subject": edition.subject[:255], "html": edition.html, "text": edition.text}
    times = {"frozen_at": now, "starts_at": starts_at, "next_look_at": None}
    fresh = {"parts": edition.parts_as_data, "held_because": "", "troubles": 0}
    if not moves(campaign=campaign, change="freeze", **words, **times, **fresh, **also):
        raise CannotSend("Somebody else has just sent it or taken it back. Look again.")


def set_going(*, campaign: Campaign, counts: dict[str, int], by: User | None, **detail: int | str | list[str]) -> None:
    """Check that the ledger adds up and has somebody to write to, then hand the sending to the worker."""
    Campaign.objects.filter(pk=campaign.pk).update(candidates=campaign.candidates)
    if sum(counts.values()) != campaign.candidates:
        raise CannotSend("The list of readers does not add up, so nothing was sent. Try again.")
    if not counts.get(DeliveryState.QUEUED):
        raise CannotSend("Nobody would get it: there are no readers for it yet.")
    record(action="newsletter.freeze", by=by, subject=campaign, **detail, **plain(counts=counts))
    enqueue_on_commit(deliver_campaign.using(run_after=campaign.starts_at), campaign_id=campaign.pk)


def moves(*, campaign: Campaign, change: str, **also: Any) -> bool:
    """Make a change of the table when the row is in a state it may start from; nobody else's change is overwritten."""
    allowed = CAMPAIGN_CHANGES[change]
    fields = {"state": allowed.after, **also}
    if not Campaign.objects.filter(pk=campaign.pk, state__in=allowed.before).update(**fields):
        return False
    for name, value in fields.items():
        setattr(campaign, name, value)
    return True


def plain(*, counts: dict[str, int]) -> dict[str, int]:
    """Counts by state as the history keeps them."""
    return {str(state): how_many for state, how_many in counts.items()}
