"""Letters about what was done: how far it has come, and four weeks later whether it is better."""

from typing import Any

from django.urls import reverse

from engagement.comments.hearing.telling import letter
from engagement.comments.models import Action, ActionUpdate, Follower
from engagement.comments.workflow import Status
from portal.emails.links import absolute, read, sign

_BETTER = "comments.better"


@letter("action")
def news_of_action(follower: Follower, about: int) -> dict[str, Any] | None:
    """To everybody who follows; `about` is what was told, which may have been taken back or overtaken since."""
    update = ActionUpdate.objects.still_the_last().filter(pk=about).first()
    if update is None or follower.comment.status != Status.PUBLISHED:
        return None
    return {"action": update.action, "update": update, "action_url": absolute(update.action.get_absolute_url())}


@letter("better")
def is_it_better(follower: Follower, about: int) -> dict[str, Any] | None:
    """To everybody who follows; `about` is the action, which may have been opened again since."""
    action = Action.objects.published().asked_about().filter(pk=about).first()
    if action is None or follower.comment.status != Status.PUBLISHED:
        return None
    return {
        "action": action,
        "action_url": absolute(action.get_absolute_url()),
        "better_url": absolute(better_path(action, follower)),
    }


def better_path(action: Action, follower: Follower) -> str:
    """Where one person says whether one thing is better."""
    return reverse("action_better", args=[sign(_BETTER, f"{action.pk}.{follower.pk}")])


def asked_by_link(token: str) -> tuple[Action, Follower] | None:
    """Which action and whose answer a link is about; None where it is false, or they want to hear no more."""
    numbers = str(read(_BETTER, token) or "").split(".")
    if len(numbers) != 2:
        return None
    action = Action.objects.published().filter(pk=numbers[0]).first()
    follower = Follower.objects.confirmed().filter(pk=numbers[1]).first()
    return (action, follower) if action and follower else None
