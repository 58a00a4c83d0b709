"""What has to happen every night: a backup, and clearing out what is kept no longer."""

from datetime import datetime, timedelta

from django.conf import settings

from portal.operations.health.figure import Figure, ago, size
from portal.operations.models import BackupRun
from portal.privacy.models import Certificate
from portal.privacy.periods import periods

OLDEST = timedelta(hours=30)


def backup(now: datetime) -> Figure:
    last, whole = BackupRun.objects.last(), BackupRun.objects.last_whole()
    if whole is None and last is None and settings.IS_DEMO_ALLOWED:
        return Figure(is_well=None, says="None yet; on a machine like this nobody needs one.")
    if whole is None:
        says = last.trouble if last else "There was never one."
        return Figure(
            is_well=False, says=says, todo="Read “Backups” in docs/running.md and switch on the nightly timer."
        )
    numbers = {"backup_age_seconds": (now - whole.began_at).total_seconds(), "backup_bytes": float(whole.size)}
    says = f"{_begun(ago(now - whole.began_at))}, {size(whole.size)}."
    if last is not None and not last.is_whole:
        return Figure(is_well=False, says=f"{says} The last try: {last.trouble}", todo=_LOOK, numbers=numbers)
    is_well = whole.began_at >= now - OLDEST
    return Figure(is_well=is_well, says=says, todo="" if is_well else _LOOK, numbers=numbers)


_LOOK = "On the server: systemctl status together-backup.timer together-backup.service."


def _begun(words: str) -> str:
    """As the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def purge(now: datetime) -> Figure:
    # What is kept for hours goes every hour; it says nothing about the round of the night.
    of_the_night = [period.name for period in periods() if not period.is_short]
    last = Certificate.objects.sealed().about_any(of_the_night).order_by("-ended_at").first()
    if last is None or last.ended_at is None:
        # A site of today has not had its first night.
        return Figure(is_well=None, says="Not yet; it comes every night.")
    numbers = {"purge_age_seconds": (now - last.ended_at).total_seconds()}
    says = f"{_begun(ago(now - last.ended_at))}."
    if not last.is_whole:
        return Figure(is_well=False, says=f"{says} It did not come to its end.", todo=_AGAIN, numbers=numbers)
    is_well = last.ended_at >= now - OLDEST
    return Figure(is_well=is_well, says=says, todo="" if is_well else _AGAIN, numbers=numbers)


_AGAIN = "Run purge_expired on the server and read what it says."
