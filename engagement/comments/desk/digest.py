"""What a moderator reads in the morning: how much waits, how long already, and what came yesterday; numbers, never words."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from engagement.comments.models import Addition, PlaceComment
from engagement.comments.people import moderators
from engagement.comments.tasks.digest import send_digest
from portal.clock import LONDON, is_working_day
from portal.emails.again import tried_again
from portal.emails.links import absolute
from portal.emails.sending import send
from portal.pages.settings import site_identity
from portal.tasks import enqueue_on_commit

# By the afternoon its numbers are old.
AGAIN_AFTER = (timedelta(minutes=10), timedelta(hours=1))


def hand_out(*, now: datetime) -> int:
    """A mail for everybody who looks after comments; none on a day off, and none where nothing waits. How many go."""
    if not is_working_day(now.astimezone(LONDON).date()) or not any(_waiting(now).values()):
        return 0
    people = list(moderators())
    for person in people:
        enqueue_on_commit(send_digest, moderator_id=person.pk)
    return len(people)


def write(moderator_id: int, *, now: datetime, tries: int = 0) -> None:
    """Send the numbers as they are now; a mail server that does not take them is tried again."""
    person = moderators().filter(pk=moderator_id).first()
    if person is None:
        return
    mail = f"The digest to account {moderator_id}"
    with tried_again(send_digest, mail=mail, tries=tries, waits=AGAIN_AFTER, moderator_id=moderator_id):
        send(to=person.email, template="comments/digest", context=digest(now))


def digest(now: datetime) -> dict[str, Any]:
    """All that the mail says."""
    oldest = PlaceComment.objects.to_read().oldest_sent_at()
    counts = _waiting(now)
    return {
        "identity": site_identity(),
        "counts": counts,
        "to_read": counts["held"] + counts["waiting"] + counts["shown"],
        "oldest_days": (now - oldest).days if oldest else 0,
        "desk_url": absolute(reverse("comments_desk")),
        "added_url": absolute(reverse("comments_desk_added")),
        "unanswered_url": absolute(f"{reverse('comments_desk')}?status=unanswered"),
    }


def _waiting(now: datetime) -> dict[str, int]:
    return {**PlaceComment.objects.desk_counts(now), "added": Addition.objects.waiting().count()}
