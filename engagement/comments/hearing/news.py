"""What happened around a place in a stretch of time: what people said, what was answered, and what was done."""

from dataclasses import dataclass
from datetime import datetime

from engagement.comments.models import Action, Alert, PlaceComment, Response
from portal.emails.links import absolute
from portal.geo.coordinates import distance_metres

MOST_ITEMS = 10
# A file with thousands of comments may come in at once: so many are looked at, and the rest is behind the link.
MOST_READ = 500


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of an alert: what it is ("New", "Answered", "Done"), in which words, where, and its page."""

    kind: str
    title: str
    where: str
    url: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class News:
    """What there is to tell: outcomes and new comments, ten of them together at most; and how many there are in all."""

    outcomes: list[Item]
    said: list[Item]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.outcomes) - len(self.said)


def news_for(alert: Alert, *, until: datetime) -> News:
    """What happened around this place since its owner was last told, until before `until`.

    A comment that was answered meanwhile is told of once. Outcomes and new comments each have at least half of the room.
    """
    since = alert.told_until
    around = PlaceComment.objects.around(alert.point, alert.metres, named_place=alert.named_place)
    answers = Response.objects.given_between(since, until).of(around).with_comment().order_by("-pk")[:MOST_READ]
    answered = {answer.comment_id: answer for answer in answers if _is_here(answer.comment, alert)}
    comments = around.published_between(since, until).with_row().newest_first()[:MOST_READ]
    said = [_new(one) for one in comments if _is_here(one, alert) and one.pk not in answered]
    told = Action.objects.published().about(around).said_between(since, until).with_comments()[:MOST_READ]
    done = [_done(action) for action in told if any(_is_here(one, alert) for one in action.said)]
    outcomes = sorted([*done, *map(_answer, answered.values())], key=lambda item: item.at, reverse=True)
    first = outcomes[: max(MOST_ITEMS // 2, MOST_ITEMS - len(said))]
    return News(outcomes=first, said=said[: MOST_ITEMS - len(first)], count=len(outcomes) + len(said))


def _is_here(comment: PlaceComment, alert: Alert) -> bool:
    """In the circle, and not only in the square around it; or named like the place."""
    if alert.named_place_id and comment.named_place_id == alert.named_place_id:
        return True
    return comment.point is not None and distance_metres(comment.point, alert.point) <= alert.metres


def _new(comment: PlaceComment) -> Item:
    at = comment.published_at or comment.sent_at
    return Item(kind="New", title=_title(comment), where=comment.where, url=_page(comment), at=at)


def _answer(answer: Response) -> Item:
    comment = answer.comment
    return Item(kind="Answered", title=_title(comment), where=comment.where, url=_page(comment), at=answer.responded_at)


def _done(action: Action) -> Item:
    at = action.said_at or action.published_at
    assert at is not None, "only published actions are told of"
    return Item(kind=action.get_status_display(), title=_title(action), where="", url=_page(action), at=at)


def _title(thing: PlaceComment | Action) -> str:
    is_plain = thing.is_example and not thing.title.startswith("Example")
    return f"Example: {thing.title}" if is_plain else thing.title


def _page(thing: PlaceComment | Action) -> str:
    return absolute(thing.get_absolute_url())
