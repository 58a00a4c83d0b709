"""Who keeps the directory."""

from django.db import models

from portal.accounts.models import User

MAY_PUT_RIGHT = "change_venue"


def coordinators() -> models.QuerySet[User]:
    """Everybody who may put an entry right today: an account in use, in a role that keeps the directory."""
    return User.objects.filter(
        is_active=True,
        groups__permissions__content_type__app_label="directory",
        groups__permissions__codename=MAY_PUT_RIGHT,
    ).distinct()
