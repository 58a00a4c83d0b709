"""What other pages show of this room: the newest actions and the counts, and how a comment is drawn."""

from datetime import datetime
from typing import Any

from django import template
from django.core.cache import cache
from django.utils import timezone

from engagement.comments.acting.progress import PROGRESS, said
from engagement.comments.models import Action, Consultation, PlaceComment
from engagement.comments.words.screening import Piece, pieces
from portal.changes import remembered

register = template.Library()

COUNTED_SECONDS = 60 * 60
SHAPES = {"good": "circle", "needs_work": "triangle", "idea": "diamond", "memory": "square", "hope": "window"}


@register.simple_tag
def latest_actions(limit: int = 2) -> list[Action]:
    """The newest published actions; each has title, words, get_status_display, shape, get_absolute_url and `said`,
    the published comments that it answers.
    """
    newest = Action.objects.published().with_comments().newest_first()[:limit]
    return remembered(f"{limit} latest actions", lambda: list(newest))


@register.simple_tag
def comment_counts(now: datetime | None = None) -> dict[str, int]:
    """`published`, `answered`, and `waiting_long`: published over 28 days ago and not answered yet."""
    now = now or timezone.now()
    # Counted once for each change of what is shown, and anew each hour, for comments grow old by themselves.
    versions = Consultation.objects.versions("")
    key = f"comments.counts.{sum(versions.values())}.{len(versions)}.{now:%Y%m%d%H}"
    counts: dict[str, int] | None = cache.get(key)
    if counts is None:
        counts = PlaceComment.objects.counts(now)
        cache.set(key, counts, COUNTED_SECONDS)
    return counts


@register.simple_tag
def other_consultations() -> list[dict[str, Any]]:
    """Consultations beside the standing one that everybody is shown: `consultation`, and `why_not` where one is not open."""
    today = timezone.localdate()
    found = Consultation.objects.beside_the_standing_one(today)
    return [{"consultation": one, "why_not": one.why_not(today)} for one in found]


@register.filter
def progress_said(status: str) -> str:
    """How far the newest action for a comment has come, in words."""
    return said(status)


@register.filter
def progress_shape(status: str) -> str:
    """The sign beside how far it has come."""
    return PROGRESS[status].shape


@register.filter
def feeling_shape(feeling: str) -> str:
    """The sign beside the feeling's word."""
    return SHAPES.get(feeling, "")


@register.filter
def at(table: dict[Any, Any], key: Any) -> Any:
    """What a table holds for this key, or nothing."""
    return table.get(key)


@register.filter
def marked(words: str) -> list[Piece]:
    """The words cut where something looks private, each piece with what it looks like, or with nothing."""
    return pieces(words)


@register.filter
def days_since(then: datetime, now: datetime) -> str:
    """How long ago in whole days: "today", "1 day", "12 days"."""
    days = (timezone.localdate(now) - timezone.localdate(then)).days
    if days < 1:
        return "today"
    return "1 day" if days == 1 else f"{days:,} days"
