"""The tables of the directory."""

from engagement.directory.models.activity import Activity
from engagement.directory.models.session_change import SessionChange
from engagement.directory.models.venue import Venue

__all__ = ["Activity", "SessionChange", "Venue"]
