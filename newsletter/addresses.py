"""Which addresses we can write to, by e-mail and by post, how they are kept, and what stays of one that is deleted."""

import re
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from portal.emails.suppression import address_hash
from portal.geo.postcodes import normalise

LONGEST = 254
HOW_TO = "Enter an e-mail address like name@example.org"
PLAIN_LETTERS = "We can only write to addresses with plain letters before the @, like name@example.org"
LONGEST_NAME, LONGEST_LETTER = 100, 300
NO_NAME = "Enter a name with letters in it"
NO_POSTCODE = "Enter the address with its postcode, like SR8 4LX"
TOO_LONG = "Use 100 letters or fewer for the name, and 300 or fewer for the address"
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


def tidy_name(typed: str) -> str:
    """One line, whatever was pasted; a name has a letter in it."""
    name = " ".join(typed.split())
    if not any(letter.isalpha() for letter in name):
        raise BadAddress(NO_NAME)
    if len(name) > LONGEST_NAME:
        raise BadAddress(TOO_LONG)
    return name


def tidy_letter(typed: str) -> str:
    """A postal address with its lines as typed, without empty ones. Without a postcode no letter is sure to arrive."""
    lines = (" ".join(line.split()) for line in typed.splitlines())
    address = "\n".join(line for line in lines if line)
    if not _has_postcode(address):
        raise BadAddress(NO_POSTCODE)
    if len(address) > LONGEST_LETTER:
        raise BadAddress(TOO_LONG)
    return address


def _has_postcode(address: str) -> bool:
    words = address.replace(",", " ").split()
    pairs = (first + second for first, second in pairwise(words))
    return any(normalise(typed) for typed in (*words, *pairs))


def mark_of(*, email: str, name: str, postal_address: str) -> str:
    """A keyed hash by which somebody who left is known again after their address is deleted."""
    return address_hash(email or re.sub(r"\W+", " ", f"{name} {postal_address}"))
