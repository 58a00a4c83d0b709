"""Links on slips of paper, eight to a page, each with its address written beside the code."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from portal.clock import say_whole_date
from portal.pdf import qr_code, typeset
from selfreferral.models import Survey

ASKS = {
    Survey.Audience.REFERRERS: "You asked us to help somebody. How did we do?",
    Survey.Audience.RESIDENTS: "We worked with you. How did we do?",
}


def slips(*, audience: Survey.Audience, addresses: Sequence[str], closes_on: date, identity: Any) -> bytes:
    """The PDF of these addresses."""
    pictures = {f"{number}.svg": qr_code(address) for number, address in enumerate(addresses)}
    values = {
        "name": identity.name,
        "phone": identity.contact_phone,
        "asks": ASKS[audience],
        "until": say_whole_date(closes_on),
        "addresses": [address.split("//", 1)[-1] for address in addresses],
    }
    return typeset("paper/survey-slips", values, pictures=pictures)
