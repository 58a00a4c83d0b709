"""Each address of the read API."""

from typing import Any

from django.http import HttpRequest

from engagement.directory.models import Venue
from engagement.directory.open_referral import choosing, records
from engagement.directory.open_referral.asking import LOCATIONS, PAGED, SERVICES, BadRequest, read, read_id
from engagement.directory.open_referral.pages import NothingThere, envelope, open_data
from engagement.directory.open_referral.taxonomy import BY_ID, TAXONOMIES, TAXONOMY_BY_ID, TERMS
from portal import clock
from portal.accounts.permissions import public
from portal.geo.models import Postcode

PROFILE = "https://docs.openreferraluk.org/en/latest/"
DESCRIBED = "https://raw.githubusercontent.com/openreferral/uk-profile/main/schema/openapi.json"
NOTHING = "There is no record with this id."


@public
@open_data
def about(request: HttpRequest) -> dict[str, str]:
    return {"version": "HSDS-UK-3.0", "profile": PROFILE, "openapi_url": DESCRIBED}


@public
@open_data
def services(request: HttpRequest) -> dict[str, Any]:
    asked, now = read(request.GET.dict(), SERVICES), clock.now()
    here, there, total = choosing.page_of(asked, choosing.activities(asked), choosing.places(asked))
    activities = choosing.load_activities(here, now.date()) if here else []
    places = choosing.load_places(there, now.date()) if there else []
    of_activity = records.whole_activity if asked.is_full else records.service_of_activity
    of_place = records.whole_place if asked.is_full else records.service_of_place
    made = [*(of_activity(one, now) for one in activities), *(of_place(one, now) for one in places)]
    return envelope(made, total, asked)


@public
@open_data
def service(request: HttpRequest, number: str) -> dict[str, Any]:
    now, wanted = clock.now(), read_id(number)
    if activity := choosing.activity_called(wanted, now.date()):
        return records.whole_activity(activity, now)
    if venue := choosing.place_called(wanted, now.date()):
        return records.whole_place(venue, now)
    raise NothingThere(NOTHING)


@public
@open_data
def service_at_locations(request: HttpRequest) -> dict[str, Any]:
    asked = read(request.GET.dict(), LOCATIONS)
    centre = Postcode.objects.lookup(asked.postcode) if asked.postcode else None
    if asked.postcode and centre is None:
        raise BadRequest("We do not know this postcode. Give one like SR8 4LX.")
    point = centre.point if centre else None
    places = choosing.near(choosing.places(asked), asked, point)
    here, there, total = choosing.page_of(asked, choosing.schedules(asked, point), places)
    return envelope(_at_places(here, there, is_full=asked.is_full), total, asked)


@public
@open_data
def service_at_location(request: HttpRequest, number: str) -> dict[str, Any]:
    wanted = read_id(number)
    if schedule := choosing.schedule_called(wanted):
        return _named(_at_places([schedule.pk], [], is_full=True)[0])
    beside = choosing.other_side(wanted, choosing.AT_PLACE)
    if venue := choosing.place_called(beside, clock.now().date()):
        return _named(_at_places([], [venue.pk], is_full=True)[0])
    raise NothingThere(NOTHING)


@public
@open_data
def taxonomies(request: HttpRequest) -> dict[str, Any]:
    return _listed(request, [taxonomy.record for taxonomy in TAXONOMIES])


@public
@open_data
def taxonomy(request: HttpRequest, number: str) -> dict[str, Any]:
    return _known(TAXONOMY_BY_ID.get(str(read_id(number))))


@public
@open_data
def taxonomy_terms(request: HttpRequest) -> dict[str, Any]:
    return _listed(request, [term.record for term in TERMS])


@public
@open_data
def taxonomy_term(request: HttpRequest, number: str) -> dict[str, Any]:
    return _known(BY_ID.get(str(read_id(number))))


@public
@open_data
def nothing(request: HttpRequest, rest: str) -> dict[str, Any]:
    raise NothingThere("There is nothing at this address. Begin at /open-referral/v3/services.")


def _at_places(here: list[int], there: list[int], *, is_full: bool) -> list[dict[str, Any]]:
    """Services at locations by the numbers of their schedules and places, each with its service."""
    now = clock.now()
    whole = records.whole_activity if is_full else records.service_of_activity
    times = choosing.load_schedules(here) if here else []
    loaded = choosing.load_activities([one.activity_id for one in times], now.date()) if times else []
    activities = {one.pk: one for one in loaded}
    made = [
        _at(str(one.public_id), one.venue, whole(activities[one.activity_id], now), is_full=is_full) for one in times
    ]
    of_place = records.whole_place if is_full else records.service_of_place
    places = choosing.load_places(there, now.date()) if there else []
    return made + [
        _at(str(choosing.other_side(one.public_id, choosing.AT_PLACE)), one, of_place(one, now), is_full=is_full)
        for one in places
    ]


def _at(number: str, venue: Venue, service: dict[str, Any], *, is_full: bool) -> dict[str, Any]:
    made = records.at_place(number, service["id"], venue)
    if not is_full:
        made["location"] = records.location_of(venue)
    else:
        made["schedules"] = [one for one in service["schedules"] if one.get("service_at_location_id") == number]
    return {**made, "service": service}


def _named(made: dict[str, Any]) -> dict[str, Any]:
    """With the name and status of its service: the standard's own description of this address asks for a service."""
    return {**made, "name": made["service"]["name"], "status": made["service"]["status"]}


def _listed(request: HttpRequest, known: list[dict[str, Any]]) -> dict[str, Any]:
    asked = read(request.GET.dict(), PAGED)
    return envelope(known[asked.first : asked.first + asked.per_page], len(known), asked)


def _known(found: Any) -> dict[str, Any]:
    if found is None:
        raise NothingThere(NOTHING)
    record: dict[str, Any] = found.record
    return record
