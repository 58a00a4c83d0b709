"""Issues and their index, readers and their consent, sendings and their ledger."""

from newsletter.models.ledger import Campaign, Delivery
from newsletter.models.pages import IssueIndexPage, IssuePage
from newsletter.models.readers import Consent, Subscriber

__all__ = ["Campaign", "Consent", "Delivery", "IssueIndexPage", "IssuePage", "Subscriber"]
