"""Everything that changes the directory."""

from engagement.directory.actions.activities import add_activity, change_activity
from engagement.directory.actions.checking import mark_checked
from engagement.directory.actions.days_off import cancel_between, restore_together
from engagement.directory.actions.hours import (
    change_hours_on,
    keep_school_break,
    remove_school_break,
    restore_hours,
)
from engagement.directory.actions.sessions import (
    NoSuchSession,
    Overtaken,
    add_note,
    cancel_session,
    move_session,
    restore_session,
)
from engagement.directory.actions.venues import add_or_update_venue

__all__ = [
    "NoSuchSession",
    "Overtaken",
    "add_activity",
    "add_note",
    "add_or_update_venue",
    "cancel_between",
    "cancel_session",
    "change_activity",
    "change_hours_on",
    "keep_school_break",
    "mark_checked",
    "move_session",
    "remove_school_break",
    "restore_hours",
    "restore_session",
    "restore_together",
]
