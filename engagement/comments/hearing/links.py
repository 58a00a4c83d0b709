"""The signed links of this room: an author's own page, and the links in the mails to people who want to hear."""

from datetime import timedelta

from django.urls import reverse

from engagement.comments.models import Alert, Follower, PlaceComment
from portal.emails.links import absolute, read, sign

_YOURS, _HEAR, _STOP = "comments.yours", "comments.hear", "comments.stop"
_ALERT, _END_ALERT = "comments.alert", "comments.end_alert"
CONFIRM_WITHIN = timedelta(days=7)


def yours_path(comment: PlaceComment) -> str:
    """The author's own page; who holds the link may take the comment back, so it stands in no list and no public page."""
    return reverse("comment_yours", args=[sign(_YOURS, comment.pk)])


def comment_of_yours_link(token: str) -> PlaceComment | None:
    """Whose author holds this link, with all that their own page shows; the link works for ever."""
    number = _number(_YOURS, token)
    return PlaceComment.objects.with_row().with_answers().filter(pk=number).first() if number else None


def hear_path(follower: Follower) -> str:
    return reverse("comment_hear_confirm", args=[sign(_HEAR, follower.pk)])


def follower_of_hear_link(token: str) -> Follower | None:
    """Who confirms by this link; None when it is false, more than a week old, or they said stop."""
    number = _number(_HEAR, token, max_age=CONFIRM_WITHIN)
    return Follower.objects.with_comment().filter(pk=number).first() if number else None


def stop_path(follower: Follower) -> str:
    return reverse("comment_stop", args=[sign(_STOP, follower.pk)])


def follower_of_stop_link(token: str) -> tuple[bool, Follower | None]:
    """Whether the link is one of ours, and whose it is; nobody's where they have stopped already."""
    number = _number(_STOP, token)
    return bool(number), Follower.objects.with_comment().filter(pk=number).first() if number else None


def alert_confirm_path(alert: Alert) -> str:
    return reverse("alert_confirm", args=[sign(_ALERT, alert.pk)])


def alert_of_confirm_link(token: str) -> Alert | None:
    number = _number(_ALERT, token, max_age=CONFIRM_WITHIN)
    return Alert.objects.with_place().filter(pk=number).first() if number else None


def alert_end_path(alert: Alert) -> str:
    return reverse("alert_end", args=[sign(_END_ALERT, alert.pk)])


def alert_of_end_link(token: str) -> tuple[bool, Alert | None]:
    """Whether the link is one of ours, and which alert it ends; none where it has ended already."""
    number = _number(_END_ALERT, token)
    return bool(number), Alert.objects.with_place().filter(pk=number).first() if number else None


def leave_headers(path: str) -> dict[str, str]:
    """RFC 8058: a mail program offers to leave with one press."""
    return {
        "List-Unsubscribe": f"<{absolute(path)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


def _number(purpose: str, token: str, *, max_age: timedelta | None = None) -> int | None:
    value = read(purpose, token, max_age=max_age)
    return value if isinstance(value, int) else None
