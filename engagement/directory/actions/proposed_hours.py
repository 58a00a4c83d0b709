"""Hours that were read from a venue's own words: a person takes them, or puts them aside."""

from django.db import transaction

from engagement.directory.actions.venues import add_or_update_venue
from engagement.directory.models import Venue
from portal.accounts.models import User


@transaction.atomic
def take_hours(*, venue: Venue, seen: str, by: User) -> bool:
    """The reading that somebody saw is right: it becomes the hours of the venue. False where it is another one by now."""
    if not _is_still(venue, seen):
        return False
    add_or_update_venue(venue=venue, by=by, opening_hours=seen, hours_proposed="")
    return True


@transaction.atomic
def put_aside_hours(*, venue: Venue, seen: str, by: User) -> bool:
    """The reading that somebody saw is not right: the hours stay as they are. False where it is another one by now."""
    if not _is_still(venue, seen):
        return False
    add_or_update_venue(venue=venue, by=by, hours_proposed="")
    return True


def _is_still(venue: Venue, seen: str) -> bool:
    locked = Venue.objects.select_for_update().get(pk=venue.pk)
    return bool(seen) and locked.hours_proposed == seen
