"""Groups for tests; made up, like everything here."""

from typing import Any

from engagement.directory.actions.organisations import add_or_change_organisation, keep_contact
from engagement.directory.models import Contact, Organisation


def make_group(name: str = "Pit Lane Boxing Club", **words: Any) -> Organisation:
    """A club that everybody sees."""
    usual = {"kind": Organisation.Kind.CLUB, "description": "Boxing for all ages.", "who_for": "anybody over 8"}
    return add_or_change_organisation(by=None, name=name, **{**usual, **words})


def make_contact(group: Organisation, **words: Any) -> Contact:
    """Somebody to ask at a group, whom only staff see where nothing else is said."""
    usual = {"name": "Joan Miller", "role": "secretary", "phone": "0191 000 0000"}
    return keep_contact(by=None, organisation=group, **{**usual, **words})
