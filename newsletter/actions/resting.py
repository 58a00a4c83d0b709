"""When the worker looks at a sending again: work in the queue, so that nothing sleeps and nothing is forgotten."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from newsletter.actions import campaigns
from newsletter.models import Campaign
from newsletter.tasks import deliver_campaign
from portal.accounts.models import User
from portal.emails.outcomes import Outcome
from portal.tasks import enqueue_on_commit


@transaction.atomic
def look_again(*, campaign: Campaign, at: datetime, by: User | None = None) -> bool:
    """Leave one look for later; False where another worker has just left one. It is no news, so nothing is written down."""
    due = campaign.next_look_at
    moved = Campaign.objects.filter(pk=campaign.pk, next_look_at=due).update(next_look_at=at)
    if moved:
        campaign.next_look_at = at
        enqueue_on_commit(deliver_campaign.using(run_after=at), campaign_id=campaign.pk)
    return bool(moved)


@transaction.atomic
def go_on(*, campaign: Campaign, at: datetime, by: User | None = None) -> bool:
    """Queue the next slice of a sending, unless one waits already that is due by then: so each worker does at most one slice
    at a time, and however many looks there were, no more than one is waiting. It is no news, so nothing is written down."""
    waiting = DBTaskResult.objects.filter(
        Q(run_after__lte=at) | Q(run_after=get_date_max()),
        task_path=deliver_campaign.module_path,
        status=TaskResultStatus.READY,
        args_kwargs__kwargs__campaign_id=campaign.pk,
    )
    if waiting.exists():
        return False
    enqueue_on_commit(deliver_campaign.using(run_after=at), campaign_id=campaign.pk)
    return True


@transaction.atomic
def rest(*, campaign: Campaign, until: datetime, outcome: Outcome, by: User | None = None) -> Campaign:
    """The mail server is in trouble or asks us to wait: nobody tries before this moment, and after several times a person is
    asked."""
    campaigns.note_trouble(campaign=campaign, code=outcome.code, by=by)
    campaign.refresh_from_db(fields=["next_look_at"])
    look_again(campaign=campaign, at=until)
    return campaign
