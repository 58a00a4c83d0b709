"""Who looks after comments."""

from django.db.models import QuerySet

from engagement.comments.workflow import MODERATE
from portal.accounts.models import User
from portal.accounts.permissions import holders


def moderators() -> QuerySet[User]:
    """Everybody who can read the desk today."""
    return holders(MODERATE)
