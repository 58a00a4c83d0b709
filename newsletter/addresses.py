"""Which e-mail addresses we can write to, how one that was typed is kept, and what stays of one that is deleted."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from portal.emails.suppression import address_hash

LONGEST = 254
HOW_TO = "Enter an e-mail address like name@example.org"
PLAIN_LETTERS = "We can only write to addresses with plain letters before the @, like name@example.org"
# Letters of which the older rule for domains makes others: the mail would go to somebody else.
_MADE_INTO_OTHERS = frozenset("ßς\u200c\u200d")


class BadAddress(Exception):
    """We cannot write there; the words say what to type instead."""


def tidy_address(typed: str) -> str:
    """The address as mail servers know it: the domain's own letters ("bücher.example") become its ASCII name.

    Letters outside ASCII before the @ are refused: few mail servers take them yet, and one that merely looks like
    somebody's address must not be taken for theirs.
    """
    name, at, domain = typed.strip().rpartition("@")
    if len(typed) > LONGEST * 2 or not at or _MADE_INTO_OTHERS.intersection(domain):
        raise BadAddress(HOW_TO)
    if not name.isascii():
        raise BadAddress(PLAIN_LETTERS)
    try:
        address = f"{name}@{domain if domain.isascii() else domain.encode('idna').decode('ascii')}"
        validate_email(address)
    except (UnicodeError, ValidationError):
        raise BadAddress(HOW_TO) from None
    if len(address) > LONGEST:
        raise BadAddress(HOW_TO)
    return address


def mark_of(*, email: str, name: str, postal_address: str) -> str:
    """A keyed hash by which somebody who left is known again after their address is deleted."""
    return address_hash(email or f"{name}\n{postal_address}")
