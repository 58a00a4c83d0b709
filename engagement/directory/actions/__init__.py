"""Everything that changes the directory."""

from engagement.directory.actions.activities import add_activity, change_activity
from engagement.directory.actions.sessions import (
    NoSuchSession,
    add_note,
    cancel_session,
    restore_session,
)
from engagement.directory.actions.venues import add_or_update_venue, mark_checked

__all__ = [
    "NoSuchSession",
    "add_activity",
    "add_note",
    "add_or_update_venue",
    "cancel_session",
    "change_activity",
    "mark_checked",
    "restore_session",
]
