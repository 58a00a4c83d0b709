"""Keeps a comment: the one way in which a change of a comment is stored, counted on the map and told to what was cached."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models import F

from engagement.comments.map.counting import Changes, Standing
from engagement.comments.models import CellCount, Consultation, PlaceComment
from engagement.comments.workflow import Status

STANDS = ("consultation_id", "theme_id", "feeling", "cell", "status")


class _Pending:
    """What is still to be written: changed counts, and the consultations of which kept answers are old."""

    def __init__(self) -> None:
        self.counts = Changes()
        self.consultations: set[int] = set()

    def write(self) -> None:
        """Versions first: whoever changes what is shown in a consultation waits there, and nowhere later."""
        if self.consultations:
            Consultation.objects.filter(pk__in=sorted(self.consultations)).update(version=F("version") + 1)
        CellCount.objects.add(self.counts.squares())


_gathering: ContextVar[_Pending | None] = ContextVar("comments_gathering", default=None)


@contextmanager
def together() -> Iterator[None]:
    """In one transaction, keep many comments and count them once at the end: for imports and decisions about many.

    What is kept inside must not be rolled back alone: a savepoint that fails takes its comment along, but not its count.
    """
    if _gathering.get() is not None:
        yield
        return
    with transaction.atomic():
        pending = _Pending()
        token = _gathering.set(pending)
        try:
            yield
        finally:
            _gathering.reset(token)
        pending.write()


@transaction.atomic(savepoint=False)
def keep(comment: PlaceComment) -> PlaceComment:
    """Store a new or changed comment, inside the caller's transaction; everything that counts or caches it follows.

    The public pin always obeys the theme: rough for a sensitive one, exact for another. The one number that is changed
    without this is how many agree (`actions.supporting`): map, feeds, reports and exports, which are kept, never show it.
    """
    before = _as_stored(comment)
    if comment.point is not None:
        comment.stand_at(comment.exact_point)
    comment.save()
    after = {name: getattr(comment, name) for name in STANDS}
    with _counted() as pending:
        if _standing(before) != _standing(after):
            pending.counts.add(_standing(before), -1)
            pending.counts.add(_standing(after))
        pending.consultations |= {row["consultation_id"] for row in (before, after) if row and _is_public(row)}
    return comment


def show_anew(*consultation_ids: int) -> None:
    """Say that something beside a comment changed what is shown: an answer, an action, the name of a theme or a place.

    Without numbers it is said of every consultation.
    """
    with transaction.atomic(savepoint=False), _counted() as pending:
        pending.consultations |= set(consultation_ids or Consultation.objects.values_list("pk", flat=True))


@contextmanager
def _counted() -> Iterator[_Pending]:
    """Where changes are gathered, or else a place of their own that is written at once."""
    gathering = _gathering.get()
    pending = gathering or _Pending()
    yield pending
    if gathering is None:
        pending.write()


def _as_stored(comment: PlaceComment) -> dict[str, Any] | None:
    """How a comment stands until now, held until the transaction ends so that nobody counts it twice."""
    if comment.pk is None:
        return None
    return PlaceComment.objects.select_for_update().filter(pk=comment.pk).values(*STANDS).first()


def _is_public(row: dict[str, Any] | None) -> bool:
    return row is not None and row["status"] == Status.PUBLISHED


def _standing(row: dict[str, Any] | None) -> Standing | None:
    """Where a comment counts on the map; nowhere while it is not shown or has no pin."""
    if row is None or row["cell"] is None or not _is_public(row):
        return None
    return Standing(row["consultation_id"], row["theme_id"] or 0, row["feeling"], row["cell"])
