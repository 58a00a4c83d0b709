"""The demo's face-to-face session: an example that never took place, with its paper written up and its promises."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from engagement.comments.actions.entering import take_rows
from engagement.comments.actions.moderating import decide
from engagement.comments.actions.sessions import keep_promise, plan_session, promise
from engagement.comments.map.bounds import Bounds
from engagement.comments.models import Consultation, EngagementEvent
from engagement.comments.sessions.paper.grid import fit
from portal.accounts.models import User
from portal.demo.source import facts
from portal.geo.models import Area


def load_session(*, coordinator: User, now: datetime) -> None:
    """The session, once; what was loaded before stays as staff have left it."""
    content = facts("session")
    if EngagementEvent.objects.filter(is_example=True, name=content["session"]["name"]).exists():
        return
    today = timezone.localdate(now)
    said: dict[str, Any] = dict(content["session"])
    home = Area.objects.home().first()
    assert home is not None, "the ground of the demo is loaded before its session"
    session = plan_session(
        by=coordinator,
        consultation=Consultation.objects.standing(),
        held_on=today - timedelta(days=said.pop("days_ago")),
        starts_at=time.fromisoformat(said.pop("starts_at")),
        bounds=fit(Bounds(home.west, home.south, home.east, home.north)),
        is_example=True,
        now=now,
        **said,
    )
    rows = [(line, {**row, "number": str(row["number"])}) for line, row in enumerate(content["entries"], start=1)]
    take_rows(event=session, typed=rows, by=coordinator, now=now)
    comments = {comment.sticker: comment for comment in session.said()}
    for row in content["entries"]:
        if row["status"] == "published":
            decide(comment=comments[str(row["number"])], change="publish", by=coordinator, now=now)
    for row in content["promises"]:
        made = promise(
            event=session,
            words=row["words"],
            to_whom=row["to_whom"],
            due_on=today + timedelta(days=row["due_in_days"]),
            by=coordinator,
        )
        if row["is_kept"]:
            keep_promise(promise=made, by=coordinator, now=now)
