"""Adding venues, keeping them right and saying that they still are."""

from typing import Any

from django.db import transaction

from engagement.directory.actions.coming import work_out_openings
from engagement.directory.actions.entry_words import bring_up_to_date, free_slug, put
from engagement.directory.models import Venue
from portal import clock
from portal.accounts.models import User
from portal.audit.record import record


@transaction.atomic
def add_or_update_venue(*, by: User | None, venue: Venue | None = None, **words: Any) -> Venue:
    """Put a venue into the directory, or bring one up to date; `words` are its fields by name.

    Of a venue that is there only `words` are written, whatever else the instance holds: others may have changed the rest.
    Nothing is written and nothing recorded where nothing changed. Raises ValidationError, field by field, for words that
    cannot be kept.
    """
    kept, has_new_hours = _keep(venue or Venue(), words, by)
    if has_new_hours:
        work_out_openings([kept.pk], clock.now())
    return kept


@transaction.atomic
def import_venue(*, venue: Venue | None, **words: Any) -> Venue:
    """The same for a row of a listing; the import works the openings of all its rows out together."""
    return _keep(venue or Venue(), words, None)[0]


def _keep(venue: Venue, words: dict[str, Any], by: User | None) -> tuple[Venue, bool]:
    """The venue as it is kept, and whether its openings have to be worked out afresh."""
    if venue.pk is None:
        put(venue, words)
        venue.slug = venue.slug or free_slug(Venue, venue.name)
        venue.full_clean()
        venue.save()
        record(action="directory.add_venue", by=by, subject=venue)
        return venue, True
    changed = bring_up_to_date(venue, words)
    if changed:
        record(action="directory.change_venue", by=by, subject=venue, fields=changed)
    return venue, "opening_hours" in changed
