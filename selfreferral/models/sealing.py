"""How a sealed column knows its place, and the shapes that the rows of this room have."""

import uuid

from django.conf import settings
from django.db import models

from portal.accounts.models import User
from portal.audit.appended import Kept
from portal.privacy import PersonalData


def place(row: models.Model, part: str = "") -> str:
    """Where something is sealed: the table, the row and the part of it. Copied anywhere else it does not open."""
    return f"{row._meta.label_lower}:{row.pk}:{part}"


def worker() -> models.ForeignKey[User | None, User | None]:
    """Whoever of the staff did it; the row outlives the account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


def kept_with_referral(purpose: str, *fields: str, impersonal: tuple[str, ...]) -> PersonalData:
    """The declaration of a row that belongs to one referral and goes with it."""
    return PersonalData(
        purpose=purpose,
        kept="as long as the request for help",
        erased="its key is destroyed with the request for help",
        exported=True,
        fields=fields,
        impersonal=("referral", *impersonal),
    )


class Row(models.Model):
    """A row of this room: its number is random and known before it is stored, so that words can be sealed to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    # Wagtail would copy what points where into a table of its own.
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class Appended(Row, Kept):
    """A row of history in this room."""

    class Meta:
        abstract = True
