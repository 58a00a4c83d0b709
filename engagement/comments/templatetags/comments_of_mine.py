"""What a resident hears about, for the page that their own address opens."""

from dataclasses import dataclass

from django import template

from engagement.comments.hearing.links import alert_end_path, stop_path, yours_path
from engagement.comments.models import Alert, Follower
from engagement.comments.workflow import Status

register = template.Library()


@dataclass(frozen=True)
class Line:
    """One thing that somebody hears about, where it is, and the link that ends it."""

    title: str
    about: str
    url: str
    stop_url: str


@register.simple_tag
def comments_of_mine(address: str) -> list[Line]:
    """Comments that this address wrote or follows, and places it hears of; only what its owner confirmed."""
    followed = Follower.objects.confirmed().at(address).with_comment().authors_first()
    lines = [_followed(one) for one in followed if one.is_author or one.comment.status == Status.PUBLISHED]
    alerts = Alert.objects.running().at(address).with_place().order_by("pk")
    return lines + [
        Line(f"New comments around {alert.words}", alert.get_often_display(), "", alert_end_path(alert))
        for alert in alerts
    ]


def _followed(follower: Follower) -> Line:
    comment = follower.comment
    if follower.is_author:
        return Line(comment.title, "You wrote it", yours_path(comment), stop_path(follower))
    return Line(comment.title, "You follow it", comment.get_absolute_url(), stop_path(follower))
