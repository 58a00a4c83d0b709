"""What a page knows of the browser that asks for it: with which comments somebody there agreed."""

from collections.abc import Iterable

from django import template
from django.http import HttpRequest

from engagement.comments.leaving.browsers import browser_hash, number_of
from engagement.comments.models import PlaceComment, Support

register = template.Library()


@register.simple_tag(takes_context=True)
def agreed_among(context: template.Context, comments: Iterable[PlaceComment] | PlaceComment) -> set[int]:
    """The ids of those of these comments (or of this one) with which somebody at this browser agreed; one query or none."""
    request: HttpRequest | None = context.get("request")
    number = number_of(request) if request else ""
    if not number:
        return set()
    shown = [comments] if isinstance(comments, PlaceComment) else comments
    hashes = [browser_hash(number, comment.pk) for comment in shown]
    return set(Support.objects.from_browser(hashes).values_list("comment_id", flat=True))
