"""What this room keeps: conversations and themes, comments, decisions about them, answers, actions, sessions and counts."""

from engagement.comments.models.actions import Action
from engagement.comments.models.answers import Response
from engagement.comments.models.comments import PlaceComment
from engagement.comments.models.consultations import Consultation, Theme
from engagement.comments.models.counts import CellCount
from engagement.comments.models.decisions import ModerationDecision
from engagement.comments.models.desk import ChecklistItem, ChecklistTick, Reading, Redaction, SavedReply
from engagement.comments.models.events import EngagementEvent, Promise
from engagement.comments.models.followers import Alert, AskedAddress, Follower, Support
from engagement.comments.models.sent_along import Addition, HelpConsent, Photo
from engagement.comments.models.sorting import WORDS_OF_COMMENTS
from engagement.comments.models.told import ActionUpdate, Verdict

__all__ = [
    "WORDS_OF_COMMENTS",
    "Action",
    "ActionUpdate",
    "Addition",
    "Alert",
    "AskedAddress",
    "CellCount",
    "ChecklistItem",
    "ChecklistTick",
    "Consultation",
    "EngagementEvent",
    "Follower",
    "HelpConsent",
    "ModerationDecision",
    "Photo",
    "PlaceComment",
    "Promise",
    "Reading",
    "Redaction",
    "Response",
    "SavedReply",
    "Support",
    "Theme",
    "Verdict",
]
