"""The signed links of this room: a keeper's own page, and the page on which a place without a keeper says that all is right.

A link is good for 60 days. A keeper's dies when they are ended; a place's dies when its e-mail address changes.
"""

from datetime import timedelta

from django.urls import reverse

from engagement.directory.models import Keeper, Venue
from portal.emails.links import read, sign
from portal.emails.suppression import address_hash

OPEN_FOR = timedelta(days=60)
_KEEP, _CHECK = "directory.keep", "directory.check"


def keep_path(keeper: Keeper) -> str:
    """A keeper's page; who holds it may act for the venue, so it stands in mails to them alone."""
    return reverse("keeping", args=[sign(_KEEP, keeper.pk)])


def keeper_of_link(token: str) -> Keeper | None:
    """Whose link it is; None when it is false or too old, or they keep the place no more."""
    number = read(_KEEP, token, max_age=OPEN_FOR)
    if not isinstance(number, int):
        return None
    return Keeper.objects.active().with_venue().filter(pk=number).first()


def place_now_of_link(token: str) -> Venue | None:
    """The entry of which the place of an ended keeper's link is a part now; None where it is none's."""
    number = read(_KEEP, token, max_age=OPEN_FOR)
    keeper = Keeper.objects.with_venue().filter(pk=number).first() if isinstance(number, int) else None
    return Venue.objects.listed().filter(merged=keeper.venue_id).first() if keeper else None


def check_path(venue: Venue) -> str:
    return reverse("keeping_check", args=[sign(_CHECK, f"{venue.pk} {_mark(venue)}")])


def venue_of_check_link(token: str) -> Venue | None:
    """Which place was asked; None when the link is false or too old, or the place gives another address now."""
    value = read(_CHECK, token, max_age=OPEN_FOR)
    if not isinstance(value, str):
        return None
    number, _, address = value.partition(" ")
    venue = Venue.objects.listed().filter(pk=int(number)).first()
    return venue if venue and venue.email and _mark(venue) == address else None


def _mark(venue: Venue) -> str:
    """A few letters of the keyed hash of its address, enough to tell that it changed."""
    return address_hash(venue.email)[:16]
