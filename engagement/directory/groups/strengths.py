"""The strengths of the place as rows: groups by name, and the places where they run something."""

from collections.abc import Iterable

from engagement.directory.lists.rows import CardRow
from engagement.directory.models import Organisation, Venue
from engagement.directory.models.organisation import OrganisationQuerySet

SHOWN = 3


def group_row(group: Organisation) -> CardRow:
    """A group in the list: what it is, for whom, and where it runs something; needs `with_work`."""
    kind = group.get_kind_display() if group.kind != Organisation.Kind.NOT_KNOWN else ""
    places = [venue.name for venue in group.places]
    more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
    at = f"at {', '.join(places[:SHOWN])}{more}" if places else ""
    words = [kind, f"for {group.who_for}" if group.who_for else "", at]
    return CardRow(title=group.name, url=group.get_absolute_url(), meta=" · ".join(filter(None, words)))


def place_rows(numbers: Iterable[int], groups: OrganisationQuerySet) -> dict[int, CardRow]:
    """On the map of strengths, these places with who of the groups runs something there: three queries, however many."""
    wanted = list(numbers)
    who = groups.names_at(wanted)
    return {
        venue.pk: CardRow(title=venue.name, url=venue.get_absolute_url(), meta=", ".join(who.get(venue.pk, [])))
        for venue in Venue.objects.numbered(wanted).for_lists()
    }
