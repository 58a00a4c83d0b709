"""People who asked to hear when a session is off, and the worker's moment for second thoughts; made up."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from engagement.directory.actions.listening import ask_to_hear, confirm_listener
from engagement.directory.models import Activity, Listener
from tests.factories.following import forget_work


def make_listener(
    activity: Activity, address: str = "ann@example.org", *, is_confirmed: bool = True, now: datetime | None = None
) -> Listener:
    """Somebody who asked; the mail that asked them back is not left waiting."""
    listener = ask_to_hear(activity=activity, address=address, now=now)
    forget_work()
    return confirm_listener(listener=listener, now=now) if is_confirmed else listener


def let_minutes_pass() -> None:
    """What waits a while for the worker is due now."""
    DBTaskResult.objects.filter(run_after__gt=timezone.now()).update(run_after=timezone.now() - timedelta(seconds=1))
