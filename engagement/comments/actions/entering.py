"""Takes in what was written on paper at a session: each sticker is a comment, and waits to be read like any other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from engagement.comments.actions.keeping import keep
from engagement.comments.actions.leaving import risk_of, say_what_was_seen, unused_reference
from engagement.comments.actions.sessions import check_may_run
from engagement.comments.models import EngagementEvent, PlaceComment, Theme
from engagement.comments.models.events import GONE
from engagement.comments.sessions.paper.entries import BadEntry, Entry, EntryReader
from engagement.comments.words.first_look import FirstLook, first_look
from engagement.comments.workflow import STATUS_WORDS, TO_READ, Status
from portal.accounts.models import User
from portal.audit.record import record
from portal.clock import at, say_date
from portal.geo.coordinates import Point
from portal.geo.models import NamedPlace
from portal.refusals import Refused


@dataclass(frozen=True)
class Outcome:
    """What became of one entry: "added", "changed", "unchanged", or "refused" with a sentence that says why."""

    what: str
    why: str = ""


@dataclass
class Row:
    """One row as somebody typed it: what is wrong with which field, and what became of it ("" for an empty row)."""

    typed: Mapping[str, str]
    line: int
    problems: dict[str, str] = field(default_factory=dict)
    outcome: str = ""
    why: str = ""

    @property
    def is_refused(self) -> bool:
        return self.outcome == "refused"


def reader_of(event: EngagementEvent) -> EntryReader:
    """What reads the rows of this session."""
    return EntryReader(
        grid=event.grid,
        numbers=event.numbers,
        places=[place.name for place in NamedPlace.objects.with_a_point()],
        themes=[theme.name for theme in Theme.objects.all()],
    )


def take_rows(
    *,
    event: EngagementEvent,
    typed: Iterable[tuple[int, Mapping[str, str]]],
    by: User,
    may_change: Iterable[int] | None = None,
    is_rehearsal: bool = False,
    now: datetime | None = None,
) -> list[Row]:
    """Read rows and take in those that are right; every other one comes back as it was typed, with what is wrong."""
    reader = reader_of(event)
    rows, entries = [], []
    for line, values in typed:
        row = Row(values, line)
        rows.append(row)
        try:
            entry = reader.read(values)
        except BadEntry as bad:
            row.outcome, row.problems = "refused", bad.problems
            continue
        if entry is not None:
            entries.append((row, entry))
    outcomes = take_entries(
        event=event,
        entries=[entry for _, entry in entries],
        by=by,
        may_change=may_change,
        is_rehearsal=is_rehearsal,
        now=now,
    )
    for (row, _), outcome in zip(entries, outcomes, strict=True):
        row.outcome, row.why = outcome.what, outcome.why
    return rows


def row_of(comment: PlaceComment) -> dict[str, str]:
    """A comment of a session as a row of its file: as it was written while it is still to be read, then as everybody sees it."""
    return _row_as_written(comment) if is_still_raw(comment) else _row(comment, comment.words, comment.point)


def is_still_raw(comment: PlaceComment) -> bool:
    """Nobody has decided about it or taken anything out, so whoever enters it may still read and correct it."""
    return comment.status in TO_READ and not (comment.sent_words or comment.sent_where_words)


def _row_as_written(comment: PlaceComment) -> dict[str, str]:
    """What was typed, to compare with and never to show."""
    return _row(comment, comment.words_as_sent, comment.exact_point)


def _row(comment: PlaceComment, words: str, point: Point | None) -> dict[str, str]:
    square = comment.event.grid.square_of(point) if comment.event and point else None
    entry = Entry(
        number=int(comment.sticker),
        feeling=comment.feeling,
        words=words,
        agreeing=comment.agreeing,
        place_name=comment.named_place.name if comment.named_place else "",
        square="" if comment.named_place else square or "",
        theme_name=comment.theme.name if comment.theme else "",
        stays_where_it_is=not (comment.named_place or square),
    )
    return entry.as_row


def blank_row(number: int) -> dict[str, str]:
    """The row of a sticker that was not entered yet."""
    empty = Entry(number=number, feeling="", words="")
    return empty.as_row


@transaction.atomic
def take_entries(
    *,
    event: EngagementEvent,
    entries: Iterable[Entry],
    by: User,
    may_change: Iterable[int] | None = None,
    is_rehearsal: bool = False,
    now: datetime | None = None,
) -> list[Outcome]:
    """Store each sticker once and say what became of it, in the order of the entries; a rehearsal says so and stores nothing.

    The same entry again changes nothing. Another one with a number that is there changes the comment, where `may_change`
    has that number (None: every number); its words only as long as nobody has decided about it. Refused before the
    session has been held.
    """
    check_may_run(by.has_perm)
    now = now or timezone.now()
    held_at = at(event.held_on, event.starts_at or time(12))
    if timezone.localdate(now) < event.held_on:
        raise Refused(f"This session is on {say_date(event.held_on)}. Enter what people wrote when it has been.")
    # Whoever enters for the same session waits here, so that no number is taken twice.
    event = EngagementEvent.objects.select_for_update().get(pk=event.pk)
    taker = _Taker(event, by=by, sent_at=min(held_at, now), now=now, is_rehearsal=is_rehearsal)
    changeable = None if may_change is None else set(may_change)
    outcomes = [taker.take(entry, may_change=changeable is None or entry.number in changeable) for entry in entries]
    counts = {what: sum(outcome.what == what for outcome in outcomes) for what in ("added", "changed")}
    if any(counts.values()) and not is_rehearsal:
        record(action="comments.enter_session", by=by, subject=event, **counts)
    return outcomes


class _Taker:
    """Takes the entries of one session, with all that is known of it looked up once."""

    def __init__(
        self, event: EngagementEvent, *, by: User, sent_at: datetime, now: datetime, is_rehearsal: bool
    ) -> None:
        self.event, self.by, self.sent_at, self.now, self.is_rehearsal = event, by, sent_at, now, is_rehearsal
        self.known = {comment.sticker: comment for comment in event.said().select_related("event")}
        self.places = {place.name: place for place in NamedPlace.objects.all()}
        self.themes = {theme.name: theme for theme in Theme.objects.all()}
        self.seen: set[int] = set()

    def take(self, entry: Entry, *, may_change: bool) -> Outcome:
        if entry.number in self.seen:
            return Outcome("refused", f"Number {entry.number} is in another row too.")
        self.seen.add(entry.number)
        known = self.known.get(str(entry.number))
        if known is None:
            return self._add(entry)
        # What stands in a file that was fetched is as right as what was written.
        written, fetched = _row_as_written(known), row_of(known)
        differs = {name for name, value in entry.as_row.items() if value not in {written[name], fetched[name]}}
        if not differs:
            return Outcome("unchanged")
        why = _why_not(known, differs, may_change=may_change)
        if why:
            return Outcome("refused", why)
        return self._change(known, entry, differs)

    def _add(self, entry: Entry) -> Outcome:
        if entry.stays_where_it_is:
            return Outcome("refused", "It has no pin yet. Write the square, such as C4, or the name of a place.")
        comment = PlaceComment(
            reference=unused_reference(),
            consultation=self.event.consultation,
            event=self.event,
            sticker=str(entry.number),
            source=PlaceComment.Source.PAPER,
            source_key=f"session:{self.event.pk}:{entry.number}",
            status=Status.WAITING,
            is_example=self.event.is_example,
            sent_at=self.sent_at,
            sent_by=self.by,
        )
        self._write(comment, entry, {"where", "feeling", "words", "agreeing", "theme"})
        return Outcome("added")

    def _change(self, known: PlaceComment, entry: Entry, differs: set[str]) -> Outcome:
        self._write(known, entry, differs)
        return Outcome("changed")

    def _write(self, comment: PlaceComment, entry: Entry, fields: set[str]) -> None:
        if "feeling" in fields:
            comment.feeling = entry.feeling
        if "theme" in fields:
            comment.theme = self.themes.get(entry.theme_name)
        if "agreeing" in fields:
            # Those around the table count as supporters too, beside the browsers that pressed the button.
            comment.support_count = max(0, comment.support_count + entry.agreeing - comment.agreeing)
            comment.agreeing = entry.agreeing
        if "where" in fields:
            comment.named_place = self.places.get(entry.place_name)
            has_square = bool(entry.square)
            comment.accuracy = PlaceComment.Accuracy.CELL if has_square else PlaceComment.Accuracy.NAMED_PLACE
            comment.stand_at(
                self.event.grid.middle(entry.square)
                if has_square
                else comment.named_place.point
                if comment.named_place
                else None
            )
        if "words" in fields:
            comment.words = entry.words
        if not self.is_rehearsal:
            self._keep(comment, is_read_anew="words" in fields)

    def _keep(self, comment: PlaceComment, *, is_read_anew: bool) -> None:
        """Store it; words that the rules of the site doubt hold it, with what they saw."""
        look = first_look(comment.words) if is_read_anew else FirstLook()
        is_held_now = bool(look.reason) and comment.status == Status.WAITING
        comment.risk = max(comment.risk, risk_of(look))
        comment.status = Status.HELD if is_held_now else comment.status
        keep(comment)
        if is_held_now:
            say_what_was_seen(comment, look, was=Status.WAITING, at=self.now)


def _why_not(known: PlaceComment, differs: set[str], *, may_change: bool) -> str:
    """Why this comment cannot be changed so; empty where it can."""
    number = known.sticker
    if known.status in GONE:
        return f"Number {number} is there already, and it is {STATUS_WORDS[Status(known.status)].lower()}."
    if not may_change:
        return f"Number {number} is there already: “{known.title}”. Take the right number, or correct it on the session’s page."
    if "words" in differs and not is_still_raw(known):
        return f"Somebody has decided about number {number} already: its words are changed on its own page."
    return ""
