"""What personal data each model holds, why and for how long."""

from portal.privacy.declarations import NoPersonalData, PersonalData

__all__ = ["NoPersonalData", "PersonalData"]
