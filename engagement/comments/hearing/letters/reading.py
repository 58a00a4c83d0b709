"""Letters about being read: a comment is shown, it was answered, and words that its author added are shown."""

from typing import Any

from engagement.comments.hearing.telling import letter
from engagement.comments.models import Addition, Follower, PlaceComment, Response
from engagement.comments.models.reading import ANSWER_WITHIN
from engagement.comments.workflow import Status
from portal.emails.links import absolute


@letter("published")
def published(follower: Follower, about: int) -> dict[str, Any] | None:
    """To the author; `about` is the decision, which may have been taken back since."""
    comment = follower.comment
    last = comment.last_decision
    if comment.status != Status.PUBLISHED or last is None or last.pk != about:
        return None
    is_answered = PlaceComment.objects.answered().filter(pk=comment.pk).exists()
    return {"url": _address(comment), "answer_by": None if is_answered else comment.sent_at + ANSWER_WITHIN}


@letter("answered")
def answered(follower: Follower, about: int) -> dict[str, Any] | None:
    """To everybody who follows; `about` is the answer."""
    response = Response.objects.filter(pk=about, comment=follower.comment).first()
    if response is None or follower.comment.status != Status.PUBLISHED:
        return None
    return {"url": _address(follower.comment), "words": response.words, "about_where": _about(follower.comment)}


@letter("added_words")
def added_words(follower: Follower, about: int) -> dict[str, Any] | None:
    """To the author; `about` is the addition."""
    shown = Addition.objects.filter(pk=about, comment=follower.comment, status=Addition.Status.PUBLISHED).exists()
    if not shown or follower.comment.status != Status.PUBLISHED:
        return None
    return {"url": _address(follower.comment)}


def _about(comment: PlaceComment) -> str:
    """The place as the end of a sentence: "about Sixth Street", "around SR8 4HQ"."""
    if comment.named_place is not None or comment.where_words:
        return f"about {comment.where}"
    return f"around {comment.postcode}" if comment.postcode else "about a place on the map" if comment.point else ""


def _address(comment: PlaceComment) -> str:
    return absolute(comment.get_absolute_url())
