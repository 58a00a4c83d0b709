"""What this room stores: drafts, referrals with their sealed answers, and the history of what was done."""

from selfreferral.models.drafts import DraftReferral
from selfreferral.models.history import Allocation, ChannelOverride, ContactAttempt, Signpost, TriageDecision
from selfreferral.models.referrals import Answer, Referral

__all__ = [
    "Allocation",
    "Answer",
    "ChannelOverride",
    "ContactAttempt",
    "DraftReferral",
    "Referral",
    "Signpost",
    "TriageDecision",
]
