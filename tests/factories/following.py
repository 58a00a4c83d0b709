"""People who follow comments and places for tests, and what waits for the worker; made up, and about nobody."""

from datetime import datetime
from typing import Any

from django_tasks_db.models import DBTaskResult

from engagement.comments.actions.alerting import ask_for_alert, confirm_alert
from engagement.comments.actions.following import ask_to_hear, confirm
from engagement.comments.models import Alert, Follower, PlaceComment
from portal.geo.coordinates import Point
from tests.factories.comments import MONDAY

MIDDLE = Point(54.763, -1.315)


def make_follower(
    comment: PlaceComment, address: str = "ann@example.org", *, is_author: bool = False, is_confirmed: bool = True
) -> Follower:
    """Somebody who asked to hear; the mail that asked them back is not left waiting."""
    follower = ask_to_hear(comment=comment, address=address, is_author=is_author, now=MONDAY)
    forget_work()
    return confirm(follower=follower, now=MONDAY) if is_confirmed else follower


def make_alert(address: str = "ann@example.org", *, is_confirmed: bool = True, **said: Any) -> Alert:
    """Somebody who follows the middle of the village."""
    at: datetime = said.pop("now", MONDAY)
    usual: dict[str, Any] = {"words": "Third Street", "point": MIDDLE, "often": "daily"}
    alert = ask_for_alert(address=address, now=at, **{**usual, **said})
    forget_work()
    return confirm_alert(alert=alert, now=at) if is_confirmed else alert


def waiting_work(name: str) -> list[dict[str, Any]]:
    """What the worker was handed of this kind, oldest first."""
    rows = DBTaskResult.objects.filter(task_path__endswith=f".{name}").order_by("enqueued_at")
    return [row.args_kwargs["kwargs"] for row in rows]


def forget_work() -> None:
    """Nothing waits for the worker any more."""
    DBTaskResult.objects.all().delete()


def link_in(words: object, start: str) -> str:
    """The path of the first link in a mail that starts so."""
    return start + str(words).split(f"http://localhost:8000{start}", 1)[1].split()[0]
