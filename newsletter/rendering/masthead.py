"""What stands over and under every edition: the name, the number, the date, and who makes it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format

from portal.pages.settings import site_identity

if TYPE_CHECKING:
    from newsletter.models.pages import IssuePage


@dataclass(frozen=True, kw_only=True)
class Masthead:
    """The head and foot of an issue, in words."""

    name: str
    place_name: str
    title: str
    number: int | None
    issued_on: date
    path: str
    partnership: str
    contact_phone: str
    contact_email: str
    base_address: str

    @property
    def date_line(self) -> str:
        """ "Number 3 · Thursday 19 November 2026"; without the number where an issue has none."""
        day = date_format(self.issued_on, "l j F Y")
        return f"Number {self.number} · {day}" if self.number else day


def masthead_of(issue: "IssuePage") -> Masthead:
    """The head of this issue, with the site's own name and contacts."""
    identity = site_identity()
    return Masthead(
        name=identity.name,
        place_name=identity.place_name,
        title=issue.title,
        number=issue.number,
        issued_on=issue.issued_on,
        path=issue.path_on_site,
        partnership=identity.partnership,
        contact_phone=identity.contact_phone,
        contact_email=identity.contact_email,
        base_address=", ".join(part for part in (identity.base_name, identity.base_address) if part),
    )
