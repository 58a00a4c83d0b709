"""Services, their organisations and locations as the records of the standard; what nobody told us is left out."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from engagement.directory.features import Known
from engagement.directory.hours.opening import Exceptional
from engagement.directory.hours.row_values import from_value
from engagement.directory.models import Activity, Contact, Organisation, Schedule, Venue
from engagement.directory.open_referral import schedules as times
from engagement.directory.open_referral.choosing import AT_PLACE, ORGANISATION
from engagement.directory.open_referral.identity import named, other_side, part_of
from engagement.directory.open_referral.taxonomy import attributes, offered, terms_of_activity, terms_of_venue
from engagement.directory.sessions import Change
from portal.clock import say_whole_date
from portal.emails.links import absolute

Record = dict[str, Any]
_AMOUNT = re.compile(r"£(\d{1,4}(?:\.\d\d)?)")
_STEPS = {Known.YES: "No steps to get in", Known.NO: "There are steps to get in"}


def service_of_activity(activity: Activity, now: datetime) -> Record:
    """An activity with its one-to-one parts; needs `load_activities`."""
    today = now.date()
    changes = [(activity.name, change) for change in _changes(activity.live_schedules)]
    is_over = all(times.is_over(one.rule, today) for one in activity.live_schedules)
    organisation = organisation_of(activity.organisation, activity.venues)
    return _told(
        id=str(activity.public_id),
        organization_id=organisation["id"] if organisation else None,
        name=activity.name,
        description=activity.description,
        url=activity.website or absolute(activity.get_absolute_url()),
        email=activity.email,
        status="inactive" if is_over else "active",
        fees=activity.cost,
        minimum_age=activity.youngest,
        maximum_age=activity.oldest,
        assured_date=activity.checked_at.date().isoformat() if activity.checked_at else None,
        alert=_alert(times.alerts(changes, (), today), activity, now),
        last_modified=_moment(
            *(activity.updated_at, activity.last_made_at, activity.last_undone_at),
            *(one.updated_at for one in activity.live_schedules),
        ),
        organization=organisation,
    )


def service_of_place(venue: Venue, now: datetime) -> Record:
    """A place that is of use by itself, with its one-to-one parts; needs `load_places`."""
    today = now.date()
    said = [one.as_exceptional for one in venue.live_exceptions]
    closed_today = _last_said(said, now)
    organisation = organisation_of(venue.organisation, [venue])
    return _told(
        id=str(venue.public_id),
        organization_id=organisation["id"] if organisation else None,
        name=venue.name,
        description=venue.description,
        url=venue.website or absolute(venue.get_absolute_url()),
        email=venue.email,
        status="temporarily closed" if closed_today else "active",
        assured_date=venue.checked_at.date().isoformat() if venue.checked_at else None,
        alert=_alert(times.alerts((), said, today), venue, now),
        last_modified=_moment(venue.updated_at, venue.last_made_at, venue.last_undone_at),
        organization=organisation,
    )


def whole_activity(activity: Activity, now: datetime) -> Record:
    """All that is known of an activity."""
    service = service_of_activity(activity, now)
    of = service["id"]
    made = [
        (one, times.of_rule(one.public_id, one.rule, _changes([one]), now.date())) for one in activity.live_schedules
    ]
    return service | _told(
        eligibility_description=activity.who_for,
        schedules=[
            {**record, "service_id": of, "service_at_location_id": str(schedule.public_id)}
            for schedule, records in made
            for record in records
        ],
        service_at_locations=[at_place(str(one.public_id), of, one.venue) for one in activity.live_schedules],
        cost_options=_costs(of, activity),
        contacts=_contacts(of, activity.contacts.all()),
        phones=_phones(of, activity.phone),
        attributes=attributes(of, terms_of_activity(activity), "service"),
    )


def whole_place(venue: Venue, now: datetime) -> Record:
    """All that is known of a place that is of use by itself."""
    service = service_of_place(venue, now)
    of, here = service["id"], str(other_side(venue.public_id, AT_PLACE))
    hours = from_value(venue.opening_hours) if venue.opening_hours else None
    said = [one.as_exceptional for one in venue.live_exceptions]
    words = venue.hours_in_words
    made = times.of_hours(venue.public_id, hours.rows if hours else None, said, words, now.date())
    return service | _told(
        schedules=[{**record, "service_id": of, "service_at_location_id": here} for record in made],
        service_at_locations=[at_place(here, of, venue)],
        cost_options=[
            {"id": part_of(venue.public_id, "cost"), "service_id": of, "option": "Free to come in", "amount": 0}
        ]
        if venue.free_entry == Known.YES
        else [],
        contacts=_contacts(of, venue.contacts.all()),
        phones=_phones(of, venue.phone),
        attributes=attributes(of, terms_of_venue(venue), "service"),
    )


def at_place(number: str, service: str, venue: Venue) -> Record:
    """One service at one location, with all of the location."""
    location = location_of(venue)
    whole = location | _told(
        addresses=_addresses(venue, location["id"]),
        accessibility=[
            {
                "id": part_of(venue.public_id, "steps"),
                "location_id": location["id"],
                "description": _STEPS[Known(venue.step_free)],
            }
        ]
        if venue.step_free in _STEPS
        else [],
        attributes=attributes(location["id"], offered(venue), "location"),
    )
    return {"id": number, "service_id": service, "location_id": location["id"], "location": whole}


def location_of(venue: Venue) -> Record:
    """Where a place is, with its one-to-one parts."""
    return _told(
        id=part_of(venue.public_id, "location"),
        location_type="physical",
        name=venue.name,
        description=venue.description,
        latitude=venue.latitude,
        longitude=venue.longitude,
        external_identifier=venue.source_key,
        external_identifier_type=venue.source if venue.source_key else None,
    )


def organisation_of(organisation: Organisation | None, venues: Sequence[Venue]) -> Record | None:
    """Who is behind a service: the organisation or, where none is named, whoever keeps its first place."""
    if organisation is not None and organisation.is_listed:
        return _told(
            id=str(organisation.public_id),
            name=organisation.name,
            description=organisation.description or organisation.get_kind_display(),
            email=organisation.email,
            website=organisation.website,
        )
    if not venues:
        return None
    return {
        "id": str(other_side(venues[0].public_id, ORGANISATION)),
        "name": venues[0].name,
        "description": f"Whoever keeps {venues[0].name}; we do not know the organisation.",
    }


def _told(**parts: Any) -> Record:
    """The parts of a record that have something in them; lists stay, so that nobody need ask whether they are there."""
    return {name: value for name, value in parts.items() if value or value == 0 or isinstance(value, list)}


def _changes(schedules: Iterable[Schedule]) -> list[Change]:
    return [change.as_change for schedule in schedules for change in schedule.live_changes]


def _alert(said: str, entry: Activity | Venue, now: datetime) -> str:
    """What is not as usual, and whether anybody still knows that the entry is right."""
    if not entry.is_off_the_list(now):
        return said
    return f"{said} Nobody has checked this since {say_whole_date(entry.sure_since)}: ring first.".strip()


def _last_said(said: Sequence[Exceptional], now: datetime) -> bool:
    about_today = [one for one in said if one.covers(now.date())]
    return bool(about_today) and about_today[-1].is_closed


def _moment(*moments: datetime | None) -> str:
    """The last of some moments, to the millisecond."""
    return max(filter(None, moments)).astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _costs(of: str, activity: Activity) -> list[Record]:
    if not activity.cost and activity.free_entry != Known.YES:
        return []
    amount = _AMOUNT.match(activity.cost)
    is_free = activity.free_entry == Known.YES or activity.cost.strip(" .").casefold() == "free"
    cost = _told(
        id=part_of(UUID(of), "cost"),
        service_id=of,
        option=activity.cost or "Free",
        amount=0 if is_free else float(amount[1]) if amount else None,
    )
    return [cost if cost.get("amount") is not None else {name: cost[name] for name in cost if name != "amount"}]


def _contacts(of: str, contacts: Iterable[Contact]) -> list[Record]:
    return [
        _told(
            id=str(contact.public_id),
            service_id=of,
            name=contact.name,
            title=contact.role,
            email=contact.email,
            phones=_phones(str(contact.public_id), contact.phone),
        )
        for contact in contacts
    ]


def _phones(of: str, phone: str) -> list[Record]:
    return [{"id": named("phone", of), "number": phone}] if phone else []


def _addresses(venue: Venue, location: str) -> list[Record]:
    """The address in the standard's parts: first line, town, county; the words of a source, cut at their commas."""
    parts = [part for part in map(str.strip, venue.street.split(",")) if part] or (
        [venue.name] if venue.postcode else []
    )
    if not parts:
        return []
    rest = parts[1:]
    return [
        {
            "id": part_of(venue.public_id, "address"),
            "location_id": location,
            "address_1": ", ".join([parts[0], *rest[:-2]]),
            "city": rest[-2] if len(rest) > 1 else rest[0] if rest else "",
            "state_province": rest[-1] if len(rest) > 1 else "",
            "postal_code": venue.postcode,
            "country": "GB",
            "address_type": "physical",
        }
    ]
