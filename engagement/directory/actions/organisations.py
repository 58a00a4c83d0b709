"""Keeping groups and the people to ask there, and noting that we heard from one."""

from typing import Any

from django.db import transaction

from engagement.directory.actions.entry_words import changed_fields, free_slug, put
from engagement.directory.models import Contact, Organisation
from portal import clock
from portal.accounts.models import User
from portal.audit.record import record


@transaction.atomic
def add_or_change_organisation(
    *, by: User | None, organisation: Organisation | None = None, **words: Any
) -> Organisation:
    """Put a group into the directory, or bring one up to date; `words` are its fields by name.

    Nothing is recorded where nothing changed. Raises ValidationError, field by field, for words that cannot be kept.
    """
    organisation = organisation or Organisation()
    put(organisation, words)
    is_new = organisation.pk is None
    organisation.slug = organisation.slug or free_slug(Organisation, organisation.name)
    organisation.full_clean()
    changed = [] if is_new else changed_fields(organisation)
    if is_new or changed:
        organisation.save()
        action = "directory.add_organisation" if is_new else "directory.change_organisation"
        record(action=action, by=by, subject=organisation, fields=changed)
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
    """Write down whom to ask at a group, or put it right; who wrote it down first stays.

    Raises ValidationError, field by field, for words that cannot be kept.
    """
    contact = contact or Contact()
    put(contact, words)
    is_new = contact.pk is None
    if is_new:
        contact.noted_by = by
    contact.full_clean()
    changed = [] if is_new else changed_fields(contact)
    if is_new or changed:
        contact.save()
        action = "directory.add_contact" if is_new else "directory.change_contact"
        record(action=action, by=by, subject=contact.organisation, contact=contact.pk, fields=changed)
    return contact


@transaction.atomic
def remove_contact(*, contact: Contact, by: User | None) -> None:
    """Take somebody out whom nobody is to ask any more."""
    record(action="directory.remove_contact", by=by, subject=contact.organisation, contact=contact.pk)
    contact.delete()
