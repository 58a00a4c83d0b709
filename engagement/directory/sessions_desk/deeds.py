"""One function for each deed of those who run sessions: it does what a form says, or puts the refusal onto the form.

Each returns whether it was done; `why_not` reads what stood against it. The typed words stay in the form for another
try. `keeper` is who did it where that was not a member of staff; whoever calls has seen to it that they may.
"""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError

from engagement.directory.actions import (
    NoSuchSession,
    Overtaken,
    add_note,
    cancel_between,
    cancel_session,
    move_session,
    restore_session,
    restore_together,
)
from engagement.directory.models import Activity, Keeper, Schedule, SessionChange
from engagement.directory.sessions_desk.forms import (
    NOTHING_TO_UNDO,
    CancelForm,
    MoveForm,
    NoteForm,
    OffForm,
    TogetherForm,
    UndoForm,
)
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


def restore(form: UndoForm, *, schedule: Schedule, by: User | None, keeper: Keeper | None = None) -> bool:
    """As usual after all, where what was read still holds."""
    return _done(form, lambda: _restore(form.cleaned_data["change"], schedule, by, keeper))


def cancel_days(form: OffForm, *, activity: Activity, by: User) -> bool:
    """Off from one day to another."""
    return _done(form, lambda: cancel_between(activity=activity, by=by, **form.said))


def restore_days(form: TogetherForm, *, activity: Activity, by: User) -> int:
    """Take an "off from … to …" back; how many dates are on again."""
    if not form.is_valid():
        return 0
    return len(restore_together(activity=activity, together=form.cleaned_data["together"], by=by))


def why_not(form: forms.Form) -> str:
    """The first refusal on a form."""
    return str(next(iter(form.errors.values()))[0])


def _restore(number: int, schedule: Schedule, by: User | None, keeper: Keeper | None) -> None:
    said = SessionChange.objects.of_schedules([schedule.pk]).numbered([number]).first()
    on = said.session_on if said else None
    if on is None or not restore_session(schedule=schedule, on=on, change=number, by=by, keeper=keeper):
        raise Overtaken(NOTHING_TO_UNDO)


def _done(form: forms.Form, deed: Callable[[], object]) -> bool:
    if not form.is_valid():
        return False
    try:
        deed()
    except (NoSuchSession, Overtaken) as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as refusal:
        for name, problems in refusal.message_dict.items():
            form.add_error(name if name in form.fields else None, problems)
    return not form.errors
