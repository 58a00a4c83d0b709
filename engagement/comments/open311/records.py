"""What a theme and a comment are in the words of GeoReport v2."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from engagement.comments.acting.progress import said
from engagement.comments.models import PlaceComment, Theme
from engagement.comments.models.actions import SETTLED
from engagement.comments.open311.asking import ANYTHING, CLOSED, OPEN
from portal.emails.links import absolute

Record = dict[str, Any]


def service(code: str, name: str) -> Record:
    """One thing that can be said."""
    return {
        "service_code": code,
        "service_name": name,
        "description": f"What people say about places: {name}",
        "metadata": "false",
        "type": "realtime",
        "keywords": "",
        "group": "Comments about places",
    }


def services(themes: list[Theme]) -> list[Record]:
    """Everything that can be said: each theme, and what has none."""
    return [*(service(theme.slug, theme.name) for theme in themes), service(ANYTHING, "Anything else")]


def request_of(comment: PlaceComment) -> Record:
    """One published comment with what came of it; everything in it stands on the comment's own page too."""
    action = next(iter(comment.done), None)
    told = _told(comment)
    return {
        "service_request_id": comment.reference,
        "title": comment.title,
        "status": CLOSED if action is not None and action.status in SETTLED else OPEN,
        "status_notes": told,
        "service_name": comment.theme.name if comment.theme else "Anything else",
        "service_code": comment.theme.slug if comment.theme else ANYTHING,
        "description": comment.words,
        "agency_responsible": action.belongs_to or action.owner if action is not None else "",
        "service_notice": "This is an example. Nobody wrote it." if comment.is_example else "",
        "requested_datetime": _with_zone(comment.sent_at),
        "updated_datetime": _with_zone(_updated(comment)),
        "expected_datetime": "",
        "address": comment.where,
        "address_id": "",
        # A postcode that stands on no page of ours stands here neither.
        "zipcode": comment.postcode if comment.postcode in comment.where else "",
        "lat": comment.latitude if comment.latitude is not None else "",
        "long": comment.longitude if comment.longitude is not None else "",
        "media_url": _picture(comment),
        "url": absolute(comment.get_absolute_url()),
    }


def _told(comment: PlaceComment) -> str:
    """The newest thing that the team said: what was done, or else its answer."""
    action = next(iter(comment.done), None)
    if action is not None:
        return f"{said(action.status, action.belongs_to)}: {action.title}. {action.words}"
    return next((answer.words for answer in reversed(comment.responses.all())), "")


def _updated(comment: PlaceComment) -> datetime:
    moments = [comment.sent_at, comment.published_at]
    moments += [answer.responded_at for answer in comment.responses.all()]
    moments += [action.published_at for action in comment.done]
    moments += [update.said_at for action in comment.done for update in action.updates.all()]
    return max(moment for moment in moments if moment is not None)


def _picture(comment: PlaceComment) -> str:
    photo = getattr(comment, "photo", None)
    is_shown = photo is not None and not photo.is_hidden
    return absolute(reverse("comment_photo", args=[comment.reference])) if is_shown else ""


def _with_zone(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")
