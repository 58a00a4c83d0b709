"""Requests of people about themselves, and what was found and done for each."""

from portal.rights.models.found import FoundRecord, HandOut, ItemChoice
from portal.rights.models.requests import RequestStep, SubjectRequest

__all__ = ["FoundRecord", "HandOut", "ItemChoice", "RequestStep", "SubjectRequest"]
