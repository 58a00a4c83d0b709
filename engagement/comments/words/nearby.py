"""Finds the few published comments that may say what somebody is about to say: near by, and in like words."""

from typing import NamedTuple

from engagement.comments.map.cells import squares_around
from engagement.comments.models import Consultation, PlaceComment
from engagement.comments.words.likeness import Alike, alike
from portal.geo.coordinates import Point, distance_metres
from portal.geo.models import NamedPlace, Postcode

# Squares about 22, 88 and 350 metres wide; nine of the widest reach farther than likeness does.
LEVELS = (20, 18, 16)
# However many comments there are, no more than these are compared, the nearest squares first.
MOST_COMPARED = 400
MOST_OFFERED = 3


class Like(NamedTuple):
    """A published comment and why it may be the same."""

    comment: PlaceComment
    alike: Alike

    @property
    def reason(self) -> str:
        """Why it is offered, in words: "40 metres away. Both say: light, lane"."""
        said = ", ".join(self.alike.shared[:4])
        return f"{_distance(self.alike.metres)}Both say: {said}."


def _distance(metres: float | None) -> str:
    if metres is None:
        return ""
    return "At the same place. " if metres < 15 else f"{round(metres / 10) * 10} metres away. "


def likely_same(
    *,
    consultation: Consultation,
    words: str,
    point: Point | None,
    named_place: NamedPlace | None = None,
    where_words: str = "",
) -> list[Like]:
    """At most three, the likeliest first. `point` is where it is about; without one, places in words are compared."""
    found = []
    for comment in _candidates(consultation, point, named_place):
        metres = _metres(comment, point, named_place)
        if metres is None:
            likeness = alike(f"{words} {where_words}", f"{comment.words} {comment.where_words}", metres=None)
        else:
            likeness = alike(words, comment.words, metres=metres)
        if likeness.is_enough:
            found.append(Like(comment, likeness))
    return sorted(found, key=lambda like: (-like.alike.score, like.alike.metres or 0))[:MOST_OFFERED]


def _metres(comment: PlaceComment, point: Point | None, named_place: NamedPlace | None) -> float | None:
    """How far a comment is from here; nothing where it names the same place, unknown where either has no pin."""
    if named_place is not None and comment.named_place_id == named_place.pk:
        return 0
    theirs = comment.point
    return distance_metres(point, theirs) if point and theirs else None


def _candidates(consultation: Consultation, point: Point | None, named_place: NamedPlace | None) -> list[PlaceComment]:
    published = PlaceComment.objects.published().in_consultation(consultation).select_related("theme", "named_place")
    found: dict[int, PlaceComment] = {}
    if point is None:
        rings = [published.without_a_pin()]
        # A place that staff have not put on the map yet has comments all the same.
        rings = [published.without_a_pin().naming(named_place), *rings] if named_place else rings
    else:
        rings = [published.standing_in(squares_around(point, level)) for level in LEVELS]
    for ring in rings:
        if len(found) < MOST_COMPARED:
            found |= {comment.pk: comment for comment in ring[:MOST_COMPARED] if comment.pk not in found}
    return list(found.values())[:MOST_COMPARED]


def point_said(
    *, pin: Point | None = None, named_place: NamedPlace | None = None, postcode: str = "", where_words: str = ""
) -> Point | None:
    """Where a comment is about, by the most exact of what was said; a place of the list named in passing counts too."""
    if pin:
        return pin
    if named_place:
        return named_place.point
    if postcode:
        known = Postcode.objects.lookup(postcode)
        return known.point if known else None
    named = NamedPlace.objects.named_in(where_words)
    return named.point if named else None
