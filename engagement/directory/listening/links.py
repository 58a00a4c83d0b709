"""The signed links of this room: confirming an address, and leaving."""

from django.urls import reverse

from engagement.directory.actions.listening import CONFIRM_WITHIN
from engagement.directory.models import Listener
from portal.emails.links import absolute, read, sign

_CONFIRM, _LEAVE = "directory.listen", "directory.leave"


def confirm_path(listener: Listener) -> str:
    return reverse("listen_confirm", args=[sign(_CONFIRM, str(listener.public_id))])


def listener_of_confirm_link(token: str) -> Listener | None:
    """Who confirms by this link; None when it is false, more than a week old, or they left."""
    number = read(_CONFIRM, token, max_age=CONFIRM_WITHIN)
    return Listener.objects.called(str(number)) if number else None


def leave_path(listener: Listener) -> str:
    return reverse("listen_end", args=[sign(_LEAVE, str(listener.public_id))])


def listener_of_leave_link(token: str) -> tuple[bool, Listener | None]:
    """Whether the link is one of ours, and whose it is; nobody's where they have left already."""
    number = read(_LEAVE, token)
    return bool(number), Listener.objects.called(str(number)) if number else None


def leave_headers(path: str) -> dict[str, str]:
    """RFC 8058: a mail program offers to leave with one press."""
    return {
        "List-Unsubscribe": f"<{absolute(path)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
