"""What this room stores: drafts, referrals with their sealed answers, and the history of what was done."""

from selfreferral.models.drafts import DraftReferral
from selfreferral.models.history import Allocation, ChannelOverride, ContactAttempt, Signpost, TriageDecision
from selfreferral.models.referrals import Answer, Referral
from selfreferral.models.returning import PersonsWords, ReturnDoor, ReturnVisit

__all__ = [
    "Allocation",
    "Answer",
    "ChannelOverride",
    "ContactAttempt",
    "DraftReferral",
    "PersonsWords",
    "Referral",
    "ReturnDoor",
    "ReturnVisit",
    "Signpost",
    "TriageDecision",
]
