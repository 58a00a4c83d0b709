"""Posts a notice into the team's channel (Teams, or whatever takes the same JSON): numbers and a link, and nothing else."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from portal.emails.outcomes import NoAddress

SECONDS = 10
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class NotAllowed(NoAddress):
    """The address is no https address, so that anybody on the way could read along. It is not quoted: it is a key."""


class _StaysThere(HTTPRedirectHandler):
    """What is meant for one address is sent to no other."""

    def redirect_request(self, *asked: Any, **more: Any) -> None:
        return None


def notice(*, new: object, overdue: object, queue_url: object) -> dict[str, Any]:
    """The numbers as an adaptive card, with the same words as plain text for channels that know no cards."""
    words = f"People who asked: {new} new, {overdue} overdue."
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [{"type": "TextBlock", "text": words, "wrap": True}],
        "actions": [{"type": "Action.OpenUrl", "title": "See who is waiting", "url": queue_url}],
    }
    return {
        "type": "message",
        "text": f"{words} {queue_url}",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}],
    }


def post(url: str, content: dict[str, Any]) -> None:
    """Send it, and wait ten seconds at most for each step. Raises NotAllowed, or what urllib raises; nothing is read back."""
    if not is_allowed(url):
        raise NotAllowed("TEAMS_WEBHOOK_URL must begin with https://")
    request = Request(  # noqa: S310 - is_allowed saw to it
        url, data=json.dumps(content).encode(), headers={"Content-Type": "application/json"}, method="POST"
    )
    try:
        build_opener(_StaysThere).open(request, timeout=SECONDS).close()
    except http.client.InvalidURL:
        raise NotAllowed("TEAMS_WEBHOOK_URL is no address.") from None


def is_allowed(url: str) -> bool:
    """Only https; without it only this machine itself."""
    try:
        parts = urlsplit(url)
        return (parts.scheme == "https" and bool(parts.hostname)) or (
            parts.scheme == "http" and parts.hostname in LOOPBACK
        )
    except ValueError:
        return False
