"""Takes comments from a file: published, in a consultation of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from engagement.comments.actions.keeping import keep, together
from engagement.comments.actions.leaving import risk_of, say_what_was_seen, unused_reference
from engagement.comments.map.bounds import Bounds
from engagement.comments.models import Consultation, PlaceComment, Theme
from engagement.comments.words.first_look import first_look
from engagement.comments.workflow import Status
from portal.audit.record import record
from portal.geo.coordinates import Point
from portal.refusals import Refused

MOST_THEMES = 200


@dataclass(frozen=True, kw_only=True)
class ImportedComment:
    """One row of a file, read and cleaned; `key` is what the same row has when the file comes again."""

    key: str
    words: str
    point: Point
    sent_at: datetime
    theme: str = ""
    feeling: str = ""


@transaction.atomic
def open_consultation_for_import(*, slug: str, points: Iterable[Point]) -> Consultation:
    """The consultation of this name, or a new one: unlisted, closed, and as large as the points lie apart."""
    known = Consultation.objects.filter(slug=slug).first()
    if known:
        return known
    west, south, east, north = Bounds.around(points)
    made = Consultation.objects.create(
        slug=slug,
        name=slug.replace("-", " ").replace("_", " ").capitalize(),
        is_listed=False,
        is_open=False,
        west=west,
        south=south,
        east=east,
        north=north,
    )
    record(action="comments.make_consultation", by=None, subject=made, slug=slug)
    return made


@transaction.atomic
def take_imported(
    *, consultation: Consultation, comments: Iterable[ImportedComment], is_read_first: bool = False
) -> dict[str, str]:
    """Store comments by their keys and say for each whether it was added, changed or already there.

    A comment that may hold personal details is held for a moderator instead of published; with `is_read_first` all the
    others wait to be read too. What staff have decided about a comment since the last import stays.
    """
    wanted = list(comments)
    themes = _themes(comment.theme for comment in wanted)
    known = {comment.source_key: comment for comment in PlaceComment.objects.imported_into(consultation)}
    outcomes = {}
    with together():
        for comment in wanted:
            key = f"import:{consultation.pk}:{comment.key}"
            outcomes[comment.key] = _take_one(comment, key, known.get(key), consultation, themes, is_read_first)
    counts = {what: list(outcomes.values()).count(what) for what in ("added", "changed")}
    if any(counts.values()):
        record(action="comments.import", by=None, subject=consultation, **counts)
    return outcomes


def _take_one(
    comment: ImportedComment,
    key: str,
    known: PlaceComment | None,
    consultation: Consultation,
    themes: dict[str, Theme],
    is_read_first: bool,
) -> str:
    wanted = {
        "words": comment.words,
        "feeling": comment.feeling,
        "theme": themes.get(slugify(comment.theme)[:60]),
    }
    if known is not None:
        return _change(known, wanted, comment.point)
    look = first_look(comment.words)
    made = PlaceComment(
        **wanted,
        reference=unused_reference(),
        consultation=consultation,
        accuracy=PlaceComment.Accuracy.IMPORTED,
        source=PlaceComment.Source.IMPORT,
        source_key=key,
        status=Status.HELD if look.reason else Status.WAITING if is_read_first else Status.PUBLISHED,
        risk=risk_of(look),
        sent_at=comment.sent_at,
        published_at=None if look.reason or is_read_first else comment.sent_at,
    )
    made.stand_at(comment.point)
    keep(made)
    if look.reason:
        say_what_was_seen(made, look, was=Status.WAITING, at=comment.sent_at)
    return "added"


def _change(known: PlaceComment, wanted: dict[str, Any], point: Point) -> str:
    """Bring a comment up to date with its file; what the author took back stays as it is, and so does what staff took out."""
    stored = {"words": known.words_as_sent, "feeling": known.feeling, "theme": known.theme}
    if (stored == wanted and known.exact_point == point) or known.status in {Status.WITHDRAWN, Status.ERASED}:
        return "unchanged"
    known.feeling, known.theme = wanted["feeling"], wanted["theme"]
    known.stand_at(point)
    if stored["words"] != wanted["words"]:
        _say_anew(known, wanted["words"])
    keep(known)
    return "changed"


def _say_anew(known: PlaceComment, words: str) -> None:
    """Other words than those that staff read; what they took out of the old ones is to be looked for again."""
    was_redacted, known.sent_words = bool(known.sent_words), ""
    known.words = words
    look = first_look(words)
    if was_redacted and not look.reason:
        look = look._replace(personal="what was taken out before")
    known.risk = risk_of(look)
    if look.reason and known.status == Status.PUBLISHED:
        known.status = Status.HELD
        say_what_was_seen(known, look, was=Status.PUBLISHED, at=timezone.now())


def _themes(names: Iterable[str]) -> dict[str, Theme]:
    """A theme for each name by its slug; one that is new is not offered to residents until staff say so."""
    wanted = {slug: name for name in names if (slug := slugify(name)[:60])}
    if len(wanted) > MOST_THEMES:
        raise Refused(f"There are more than {MOST_THEMES} different themes: is that the right column?")
    themes = Theme.objects.in_bulk(wanted, field_name="slug")
    position = Theme.objects.aggregate(last=Max("position"))["last"] or 0
    for slug, name in wanted.items():
        if slug not in themes:
            position = min(position + 1, 32_000)
            themes[slug] = Theme.objects.create(slug=slug, name=name[:60], is_active=False, position=position)
    return themes
