"""When the weekly mail is due."""

from datetime import datetime, time, timedelta

from portal.clock import LONDON, at

# Longer ago, the next one is near, and nobody need be asked about the last.
ASKED_ABOUT_FOR = timedelta(days=3)
TOLD = timedelta(days=7)


def last_due(*, weekday: int, hour: int, now: datetime) -> datetime:
    """The last moment, now or before, at which the weekly mail was to go; Monday is 0."""
    today = now.astimezone(LONDON).date()
    days = (today - timedelta(days=back) for back in range(8))
    moments = (at(day, time(hour)) for day in days if day.weekday() == weekday)
    return next(moment for moment in moments if moment <= now)


def is_to_be_seen_to(*, due_at: datetime, now: datetime) -> bool:
    """Whether that mail is still of interest: to be sent, or to be asked about."""
    return now - due_at <= ASKED_ABOUT_FOR


def is_worth_sending(*, due_at: datetime, now: datetime) -> bool:
    """Whether a mail that waited for an answer may still go, or the next one is due by now."""
    return now - due_at < TOLD
