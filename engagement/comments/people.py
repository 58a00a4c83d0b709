"""Who looks after comments."""

from django.db import models

from engagement.comments.workflow import MODERATE
from portal.accounts.models import User


def moderators() -> models.QuerySet[User]:
    """Everybody who can read the desk today: an account in use, in a role that looks after comments."""
    app, name = MODERATE.split(".")
    return User.objects.filter(
        is_active=True, groups__permissions__content_type__app_label=app, groups__permissions__codename=name
    ).distinct()
