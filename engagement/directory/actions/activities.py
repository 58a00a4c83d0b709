"""Adding activities and keeping them right, with where and when they take place."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from engagement.directory.actions.coming import work_out_sessions
from engagement.directory.actions.entry_words import bring_up_to_date, changed_fields, free_slug, put
from engagement.directory.actions.sessions import takes_place
from engagement.directory.models import Activity, Schedule, SessionChange
from portal import clock
from portal.accounts.models import User
from portal.audit.record import record

Row = Mapping[str, Any]


@transaction.atomic
def add_activity(
    *, by: User | None, schedules: Sequence[Row], activity: Activity | None = None, **words: Any
) -> Activity:
    """Put an activity into the directory; `words` are its fields by name, `schedules` the fields of each where and when.

    Raises ValidationError, field by field, for words that cannot be kept, such as a rule that we cannot follow.
    """
    activity = activity or Activity()
    put(activity, words)
    activity.slug = activity.slug or free_slug(Activity, activity.name)
    activity.full_clean()
    activity.save()
    _keep_schedules(activity, schedules)
    record(action="directory.add_activity", by=by, subject=activity)
    return activity


@transaction.atomic
def change_activity(
    *, activity: Activity, by: User | None, schedules: Sequence[Row] | None = None, **words: Any
) -> Activity:
    """Bring an activity up to date; nothing is recorded where nothing changed, and only `words` are written.

    `schedules` are all its schedules: a row with the `pk` of one changes it, one without adds, and those left out go. What
    was said about dates that still take place stays. None leaves them as they are.
    """
    changed = bring_up_to_date(activity, words)
    if schedules is not None and _keep_schedules(activity, schedules):
        changed.append("schedules")
    if changed:
        Schedule.objects.filter(activity=activity).update(sequence=F("sequence") + 1)
        record(action="directory.change_activity", by=by, subject=activity, fields=changed)
    return activity


def _keep_schedules(activity: Activity, rows: Sequence[Row]) -> bool:
    """Make an activity's schedules those of the rows, in their order, and say whether anything changed."""
    if not rows:
        raise ValidationError("Say where it takes place.")
    there = {schedule.pk: schedule for schedule in Schedule.objects.of(activity).select_for_update()}
    wanted = {row["pk"] for row in rows if row.get("pk")}
    touched = []
    kept = []
    for position, row in enumerate(row for row in rows if not row.get("pk") or row["pk"] in there):
        schedule = there.get(row.get("pk") or 0) or Schedule(activity=activity)
        put(schedule, {**{name: value for name, value in row.items() if name != "pk"}, "position": position})
        schedule.full_clean()
        if schedule.pk is None or changed_fields(schedule):
            schedule.save()
            touched.append(schedule.pk)
        kept.append(schedule)
    gone = [schedule for number, schedule in there.items() if number not in wanted]
    touched += _hand_on(gone, kept)
    Schedule.objects.of(activity, only=[schedule.pk for schedule in gone]).delete()
    work_out_sessions(touched, clock.now())
    return bool(gone) or bool(touched)


def _hand_on(gone: Sequence[Schedule], kept: Sequence[Schedule]) -> list[int]:
    """Keep what was said about dates that still take place when their row goes: it is said of the row that has them now.

    Of two such rows the one at the same venue goes first. The numbers of those that were given something.
    """
    given = []
    for change in SessionChange.objects.live().of_schedules(schedule.pk for schedule in gone):
        same_place = sorted(kept, key=lambda one: one.venue_id != change.schedule.venue_id)
        heir = next((one for one in same_place if takes_place(one, change.session_on, change.session_on)), None)
        if heir is None or SessionChange.objects.live().of(heir, change.session_on).exists():
            continue
        change.schedule = heir
        change.save(update_fields=["schedule"])
        given.append(heir.pk)
    return given
