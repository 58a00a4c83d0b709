"""What a resident gets of the newspaper, for the page that their own address opens."""

from dataclasses import dataclass

from django import template

from newsletter.links import preferences_path
from newsletter.models import Subscriber

register = template.Library()


@dataclass(frozen=True)
class Paper:
    """What somebody gets, in words, and the page where they change it."""

    state: str
    url: str


@register.simple_tag
def newspaper_of_mine(address: str) -> Paper | None:
    """How this address gets the newspaper; None where it does not."""
    reader = Subscriber.objects.candidates().with_address(address).first()
    if reader is None:
        return None
    if not reader.wants_issues:
        return Paper("You have paused it.", preferences_path(reader.pk))
    return Paper(
        f"You get {reader.get_frequency_display()}, {reader.get_channel_display()}.", preferences_path(reader.pk)
    )
