"""What a resident sees before a comment is sent: how everybody will read it, what gives too much away, and what is like it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engagement.comments.models import Consultation, PlaceComment
from engagement.comments.words.distress import signs_of_distress
from engagement.comments.words.nearby import Like, likely_same, point_said
from engagement.comments.words.screening import Piece, pieces
from portal.geo.coordinates import Point
from portal.geo.models import NamedPlace


@dataclass(frozen=True, kw_only=True)
class Preview:
    """One comment as it will stand, not stored: each text in pieces, of which some are marked."""

    comment: PlaceComment
    words: list[Piece]
    where: list[Piece]
    name: list[Piece]
    photo_words: list[Piece]
    like: list[Like]
    signs: tuple[str, ...]

    @property
    def marked(self) -> list[Piece]:
        """Everything that gives too much away."""
        return [piece for text in (self.words, self.where, self.name, self.photo_words) for piece in text if piece.kind]


def preview_of(said: Mapping[str, Any]) -> Preview:
    """The preview of what `leave_comment` would take."""
    consultation: Consultation = said["consultation"]
    place: dict[str, Any] = {"named_place": said.get("named_place")}
    place |= {name: said.get(name) or "" for name in ("postcode", "where_words")}
    comment = PlaceComment(words=said["words"], feeling=said["feeling"], theme=said.get("theme"), **place)
    photo_words = said.get("photo_words") or ""
    return Preview(
        comment=comment,
        words=pieces(said["words"]),
        where=pieces(_where(comment, said.get("pin"))),
        name=pieces(said["author_name"]) if said.get("is_name_shown") else [],
        photo_words=pieces(photo_words),
        like=likely_same(
            consultation=consultation,
            words=said["words"],
            point=point_said(pin=said.get("pin"), **place),
            named_place=place["named_place"],
            where_words=place["where_words"],
        ),
        signs=signs_of_distress(said["words"], place["where_words"], photo_words),
    )


def _where(comment: PlaceComment, pin: Point | None) -> str:
    """Where it is, in words; of a pin alone the nearest place of the list."""
    if comment.named_place or comment.where_words or comment.postcode or pin is None:
        return comment.where
    near = NamedPlace.objects.near(pin)
    return f"On the map, near {near}" if near else "On the map"
