"""Finding entries that may be one place, saying that they are or are not, and taking that back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import F

from engagement.directory.actions.coming import work_out_openings, work_out_sessions
from engagement.directory.actions.entry_words import changed_fields, put
from engagement.directory.likeness import Alike, Entry, alike_pairs
from engagement.directory.models import (
    Contact,
    Correction,
    HoursException,
    Keeper,
    Likeness,
    ProposedChange,
    Schedule,
    SessionChange,
    Venue,
)
from portal import clock
from portal.accounts.models import User
from portal.audit.record import record

# All that hangs on a venue and goes with it, by the column that names the venue.
MOVES: Mapping[str, tuple[type[models.Model], str]] = {
    "schedules": (Schedule, "venue"),
    "moved_sessions": (SessionChange, "moved_venue"),
    "exceptions": (HoursException, "venue"),
    "keepers": (Keeper, "venue"),
    "corrections": (Correction, "venue"),
    "contacts": (Contact, "venue"),
    "proposed": (ProposedChange, "venue"),
    "merged": (Venue, "merged_into"),
}


# Of what merging replaced, what may be somebody's own is kept no longer than it may well be taken back.
CONTACTS = ("description", "phone", "email", "hours_text")


class CannotMerge(Exception):
    """One of the two is already part of another entry, or somebody decided meanwhile."""


def propose_pairs(*, by: User | None) -> int:
    """Look for entries that may be one place; how many new pairs there are. A pair that was decided never comes back.

    The looking, which takes a while in a large directory, is done before anything is locked.
    """
    standing = Venue.objects.filter(merged_into=None).only(
        "name", "address", "postcode", "latitude", "longitude", "phone", "website"
    )
    return _keep_pairs(alike_pairs(map(_entry, standing.iterator(chunk_size=2_000))), by)


@transaction.atomic
def _keep_pairs(pairs: Sequence[Alike], by: User | None) -> int:
    """Put new pairs beside those that are known, and put aside undecided ones that look alike no more."""
    there = Venue.objects.in_bulk({number for pair in pairs for number in (pair.first, pair.second)})
    found = {(pair.first, pair.second): pair for pair in pairs if pair.first in there and pair.second in there}
    known = {(pair.first_id, pair.second_id): pair for pair in Likeness.objects.all()}
    doubtful = [pair.pk for key, pair in known.items() if key not in found]
    # What somebody decided since it was read stays.
    doomed = Likeness.objects.filter(pk__in=doubtful, decision=Likeness.Decision.UNDECIDED)
    gone = list(doomed.select_for_update().values_list("pk", flat=True))
    Likeness.objects.filter(pk__in=gone).delete()
    now = clock.now()
    new = [
        Likeness(first_id=pair.first, second_id=pair.second, score=pair.score, because=pair.because, found_at=now)
        for key, pair in found.items()
        if key not in known
    ]
    Likeness.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    if new or gone:
        record(action="directory.propose_pairs", by=by, found=len(new), gone=len(gone))
    return len(new)


@transaction.atomic
def say_different(*, pair: Likeness, by: User) -> Likeness:
    """These are two places, however alike they look."""
    pair = _still_open(pair)
    _decide(pair, Likeness.Decision.DIFFERENT, by)
    record(action="directory.say_different", by=by, subject=pair, venues=[pair.first_id, pair.second_id])
    return pair


@transaction.atomic
def merge(*, pair: Likeness, keep: Venue, take: Iterable[str], by: User) -> Likeness:
    """These are one place: `keep` stays, with the other's value in the fields of `take`; the other's page leads there.

    What hangs on the other goes with it: where and when things happen, days at other times, keepers, what people told us
    and whom to ask. Nothing is deleted: a keeper or a wish that the entry to keep has already is over here.

    Raises CannotMerge, and ValidationError for values that cannot be kept.
    """
    pair = _still_open(pair)
    other_pk = pair.second_id if keep.pk == pair.first_id else pair.first_id
    both = Venue.objects.select_for_update().in_bulk([pair.first_id, pair.second_id])
    kept, other = both[keep.pk], both[other_pk]
    if kept.merged_into_id or other.merged_into_id:
        raise CannotMerge("One of these is already part of another entry.")
    attnames = {field.name: field.attname for field in Venue._meta.concrete_fields}
    columns = [attnames[name] for name in take]
    before = {column: getattr(kept, column) for column in columns}
    put(kept, {column.removesuffix("_id"): getattr(other, column.removesuffix("_id")) for column in columns})
    kept.full_clean()
    changed = changed_fields(kept)
    kept.save()
    moved = {name: _move(name, source=other.pk, target=kept.pk) for name in MOVES}
    over = _end_the_rest(other, by)
    other.merged_into = kept
    other.save(update_fields=["merged_into", "updated_at"])
    after = {column: getattr(kept, column) for column in columns}
    pair.put_back = {"kept": kept.pk, "other": other.pk, "before": before, "after": after, "moved": moved, **over}
    _decide(pair, Likeness.Decision.SAME, by)
    _work_out(kept.pk, other.pk, moved)
    record(action="directory.merge_venues", by=by, subject=kept, other=other.pk, fields=changed)
    return pair


@transaction.atomic
def undo_decision(*, pair: Likeness, by: User) -> Likeness:
    """Take back what was said of a pair; a merge is undone whole. What somebody changed since then stays as it is now."""
    pair = Likeness.objects.select_for_update().get(pk=pair.pk)
    if pair.decision == Likeness.Decision.UNDECIDED:
        raise CannotMerge("Somebody has taken this back already.")
    if pair.put_back:
        _put_back(pair.put_back)
    pair.put_back = {}
    _decide(pair, Likeness.Decision.UNDECIDED, None)
    record(action="directory.undo_pair", by=by, subject=pair, venues=[pair.first_id, pair.second_id])
    return pair


def without_contacts(values: Mapping[str, Any]) -> dict[str, Any]:
    """What merging changed without what may be somebody's own; taking the merge back leaves that as it is then."""
    return {column: value for column, value in values.items() if column not in CONTACTS}


def _put_back(done: Mapping[str, Any]) -> None:
    both = Venue.objects.select_for_update().in_bulk([done["kept"], done["other"]])
    kept, other = both[done["kept"]], both[done["other"]]
    if other.merged_into_id != kept.pk or kept.merged_into_id:
        raise CannotMerge("The entry that was kept is part of another one by now. Take that back first.")
    for column, value in done["before"].items():
        if getattr(kept, column) == done["after"][column]:
            setattr(kept, column, value)
    kept.save()
    other.merged_into = None
    other.save(update_fields=["merged_into", "updated_at"])
    for name, numbers in done["moved"].items():
        _move(name, source=kept.pk, target=other.pk, only=numbers)
    _bring_back(other, done)
    _work_out(kept.pk, other.pk, done["moved"])


def _move(name: str, *, source: int, target: int, only: list[int] | None = None) -> list[int]:
    """Hang rows on another venue and say which; those that the other has already stay where they are."""
    model, column = MOVES[name]
    rows = model._default_manager.filter(**{f"{column}_id": source})
    if only is not None:
        rows = rows.filter(pk__in=only)
    if name == "keepers":
        rows = rows.exclude(email__in=Keeper.objects.active().filter(venue=target).values("email"), ended_at=None)
    if name == "proposed":
        wished = ProposedChange.objects.waiting().filter(venue=target).values("field")
        rows = rows.exclude(field__in=wished, decision=ProposedChange.Decision.WAITING)
    numbers = sorted(rows.values_list("pk", flat=True))
    changed: dict[str, Any] = {f"{column}_id": target}
    if name == "schedules":
        changed |= {"sequence": F("sequence") + 1, "updated_at": clock.now()}
    model._default_manager.filter(pk__in=numbers).update(**changed)
    return numbers


def _end_the_rest(other: Venue, by: User) -> dict[str, list[int]]:
    """End the keepers and the wishes that the entry to keep has already; which they were."""
    now = clock.now()
    keepers = Keeper.objects.active().of_venue(other)
    ended = sorted(keepers.values_list("pk", flat=True))
    keepers.update(ended_at=now, ended_by=by)
    wishes = ProposedChange.objects.about(other).waiting()
    replaced = sorted(wishes.values_list("pk", flat=True))
    wishes.update(decision=ProposedChange.Decision.REPLACED, decided_at=now, decided_by=by)
    return {"ended": ended, "replaced": replaced}


def _bring_back(other: Venue, done: Mapping[str, Any]) -> None:
    """What merging ended goes on, unless somebody keeps, or wishes for, the same there by now."""
    here = Keeper.objects.active().of_venue(other).values("email")
    keepers = Keeper.objects.of_venue(other).filter(pk__in=done.get("ended", [])).exclude(email__in=here)
    keepers.update(ended_at=None, ended_by=None)
    wished = ProposedChange.objects.about(other).waiting().values("field")
    wishes = ProposedChange.objects.about(other).filter(pk__in=done.get("replaced", [])).exclude(field__in=wished)
    wishes.update(decision=ProposedChange.Decision.WAITING, decided_at=None, decided_by=None)


def _work_out(kept: int, other: int, moved: Mapping[str, list[int]]) -> None:
    work_out_openings([kept, other], clock.now())
    elsewhere = SessionChange.objects.filter(pk__in=moved["moved_sessions"]).values_list("schedule", flat=True)
    work_out_sessions([*moved["schedules"], *elsewhere], clock.now())


def _still_open(pair: Likeness) -> Likeness:
    found = Likeness.objects.select_for_update().filter(pk=pair.pk).first()
    if found is None:
        raise CannotMerge("These two look alike no more.")
    if found.decision != Likeness.Decision.UNDECIDED:
        raise CannotMerge("Somebody has decided this meanwhile.")
    return found


def _decide(pair: Likeness, decision: Likeness.Decision, by: User | None) -> None:
    pair.decision, pair.decided_by = decision, by
    pair.decided_at = clock.now() if by else None
    pair.save()


def _entry(venue: Venue) -> Entry:
    return Entry(venue.pk, venue.name, venue.address, venue.postcode, venue.point, venue.phone, venue.website)
