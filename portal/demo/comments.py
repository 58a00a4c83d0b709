"""The demo's comments: examples about nobody, some published, answered and acted on, some still waiting."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from engagement.comments.actions.acting import publish_action, record_action, tell_more
from engagement.comments.actions.answering import respond
from engagement.comments.actions.leaving import leave_comment
from engagement.comments.actions.moderating import decide
from engagement.comments.models import Consultation, PlaceComment, Theme
from engagement.comments.workflow import Status
from portal.accounts.models import User
from portal.demo.drawings import street_corner
from portal.demo.source import facts
from portal.geo.models import Area, NamedPlace

CHANGE_TO = {"published": "publish", "declined": "decline", "held": "hold"}


def load_comments(*, coordinator: User, now: datetime) -> None:
    """Themes, comments and actions; what was loaded before stays as staff have left it."""
    content = facts("comments")
    for position, row in enumerate(content["themes"], start=1):
        Theme.objects.get_or_create(slug=row["slug"], defaults={**row, "position": position})
    consultation = Consultation.objects.standing()
    home = Area.objects.home().first()
    if consultation.area is None and home is not None:
        consultation.lie_in(home)
        consultation.save(update_fields=["area", "outline", "west", "south", "east", "north"])
    by_action = _leave_all(content["comments"], consultation, coordinator=coordinator, now=now)
    for action in content["actions"]:
        if action["key"] in by_action:
            _act(action, by_action[action["key"]], coordinator=coordinator, now=now)


def load_consultation(*, coordinator: User, now: datetime) -> None:
    """The example with dates, which are counted from when it is first loaded, and what is said in it."""
    content = facts("consultation")
    said, today = content["consultation"], timezone.localdate(now)
    consultation = Consultation.objects.named(said["slug"]).first()
    if consultation is None:
        consultation = Consultation(
            **{name: said[name] for name in ("slug", "name", "question", "about")},
            opens_on=today - timedelta(days=said["opens_days_ago"]),
            closes_on=today + timedelta(days=said["closes_in_days"]),
            is_listed=True,
        )
        consultation.lie_in(Area.objects.home().first())
        consultation.save()
        consultation.themes.set(Theme.objects.filter(slug__in=said["themes"]))
    _leave_all(content["comments"], consultation, coordinator=coordinator, now=now)


def _leave_all(
    rows: list[dict[str, Any]], consultation: Consultation, *, coordinator: User, now: datetime
) -> dict[str, list[PlaceComment]]:
    """Each comment, settled as its row says; those that came just now by the key of their action."""
    themes = Theme.objects.in_bulk(field_name="slug")
    places = NamedPlace.objects.in_bulk(field_name="slug")
    by_action: dict[str, list[PlaceComment]] = {}
    for row in rows:
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
    return by_action


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
