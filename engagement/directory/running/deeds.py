"""One function for each deed of those who run sessions: it does what a form says, or puts the refusal onto the form.

Each returns whether it was done. The typed words stay in the form for another try. `keeper` is who did it where that was
not a member of staff; whoever calls has seen to it that they may.
"""

from collections.abc import Callable, Sequence

from django import forms
from django.core.exceptions import ValidationError

from engagement.directory.actions import (
    NoSuchSession,
    add_note,
    cancel_between,
    cancel_session,
    move_session,
    restore_session,
    restore_together,
)
from engagement.directory.models import Activity, Keeper, Schedule
from engagement.directory.running.forms import CancelForm, MoveForm, NoteForm, OffForm, SessionForm, TogetherForm
from portal.accounts.models import User


def cancel(form: CancelForm, *, schedule: Schedule, by: User | None, keeper: Keeper | None = None) -> bool:
    """Not this time."""
    return _done(form, lambda: cancel_session(schedule=schedule, by=by, keeper=keeper, **form.said))


def move(form: MoveForm, *, schedule: Schedule, by: User | None, keeper: Keeper | None = None) -> bool:
    """At another time or place, this once."""
    return _done(form, lambda: move_session(schedule=schedule, by=by, keeper=keeper, **form.said))


def note(form: NoteForm, *, schedule: Schedule, by: User | None, keeper: Keeper | None = None) -> bool:
    """It is on, and there is something to know."""
    return _done(form, lambda: add_note(schedule=schedule, by=by, keeper=keeper, **form.said))


def restore(form: SessionForm, *, schedule: Schedule, by: User | None, keeper: Keeper | None = None) -> bool:
    """As usual after all; False too where there was nothing to take back."""
    return form.is_valid() and bool(restore_session(schedule=schedule, by=by, keeper=keeper, **form.said))


def cancel_days(
    form: OffForm,
    *,
    activity: Activity,
    by: User | None,
    keeper: Keeper | None = None,
    schedules: Sequence[Schedule] | None = None,
) -> bool:
    """Off from one day to another; a keeper gives the schedules at their own venue."""
    deed = {"activity": activity, "schedules": schedules, "by": by, "keeper": keeper}
    return _done(form, lambda: cancel_between(**deed, **form.said))  # type: ignore[arg-type]


def restore_days(form: TogetherForm, *, activity: Activity, by: User | None, keeper: Keeper | None = None) -> int:
    """Take an "off from … to …" back; how many dates are on again."""
    if not form.is_valid():
        return 0
    return len(restore_together(activity=activity, together=form.cleaned_data["together"], by=by, keeper=keeper))


def _done(form: forms.Form, deed: Callable[[], object]) -> bool:
    if not form.is_valid():
        return False
    try:
        deed()
    except NoSuchSession as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as refusal:
        for name, problems in refusal.message_dict.items():
            form.add_error(name if name in form.fields else None, problems)
    return not form.errors
