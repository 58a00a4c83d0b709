"""What this room keeps: conversations and themes, comments, decisions about them, answers and actions."""

from engagement.comments.models.answers import Action, Response
from engagement.comments.models.comments import PlaceComment
from engagement.comments.models.consultations import Consultation, Theme
from engagement.comments.models.decisions import ModerationDecision

__all__ = ["Action", "Consultation", "ModerationDecision", "PlaceComment", "Response", "Theme"]
