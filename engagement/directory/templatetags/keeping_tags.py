"""Who checked an entry when, for the foot of its page."""

from typing import Any

from django import template
from django.urls import reverse

from engagement.directory.keeping.doubts import is_in_doubt
from engagement.directory.models import Activity, Venue
from portal import clock
from portal.clock import say_whole_date

LOOKING = " Our team is looking at something here that may have changed."
register = template.Library()


@register.inclusion_tag("directory/checked.html")
def checked(entry: Venue | Activity) -> dict[str, Any]:
    """Says when somebody last looked, warns where that is long ago, and leads to “this is wrong”."""
    return {
        "words": checked_line(entry),
        "is_stale": entry.is_stale(clock.now()),
        "wrong_url": reverse(f"{entry._meta.model_name}_wrong", args=[entry.slug]),
    }


@register.simple_tag
def checked_line(entry: Venue | Activity) -> str:
    """When somebody last looked: "Checked by the venue on 3 November 2026."."""
    day = say_whole_date(entry.sure_since)
    if entry.is_stale(clock.now()):
        return f"Nobody has checked this since {day}: ring before you go."
    if entry.checked_at is None:
        return "The venue has not checked this yet. Ring before you go."
    who = "the venue" if entry.is_checked_by_venue else "our team"
    return f"Checked by {who} on {day}.{LOOKING if is_in_doubt(entry) else ''}"
