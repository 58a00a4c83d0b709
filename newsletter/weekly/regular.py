"""Work of the newspaper that comes again: look whether the weekly mail is due, and take up sendings that nobody looks at."""

from datetime import timedelta

from newsletter.models.settings import newspaper_settings
from portal import clock
from portal.tasks import regularly, task

EVERY = timedelta(minutes=5)


@task()
def look_for_weekly_mail() -> None:
    """Send the weekly mail when it is due and switched on; doing it again changes nothing."""
    from newsletter.actions.weekly import see_to_week
    from newsletter.weekly.due import is_to_be_seen_to, last_due

    chosen, now = newspaper_settings(), clock.now()
    due_at = last_due(weekday=chosen.weekly_day, hour=chosen.weekly_hour, now=now)
    if chosen.sends_weekly and is_to_be_seen_to(due_at=due_at, now=now):
        see_to_week(due_at=due_at, now=now)


@task()
def take_up_what_is_due() -> None:
    """Hand over plans and sendings whose time has come: a worker that died may have taken their only task with it."""
    from newsletter.models import Campaign
    from newsletter.tasks import deliver_campaign

    for campaign in Campaign.objects.overdue(now=clock.now()).without_words():
        deliver_campaign.enqueue(campaign_id=campaign.pk)


regularly(look_for_weekly_mail, name="newsletter.weekly_mail", every=EVERY)
regularly(take_up_what_is_due, name="newsletter.take_up_what_is_due", every=EVERY)
