"""The demo's comments: forty examples about nobody, some published, answered and acted on, some still waiting."""

from datetime import date, datetime, timedelta
from typing import Any

from engagement.comments.actions.acting import publish_action, record_action, tell_more
from engagement.comments.actions.answering import respond
from engagement.comments.actions.leaving import leave_comment
from engagement.comments.actions.moderating import decide
from engagement.comments.models import Consultation, PlaceComment, Theme
from engagement.comments.workflow import Status
from portal.accounts.models import User
from portal.demo.drawings import street_corner
from portal.demo.source import facts
from portal.geo.models import NamedPlace

CHANGE_TO = {"published": "publish", "declined": "decline", "held": "hold"}


def load_comments(*, coordinator: User, now: datetime) -> None:
    """Themes, comments and actions; what was loaded before stays as staff have left it."""
    content = facts("comments")
    for position, row in enumerate(content["themes"], start=1):
        Theme.objects.get_or_create(slug=row["slug"], defaults={"name": row["name"], "position": position})
    themes = Theme.objects.in_bulk(field_name="slug")
    places = NamedPlace.objects.in_bulk(field_name="slug")
    consultation = Consultation.objects.standing()
    by_action: dict[str, list[PlaceComment]] = {}
    for row in content["comments"]:
        sent_at = now - timedelta(days=row["days_ago"])
        comment = leave_comment(
            consultation=consultation,
            words=row["words"],
            feeling=row["feeling"],
            theme=themes[row["theme"]],
            author_name=row["name"],
            is_name_shown=True,
            is_example=row["is_example"],
            source_key=f"demo:{row['key']}",
            now=sent_at,
            **_where(row["where"], places),
        )
        is_new = not comment.decisions.filter(decided_by=coordinator).exists()
        if is_new:
            _settle(comment, row, coordinator=coordinator, sent_at=sent_at, now=now)
        if row["action"] and is_new:
            by_action.setdefault(row["action"], []).append(comment)
    for action in content["actions"]:
        if action["key"] in by_action:
            _act(action, by_action[action["key"]], coordinator=coordinator, now=now)


def _where(where: dict[str, str], places: dict[str, NamedPlace]) -> dict[str, Any]:
    """The way in which an example says where it is."""
    kind, value = where["kind"], where["value"]
    if kind == "place":
        return {"named_place": places[value]}
    return {"postcode": value} if kind == "postcode" else {"where_words": value}


def _settle(comment: PlaceComment, row: dict[str, Any], *, coordinator: User, sent_at: datetime, now: datetime) -> None:
    change = CHANGE_TO.get(row["status"])
    if change is None or comment.status == row["status"]:
        return
    decided_at = min(sent_at + timedelta(hours=20), now)
    decide(
        comment=comment,
        change=change,
        by=coordinator,
        reason=row["reason"] or "",
        note=row["note"] or "",
        now=decided_at,
    )
    if row["response"] and row["status"] == Status.PUBLISHED:
        answered_at = now - timedelta(days=row["response"]["days_ago"])
        respond(comment=comment, words=row["response"]["words"], by=coordinator, now=answered_at)


def _act(row: dict[str, Any], comments: list[PlaceComment], *, coordinator: User, now: datetime) -> None:
    """What was said of an action from the first time to the last, each time on its own day."""
    story = [*row["earlier"], row]
    first, at = story[0], _ago(story[0], now)
    action = record_action(
        title=row["title"],
        words=first["words"],
        status=first["status"],
        comments=comments,
        by=coordinator,
        done_on=_done_on(first, at),
        owner=row["owner"],
        belongs_to=row["belongs_to"],
        before=street_corner(is_lit=False) if row["pictures"] else None,
        after=street_corner(is_lit=True) if row["pictures"] else None,
        is_example=row["is_example"],
        now=at,
    )
    publish_action(action=action, by=coordinator, now=at)
    for later in story[1:]:
        at = _ago(later, now)
        done_on = _done_on(later, at)
        tell_more(action=action, status=later["status"], words=later["words"], done_on=done_on, by=coordinator, now=at)


def _ago(row: dict[str, Any], now: datetime) -> datetime:
    return now - timedelta(days=row["days_ago"])


def _done_on(row: dict[str, Any], at: datetime) -> date | None:
    return at.date() if row["status"] == "done" else None
