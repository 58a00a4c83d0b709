"""In which order the desk is read, and which comment comes after another."""

from datetime import datetime

from engagement.comments.models import PlaceComment
from engagement.comments.models.sorting import DeskWords
from portal.paging import behind

NEWEST_FIRST = {"published", "declined", "withdrawn"}
OLDEST_FIRST = {"unanswered"}


def in_order(found: DeskWords, tab: str) -> DeskWords:
    """Comments of a tab, in the order in which they should be read."""
    if tab in NEWEST_FIRST:
        return found.last_sent_first()
    return found.oldest_first() if tab in OLDEST_FIRST else found.urgent_first()


def next_after(comment: PlaceComment, *, now: datetime) -> PlaceComment | None:
    """The comment to read after this one, or the first where it is the last; nothing where no other is left."""
    to_read = PlaceComment.objects.on_the_desk("", now=now).exclude(pk=comment.pk).urgent_first()
    further = (one for stretch in behind(to_read, comment) for one in stretch[:1])
    return next(further, None) or to_read.first()
