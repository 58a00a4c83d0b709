"""The tables of the directory."""

from engagement.directory.models.activity import Activity
from engagement.directory.models.alike import Likeness
from engagement.directory.models.calendar_text import CalendarText
from engagement.directory.models.coming import ComingSession, Opening
from engagement.directory.models.correction import Correction
from engagement.directory.models.hours_exception import HoursException
from engagement.directory.models.keeping import Keeper, ProposedChange
from engagement.directory.models.listener import Listener, Telling
from engagement.directory.models.organisation import Contact, Organisation
from engagement.directory.models.schedule import Schedule
from engagement.directory.models.school_break import SchoolBreak
from engagement.directory.models.session_change import SessionChange
from engagement.directory.models.venue import Venue

__all__ = [
    "Activity",
    "CalendarText",
    "ComingSession",
    "Contact",
    "Correction",
    "HoursException",
    "Keeper",
    "Likeness",
    "Listener",
    "Opening",
    "Organisation",
    "ProposedChange",
    "Schedule",
    "SchoolBreak",
    "SessionChange",
    "Telling",
    "Venue",
]
