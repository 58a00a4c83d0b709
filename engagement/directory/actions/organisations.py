"""Keeping groups and the people to ask there, and noting that we heard from one."""

from typing import Any

from django.db import transaction

from engagement.directory.actions.entry_words import bring_up_to_date, free_slug, put
from engagement.directory.models import Contact, Organisation
from portal import clock
from portal.accounts.models import User
from portal.audit.record import Detail, record
from portal.privacy.holds import need_not_held


@transaction.atomic
def add_or_change_organisation(
    *, by: User | None, organisation: Organisation | None = None, **words: Any
) -> Organisation:
    """Put a group into the directory, or bring one up to date; `words` are its fields by name.

    Of a group that is there only `words` are written: others may have changed the rest. Nothing is recorded where nothing
    changed. Raises ValidationError, field by field, for words that cannot be kept.
    """
    if organisation is not None and organisation.pk is not None:
        if changed := bring_up_to_date(organisation, words):
            record(action="directory.change_organisation", by=by, subject=organisation, fields=changed)
        return organisation
    organisation = organisation or Organisation()
    put(organisation, words)
    organisation.slug = organisation.slug or free_slug(Organisation, organisation.name)
    organisation.full_clean()
    organisation.save()
    record(action="directory.add_organisation", by=by, subject=organisation, fields=[])
    return organisation


@transaction.atomic
def heard_from(*, organisation: Organisation, by: User | None) -> Organisation:
    """Somebody of the team was in touch with a group today."""
    organisation.heard_on = clock.now().date()
    organisation.save(update_fields=["heard_on", "updated_at"])
    record(action="directory.heard_from", by=by, subject=organisation)
    return organisation


@transaction.atomic
def keep_contact(*, by: User | None, contact: Contact | None = None, **words: Any) -> Contact:
    """Write down whom to ask at a group, or put it right; who wrote it down first stays, and only `words` are written.

    Raises ValidationError, field by field, for words that cannot be kept.
    """
    if contact is not None and contact.pk is not None:
        if changed := bring_up_to_date(contact, words):
            detail: dict[str, Detail] = {"contact": contact.pk, "fields": changed}
            record(action="directory.change_contact", by=by, subject=contact.organisation, **detail)
        return contact
    contact = contact or Contact()
    put(contact, words)
    contact.noted_by = by
    contact.full_clean()
    contact.save()
    record(action="directory.add_contact", by=by, subject=contact.organisation, contact=contact.pk, fields=[])
    return contact


@transaction.atomic
def remove_contact(*, contact: Contact, by: User | None) -> None:
    """Take somebody out whom nobody is to ask any more."""
    need_not_held(contact)
    record(action="directory.remove_contact", by=by, subject=contact.organisation, contact=contact.pk)
    contact.delete()
