"""Issues, readers and their consent, sendings and their ledger, printed copies and their counts, and what was decided."""

from newsletter.models.campaigns import Campaign
from newsletter.models.ledger import Delivery
from newsletter.models.marks import GoneMark
from newsletter.models.pages import IssueIndexPage, IssuePage
from newsletter.models.readers import Consent, Subscriber
from newsletter.models.rounds import DropRound, LinkCount
from newsletter.models.settings import NewspaperSettings
from newsletter.models.topics import Topic

__all__ = [
    "Campaign",
    "Consent",
    "Delivery",
    "DropRound",
    "GoneMark",
    "IssueIndexPage",
    "IssuePage",
    "LinkCount",
    "NewspaperSettings",
    "Subscriber",
    "Topic",
]
