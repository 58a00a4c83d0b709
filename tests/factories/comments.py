"""Comments, themes, places and actions for tests; made up, and about nobody."""

import random
from datetime import UTC, datetime
from typing import Any

from engagement.comments.actions.acting import publish_action, record_action
from engagement.comments.actions.keeping import keep
from engagement.comments.actions.leaving import leave_comment
from engagement.comments.actions.moderating import decide
from engagement.comments.actions.rebuilding import keep_very_many
from engagement.comments.models import Action, Consultation, Follower, PlaceComment, Theme
from engagement.comments.workflow import Status
from portal.accounts.models import User
from portal.geo.coordinates import Point
from portal.geo.models import NamedPlace, Postcode

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def make_theme(slug: str = "streets_and_bins", **words: Any) -> Theme:
    """What comments are about."""
    return Theme.objects.get_or_create(slug=slug, defaults={"name": slug.replace("_", " ").capitalize(), **words})[0]


def make_place(slug: str = "third-street", **words: Any) -> NamedPlace:
    """A street with a point in the middle of the village."""
    usual = {"name": slug.replace("-", " ").title(), "kind": "street", "latitude": 54.763, "longitude": -1.315}
    return NamedPlace.objects.create(slug=slug, **{**usual, **words})


def make_postcode(code: str = "SR8 4LX") -> Postcode:
    """The middle of a postcode."""
    return Postcode.objects.create(code=code, latitude=54.765, longitude=-1.312)


def make_comment(words: str = "The bins blow over on windy days.", **said: Any) -> PlaceComment:
    """A comment that waits to be read, about somewhere in the author's own words unless told otherwise."""
    places = ("pin", "named_place", "postcode", "where_words")
    usual: dict[str, Any] = {"feeling": "needs_work", "consultation": Consultation.objects.standing(), "now": MONDAY}
    if not any(said.get(place) for place in places):
        usual["where_words"] = "the back lane"
    return leave_comment(words=words, **{**usual, **said})


def make_at_risk(risk: int, words: str, **said: Any) -> PlaceComment:
    """A comment that the rules of the site hold, for as good a reason."""
    comment = make_comment(words, **said)
    comment.risk = risk
    comment.status = "held" if risk else "waiting"
    return keep(comment)


def make_published(words: str = "The bins blow over on windy days.", *, by: User, **said: Any) -> PlaceComment:
    """A comment that everybody can read."""
    comment = make_comment(words, **said)
    return decide(comment=comment, change="publish", by=by, now=said.get("now", MONDAY)).comment


def make_action(*comments: PlaceComment, by: User, is_published: bool = True, **words: Any) -> Action:
    """Something that was done about these comments."""
    usual = {"title": "Clips for bins", "words": "We gave out clips that keep lids shut.", "status": "done"}
    action = record_action(comments=comments, by=by, **{**usual, **words})
    return publish_action(action=action, by=by, now=MONDAY) if is_published else action


def make_volume(
    count: int, *, spread: float, seed: int = 1, consultation: Consultation | None = None
) -> list[PlaceComment]:
    """Many published comments at once, so many degrees around the middle of the village, as an import would leave them."""
    draw = random.Random(seed)
    themes = [make_theme("safety"), make_theme("homes"), None]
    made = []
    for number in range(count):
        comment = PlaceComment(
            reference=f"{seed}{number:05}",
            consultation=consultation or Consultation.objects.standing(),
            words=f"Comment {number} about {draw.choice(['swings', 'bins', 'trees'])}.",
            feeling=draw.choice(["", *PlaceComment.Feeling.values]),
            theme=draw.choice(themes),
            accuracy=PlaceComment.Accuracy.EXACT,
            status=Status.PUBLISHED,
            sent_at=MONDAY,
            published_at=MONDAY,
        )
        east, north = draw.uniform(-spread, spread), draw.uniform(-spread, spread)
        comment.stand_at(Point(54.765 + north / 2, -1.315 + east))
        made.append(comment)
    keep_very_many(made)
    return made


def make_follower(
    comment: PlaceComment, address: str, *, is_author: bool = False, is_confirmed: bool = True
) -> Follower:
    """Somebody who wants to hear what becomes of a comment."""
    return Follower.objects.create(
        comment=comment,
        address=address,
        is_author=is_author,
        asked_at=MONDAY,
        confirmed_at=MONDAY if is_confirmed else None,
    )
