"""Follows an entry that was found to be another one."""

from engagement.directory.models import Venue


def where_now(venue: Venue) -> Venue:
    """The venue that this one became, however many steps away; itself where it is still its own."""
    seen = {venue.pk}
    while venue.merged_into and venue.merged_into.pk not in seen:
        venue = venue.merged_into
        seen.add(venue.pk)
    return venue
