"""What happened to one comment, in order: sent, decided, pinned, answered, acted on."""

from dataclasses import dataclass
from datetime import datetime

from engagement.comments.models import PlaceComment
from portal.accounts.models import User
from portal.audit.models import AuditEvent

# Told by the audit alone: the comment itself keeps only the last pin and the links of today.
TOLD_BY_AUDIT = {"comments.place_pin": "put the pin", "comments.link_action": "linked an action"}


@dataclass(frozen=True)
class Line:
    """One thing that happened: when, who did it, what, and why where somebody said."""

    at: datetime
    who: str
    did: str
    why: str = ""


def history_of(comment: PlaceComment) -> list[Line]:
    """Everything that happened to a comment, oldest first."""
    sender = comment.sent_by.display_name if comment.sent_by else comment.get_source_display()
    lines = [Line(comment.sent_at, sender[:1].upper() + sender[1:], "sent")]
    lines += [Line(one.decided_at, one.who, one.did, one.why) for one in comment.decisions.all()]
    lines += [
        Line(one.responded_at, one.responded_by.display_name if one.responded_by else "Staff", "answered")
        for one in comment.responses.select_related("responded_by")
    ]
    events = AuditEvent.objects.about(comment).filter(action__in=TOLD_BY_AUDIT)
    names = {str(person.pk): person.display_name for person in User.objects.filter(pk__in={e.done_by for e in events})}
    lines += [Line(e.done_at, names.get(e.done_by, "Staff"), TOLD_BY_AUDIT[e.action]) for e in events]
    return sorted(lines, key=lambda line: line.at)
