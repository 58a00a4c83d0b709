"""When an entry is asked about: at 28, 45, 60 and 90 days without a check, and never twice a week at one address."""

from datetime import datetime, timedelta

from engagement.directory.models.checking import OFF_THE_LIST_AFTER, REMIND_AFTER, STALE_AFTER

AGAIN_AFTER = timedelta(days=45)
ASKED_AFTER = (REMIND_AFTER, AGAIN_AFTER, STALE_AFTER, OFF_THE_LIST_AFTER)
A_WEEK = timedelta(days=7)


def is_to_ask(sure_since: datetime, asked_at: datetime | None, now: datetime) -> bool:
    """Whether the latest of the four moments that is past has gone by without a mail.

    After the fourth, at 90 days, nobody is written to any more: somebody of the team rings.
    """
    passed = [sure_since + after for after in ASKED_AFTER if sure_since + after <= now]
    return bool(passed) and (asked_at is None or asked_at < passed[-1])


def may_write(asked_at: datetime | None, now: datetime) -> bool:
    """Whether a week has gone by since this address was last asked."""
    return asked_at is None or asked_at <= now - A_WEEK
