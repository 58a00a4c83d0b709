"""Asking places whether their entries are still right: who is due, one mail for all the places of an address, and its words.

Who is asked is written down in the same transaction that hands the mail to the worker. So a worker that is killed half-way
asks nobody twice, and the next morning asks those that it did not reach.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from engagement.directory.actions.checking import note_asked
from engagement.directory.keeping.asking import REMIND_AFTER, is_to_ask, may_write
from engagement.directory.keeping.links import OPEN_FOR, check_path, keep_path
from engagement.directory.keeping.tasks import ask_whether_right
from engagement.directory.models import Activity, Keeper, Venue
from portal.emails.again import tried_again
from portal.emails.links import absolute
from portal.emails.sending import send
from portal.emails.suppression import is_suppressed
from portal.pages.settings import site_identity
from portal.tasks import enqueue_on_commit

BY_ITSELF = {"Auto-Submitted": "auto-generated"}


@dataclass
class Address:
    """One address with what it keeps: places by keeper, and places that give it as their own and have no keeper."""

    keepers: list[Keeper] = field(default_factory=list)
    venues: list[Venue] = field(default_factory=list)

    def asked_at(self) -> datetime | None:
        """When this address was last asked about anything."""
        keepers, venues = [one.reminded_at for one in self.keepers], [one.reminded_at for one in self.venues]
        return max((moment for moment in keepers + venues if moment), default=None)


@dataclass(frozen=True)
class Place:
    """One place of a mail: what we say of it, since when nobody has checked, and where to press."""

    venue: Venue
    url: str
    since: datetime
    activities: list[Activity]
    days: int
    is_off_the_list: bool


def hand_out(*, now: datetime) -> int:
    """One mail for each address with something due, unless it was asked within a week; how many go."""
    return sum(_hand_out(one, now) for one in _addresses(now).values())


def write(*, keeper_id: int, venue_id: int, now: datetime, tries: int = 0) -> None:
    """Send one mail, about all the places of that address which by now are not checked for 28 days."""
    keeper = Keeper.objects.active().in_use().filter(pk=keeper_id).first()
    venue = Venue.objects.listed().filter(pk=venue_id).first()
    to = getattr(keeper or venue, "email", "")
    places = list(_places(_of_address(to), now)) if to else []
    if not places:
        return
    context = {"places": places, "identity": site_identity(), "days": OPEN_FOR.days, "has_keeper": keeper is not None}
    mail = f"The question to keeper {keeper_id} or venue {venue_id}"
    with tried_again(ask_whether_right, mail=mail, tries=tries, keeper_id=keeper_id, venue_id=venue_id):
        send(to=to, template="directory/still_right", context=context, headers=BY_ITSELF)


@transaction.atomic
def _hand_out(address: Address, now: datetime) -> bool:
    if not may_write(address.asked_at(), now):
        return False
    since = _sure_since([*(keeper.venue for keeper in address.keepers), *address.venues])
    due = [one for one in address.keepers if is_to_ask(since[one.venue_id], one.reminded_at, now)]
    alone = [one for one in address.venues if is_to_ask(since[one.pk], one.reminded_at, now)]
    if not due and not alone:
        return False
    if not note_asked(
        keepers=[one.pk for one in due],
        venues=[*(one.venue_id for one in due), *(one.pk for one in alone)],
        now=now,
    ):
        return False
    if due:
        enqueue_on_commit(ask_whether_right, keeper_id=due[0].pk)
    else:
        enqueue_on_commit(ask_whether_right, venue_id=alone[0].pk)
    return True


def _addresses(now: datetime) -> dict[str, Address]:
    """Everybody who can be asked about a place where something is due, by address, with all that they keep."""
    found: dict[str, Address] = defaultdict(Address)
    due = set(Venue.objects.listed().to_ask_about(now - REMIND_AFTER).values_list("pk", flat=True))
    is_due: set[str] = set()
    for keeper in Keeper.objects.active().in_use().of_listed().with_venue():
        found[keeper.email.lower()].keepers.append(keeper)
        if keeper.venue_id in due:
            is_due.add(keeper.email.lower())
    for venue in Venue.objects.listed().without_keeper().with_email().for_lists():
        found[venue.email.lower()].venues.append(venue)
        if venue.pk in due:
            is_due.add(venue.email.lower())
    return {address: found[address] for address in sorted(is_due) if not is_suppressed(address)}


def _of_address(address: str) -> Address:
    return Address(
        keepers=list(Keeper.objects.active().in_use().of_listed().at(address).with_venue()),
        venues=list(Venue.objects.listed().without_keeper().with_email(address)),
    )


def _places(address: Address, now: datetime) -> Iterable[Place]:
    mine = [(keeper.venue, keep_path(keeper)) for keeper in address.keepers]
    mine += [(venue, check_path(venue)) for venue in address.venues]
    since = _sure_since([venue for venue, _ in mine])
    for venue, path in mine:
        if since[venue.pk] <= now - REMIND_AFTER:
            yield Place(
                venue=venue,
                url=absolute(path),
                since=since[venue.pk],
                activities=list(Activity.objects.listed().at(venue).with_places().by_name()),
                days=(now - since[venue.pk]).days,
                is_off_the_list=venue.is_off_the_list(now),
            )


def _sure_since(venues: Iterable[Venue]) -> dict[int, datetime]:
    """By venue, since when nobody has looked at it or, where that is longer, at something that takes place there."""
    return Venue.objects.least_sure([venue.pk for venue in venues])
