"""Records by what staff call them: "K7M-2QX", "Account 12"."""

from django.apps import apps

from portal.privacy.announcing import warned_periods
from portal.privacy.models import LegalHold


def found_by_reference(words: str) -> tuple[str, str] | None:
    """Name of a period and number of the record that somebody means; None where there is none."""
    for period, rows in warned_periods():
        found = rows.by_reference(words) if rows.by_reference is not None else None
        if found is not None:
            return period.name, str(found.pk)
    return None


def reference_of(hold: LegalHold) -> str:
    """What staff call the record that is held."""
    model = apps.get_model(hold.subject_type)
    row = model._base_manager.filter(pk=hold.subject_id).first()
    for _, rows in warned_periods():
        if row is not None and rows.model is model:
            return rows.refer(row)
    return f"{str(model._meta.verbose_name).capitalize()} {hold.subject_id}"
