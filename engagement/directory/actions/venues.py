"""Adding venues, keeping them right and saying that they still are."""

from typing import Any

from django.db import transaction

from engagement.directory.actions.coming import work_out_openings
from engagement.directory.actions.keeping import changed_fields, free_slug, put
from engagement.directory.models import Venue
from portal import clock
from portal.accounts.models import User
from portal.audit.record import record


@transaction.atomic
def add_or_update_venue(*, by: User | None, venue: Venue | None = None, **words: Any) -> Venue:
    """Put a venue into the directory, or bring one up to date; `words` are its fields by name.

    Nothing is written and nothing recorded where nothing changed. Raises ValidationError, field by field, for words that
    cannot be kept. `by` is None for an import.
    """
    venue = venue or Venue()
    put(venue, words)
    if venue.pk is None:
        venue.slug = venue.slug or free_slug(Venue, venue.name)
        venue.full_clean()
        venue.save()
        work_out_openings([venue.pk], clock.now())
        record(action="directory.add_venue", by=by, subject=venue)
        return venue
    venue.full_clean()
    if changed := changed_fields(venue):
        venue.save()
        if "opening_hours" in changed:
            work_out_openings([venue.pk], clock.now())
        record(action="directory.change_venue", by=by, subject=venue, fields=changed)
    return venue
