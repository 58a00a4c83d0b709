"""Tells people who follow a comment what became of it: which letters there are, who gets one, and how it goes out."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from engagement.comments.hearing.links import leave_headers, stop_path, yours_path
from engagement.comments.models import Follower, PlaceComment
from engagement.comments.tasks.telling import send_letter
from portal.emails.again import tried_again
from portal.emails.links import absolute
from portal.emails.sending import send
from portal.pages.settings import site_identity
from portal.tasks import enqueue_on_commit

# What a mail says beyond the comment; None where by now there is nothing to tell.
Contents = Callable[[Follower, int], dict[str, Any] | None]

LETTERS: dict[str, Contents] = {}
# How long a decision may still be taken back before a mail tells of it.
SECOND_THOUGHTS = timedelta(minutes=10)


def letter(kind: str) -> Callable[[Contents], Contents]:
    """Declare what a letter says: its template is `emails/comments/<kind>`, and the function, given who gets it and the
    number that it is about, returns what the template needs besides `comment`, `identity`, `leave_url` and, for an author,
    `yours_url`. None means that there is nothing to tell any more.
    """

    def declare(contents: Contents) -> Contents:
        if LETTERS.setdefault(kind, contents) is not contents:
            raise ValueError(f"There is a letter {kind} already.")
        return contents

    return declare


def tell(
    *,
    comments: Iterable[PlaceComment],
    kind: str,
    about: int = 0,
    only_author: bool = False,
    after: timedelta = timedelta(0),
) -> int:
    """Hand the worker one letter for each person who follows these comments and confirmed it; how many there are.

    Call it inside the transaction of what it tells of. Somebody who follows several of the comments gets one letter,
    about the one that they wrote, else the first. With `after` the letter waits so long, and is written only then.
    """
    if kind not in LETTERS:
        raise ValueError(f"There is no letter {kind}.")
    found = Follower.objects.confirmed().in_use().of(comments).authors_first()
    people = list(
        {follower.address.lower(): follower.pk for follower in reversed(found.only_authors(only_author))}.values()
    )
    work = send_letter.using(run_after=timezone.now() + after) if after else send_letter
    for person in people:
        enqueue_on_commit(work, follower_id=person, kind=kind, about=about)
    return len(people)


def write(follower_id: int, kind: str, about: int, *, tries: int = 0) -> None:
    """Send one letter, if there is still something to tell to somebody who still wants to hear.

    A mail server that does not take it is tried again a few times: to hear twice does no harm.
    """
    follower = Follower.objects.confirmed().in_use().with_comment().filter(pk=follower_id).first()
    contents = LETTERS[kind](follower, about) if follower else None
    if follower is None or contents is None:
        return
    leave = stop_path(follower)
    context = {
        "comment": follower.comment,
        "identity": site_identity(),
        "leave_url": absolute(leave),
        "yours_url": absolute(yours_path(follower.comment)) if follower.is_author else "",
        **contents,
    }
    mail = f"Letter {kind} to follower {follower_id}"
    with tried_again(send_letter, mail=mail, tries=tries, follower_id=follower_id, kind=kind, about=about):
        send(to=follower.address, template=f"comments/{kind}", context=context, headers=leave_headers(leave))
