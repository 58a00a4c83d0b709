"""What keepers want otherwise: wishing, field by field, and the coordinator's taking or not taking it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from engagement.directory.actions.activities import change_activity
from engagement.directory.actions.venues import add_or_update_venue
from engagement.directory.hours import read_text
from engagement.directory.keeping.tasks import tell_decided
from engagement.directory.keeping.wishes import BY_HAND, HOURS, fingerprint, value_now, wishable
from engagement.directory.models import Activity, Keeper, ProposedChange, Venue
from portal import clock
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.audit.record import record
from portal.refusals import Refused
from portal.tasks import enqueue_on_commit
from portal.text import plain

LONGEST_REASON = 300
# Until then a coordinator has gone through the rest of the entry, and one mail tells all of it.
TOLD_AFTER = timedelta(minutes=10)
PROPOSE = "directory.propose"
CHANGES = ("directory.change_venue", "directory.change_activity")
NOT_IN_THE_FORM = (
    "The form has not changed since they wrote. Put it in there first, save, then say here that you took it."
)
CANNOT_READ = "We cannot read these words for certain. Put the hours into the form."
CHANGED_MEANWHILE = "The entry was changed after you opened this page. Look at both again."
DECIDED_ALREADY = "Somebody has decided this already, or the keeper has taken it back."


@transaction.atomic
def propose(
    *, entry: Venue | Activity, wishes: Mapping[str, Any], keeper: Keeper, by: User | None = None
) -> list[ProposedChange]:
    """A keeper wants these fields otherwise. A newer wish takes the place of one that waits; to wish for what is there
    already takes the old wish back. What is new and waits now is returned.
    """
    now, made = clock.now(), []
    allowed = {one.field for one in wishable(entry)}
    about = {entry._meta.model_name or "": entry}
    entry = _lock(entry)
    waiting = {wish.field: wish for wish in ProposedChange.objects.about(entry).waiting()}
    changed = []
    for field in (name for name in wishes if name in allowed):
        wanted, was, old = str(wishes[field]), value_now(entry, field), waiting.get(field)
        if old is not None and old.wanted == wanted and old.was == was:
            continue
        if old is None and wanted == was:
            continue
        changed.append(field)
        if old is not None:
            replaced = {"decision": ProposedChange.Decision.REPLACED, "decided_at": now}
            ProposedChange.objects.waiting().filter(pk=old.pk).update(**replaced)
        if wanted != was:
            wish = ProposedChange(**about, field=field, was=was, wanted=wanted, keeper=keeper, made_at=now, made_by=by)
            wish.save()
            made.append(wish)
    if changed:
        record(action=PROPOSE, by=by, subject=entry, keeper=keeper.pk, fields=changed)
    return made


@transaction.atomic
def take(*, change: ProposedChange, seen: str, reason: str = "", by: User) -> ProposedChange:
    """The entry says from now on what the keeper wanted; `seen` is the fingerprint of what it said when the coordinator
    looked. Words for hours and times are only marked as taken, and only where the coordinator has put them into the form.

    Raises Refused where the entry changed meanwhile or somebody decided first, ValidationError where it cannot be kept.
    """
    wish = _waiting(change, seen)
    entry = wish.entry
    if wish.field in BY_HAND:
        if not _was_put_in(wish):
            raise Refused(NOT_IN_THE_FORM)
    elif isinstance(entry, Venue):
        add_or_update_venue(venue=entry, by=by, **{wish.field: wish.wanted})
    else:
        change_activity(activity=entry, by=by, **{wish.field: wish.wanted})
    return _decide(wish, ProposedChange.Decision.TAKEN, reason, by)


@transaction.atomic
def take_reading(*, change: ProposedChange, seen: str, reason: str = "", by: User) -> ProposedChange:
    """A place's opening hours are from now on what we read from the keeper's words, which stand beside them.

    Raises Refused as `take` does, and for words that we cannot read.
    """
    wish = _waiting(change, seen)
    value = read_text(str(wish.wanted)) if wish.field == HOURS else None
    if not value:
        raise Refused(CANNOT_READ)
    words = {HOURS: wish.wanted, "opening_hours": value, "hours_proposed": ""}
    add_or_update_venue(venue=wish.entry, by=by, **words)
    return _decide(wish, ProposedChange.Decision.TAKEN, reason, by)


@transaction.atomic
def leave(*, change: ProposedChange, reason: str, by: User) -> ProposedChange:
    """The entry stays as it is; the keeper is told why."""
    reason = plain(reason, limit=LONGEST_REASON)
    if not reason:
        raise Refused("Say why not, in a few words: the keeper reads it.")
    return _decide(_waiting(change, None), ProposedChange.Decision.NOT_TAKEN, reason, by)


@transaction.atomic
def note_told(*, changes: list[int]) -> None:
    """The keeper has heard what became of these."""
    ProposedChange.objects.to_tell().filter(pk__in=changes).update(told_at=clock.now())


def _lock(entry: Venue | Activity) -> Venue | Activity:
    """The entry as it is now. Whoever wishes or decides takes its lock first, so that nobody waits for somebody who waits."""
    locked: Venue | Activity = type(entry)._default_manager.select_for_update().get(pk=entry.pk)
    return locked


def _waiting(change: ProposedChange, seen: str | None) -> ProposedChange:
    entry = _lock(change.entry)
    wish = ProposedChange.objects.about(entry).waiting().select_for_update(of=("self",)).filter(pk=change.pk).first()
    if wish is None:
        raise Refused(DECIDED_ALREADY)
    if seen is not None and fingerprint(value_now(wish.entry, wish.field)) != seen:
        raise Refused(CHANGED_MEANWHILE)
    return wish


def _was_put_in(wish: ProposedChange) -> bool:
    """Whether somebody saved other hours, or other places and times, since the keeper wrote: history has it after the wish."""
    for action, detail in AuditEvent.objects.about(wish.entry).newest_first().values_list("action", "detail"):
        fields = detail.get("fields", [])
        if action in CHANGES and not BY_HAND[wish.field].isdisjoint(fields):
            return True
        if action == PROPOSE and wish.field in fields:
            break
    return False


def _decide(wish: ProposedChange, decision: ProposedChange.Decision, reason: str, by: User) -> ProposedChange:
    wish.decision, wish.decided_at, wish.decided_by = decision, clock.now(), by
    wish.reason = plain(reason, limit=LONGEST_REASON)
    wish.save(update_fields=["decision", "decided_at", "decided_by", "reason"])
    record(action=f"directory.{decision}", by=by, subject=wish.entry, field=wish.field, change=wish.pk)
    if wish.keeper_id is not None:
        enqueue_on_commit(tell_decided.using(run_after=wish.decided_at + TOLD_AFTER), keeper_id=wish.keeper_id)
    return wish
