"""What this room stores: drafts, referrals with their sealed answers, and the history of what was done."""

from selfreferral.models.assessments import AssessmentCode, Domain, DomainScore, SelfAssessment
from selfreferral.models.canary import Canary
from selfreferral.models.drafts import DraftReferral
from selfreferral.models.history import Allocation, ChannelOverride, ContactAttempt, Signpost, TriageDecision
from selfreferral.models.marks import BlindMark
from selfreferral.models.record import FlagReview, Note, RiskFlag, SafeguardingDecision, UrgencyDecision
from selfreferral.models.referrals import Answer, Referral
from selfreferral.models.returning import PersonsWords, ReturnDoor, ReturnVisit
from selfreferral.models.seeing import Acquaintance, Reveal
from selfreferral.models.sources import ReferralSource
from selfreferral.models.surveys import CallBack, ReferrerFeedback, Survey, SurveyLink
from selfreferral.models.together import ErasureRequest, SharedView, SharingAgreement
from selfreferral.models.wordings import QuestionSet, QuestionWording

__all__ = [
    "Acquaintance",
    "Allocation",
    "Answer",
    "AssessmentCode",
    "BlindMark",
    "CallBack",
    "Canary",
    "ChannelOverride",
    "ContactAttempt",
    "Domain",
    "DomainScore",
    "DraftReferral",
    "ErasureRequest",
    "FlagReview",
    "Note",
    "PersonsWords",
    "QuestionSet",
    "QuestionWording",
    "Referral",
    "ReferralSource",
    "ReferrerFeedback",
    "ReturnDoor",
    "ReturnVisit",
    "Reveal",
    "RiskFlag",
    "SafeguardingDecision",
    "SelfAssessment",
    "SharedView",
    "SharingAgreement",
    "Signpost",
    "Survey",
    "SurveyLink",
    "TriageDecision",
    "UrgencyDecision",
]
