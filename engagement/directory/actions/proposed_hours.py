"""Hours that were read from a venue's own words: a person takes them, or puts them aside."""

from django.db import transaction

from engagement.directory.actions.venues import add_or_update_venue
from engagement.directory.models import Venue
from portal.accounts.models import User


@transaction.atomic
def take_hours(*, venue: Venue, by: User) -> bool:
    """The reading is right: it becomes the hours of the venue. False where there is none any more."""
    if not venue.hours_proposed:
        return False
    add_or_update_venue(venue=venue, by=by, opening_hours=venue.hours_proposed, hours_proposed="")
    return True


@transaction.atomic
def put_aside_hours(*, venue: Venue, by: User) -> Venue:
    """The reading is not right: the hours stay as they are, and the venue's words stay on its page."""
    return add_or_update_venue(venue=venue, by=by, hours_proposed="")
