"""What this partnership promised, as its settings say: how soon somebody hears from us, and how long one worker may read."""

from datetime import datetime, timedelta

from django.conf import settings

from selfreferral.deadlines import due_at


def first_contact_due(since: datetime, *, is_urgent: bool) -> datetime:
    """By when somebody must have talked with us; sooner where a person here decided that it cannot wait."""
    days = settings.URGENT_CONTACT_DAYS if is_urgent else settings.FIRST_CONTACT_DAYS
    return due_at(since, working_days=days)


def lease_from(now: datetime) -> datetime:
    """Until when a referral that was picked up to read is kept for whoever did."""
    return now + timedelta(minutes=settings.READING_MINUTES)
