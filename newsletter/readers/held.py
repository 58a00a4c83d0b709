"""All that the newspaper holds about one reader, as a file for them."""

import json
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from newsletter.models import Subscriber
from portal.emails.suppression import is_suppressed
from portal.privacy import PersonalData
from portal.privacy.declarations import declaration_of


def all_held(reader: Subscriber) -> str:
    """As JSON. Which fields go in is what each model declares to be personal, so that none is forgotten."""
    consents = reader.consents.newest_first()
    copies = reader.deliveries.with_their_sending().order_by("pk")
    held = {
        "reader": _personal(reader),
        "is_mail_stopped": bool(reader.email) and is_suppressed(reader.email),
        "consents": [_personal(one) | {"wording": one.wording} for one in consents],
        "copies": [_personal(one) | {"what": one.campaign.subject} for one in copies],
    }
    return json.dumps(held, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _personal(row: models.Model) -> dict[str, Any]:
    declared = declaration_of(type(row))
    assert isinstance(declared, PersonalData)
    return {name: _told(getattr(row, name)) for name in declared.fields if name != "subscriber"}


def _told(value: Any) -> Any:
    """A value for a reader's eyes: rows by their names, and of staff only that it was somebody of the team."""
    if isinstance(value, AbstractBaseUser):
        return "somebody of the team"
    if isinstance(value, models.Manager):
        return [str(one) for one in value.all()]
    return str(value) if isinstance(value, models.Model) else value
