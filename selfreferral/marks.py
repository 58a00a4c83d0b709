"""By which blind marks somebody is found again: what they gave, made plain, and hashed with a key of its own."""

import re
import unicodedata
from collections.abc import Mapping

from selfreferral import vault
from selfreferral.models import BlindMark

Kind = BlindMark.Kind
Mark = tuple[str, str]
SAME_PERSON = (Kind.PHONE, Kind.EMAIL, Kind.NAME_AND_YEAR)


def marks_of(answers: Mapping[str, object]) -> set[Mark]:
    """(kind, mark) of everything in these answers by which the person could be found again."""
    name, year = normal_name(_words(answers, "name")), _words(answers, "born").strip()
    plain = {(Kind.PHONE, vault.normal_phone(_words(answers, "phone")))}
    plain |= {(Kind.EMAIL, vault.normal_email(_words(answers, "email")))}
    plain |= {(Kind.NAME, part) for part in (name, *name.split())}
    plain |= {(Kind.NAME_AND_YEAR, f"{name} {year}")} if name and year else set()
    return {(kind.value, vault.blind_index(kind.value, value)) for kind, value in plain if value}


def marks_to_find(typed: str) -> set[Mark]:
    """What to look for when somebody types a name, a number or an address into the search."""
    name = normal_name(typed)
    year = re.search(r"\b(19|20)\d\d\b", typed)
    plain = {(Kind.NAME, name)}
    if year:
        plain.add((Kind.NAME_AND_YEAR, f"{normal_name(typed.replace(year[0], ''))} {year[0]}"))
    if "@" in typed:
        plain.add((Kind.EMAIL, vault.normal_email(typed)))
    phone = vault.normal_phone(typed)
    if len(phone) >= 7:
        plain.add((Kind.PHONE, phone))
    return {(kind.value, vault.blind_index(kind.value, value)) for kind, value in plain if value}


def mark_of_name(word: str) -> Mark:
    """The mark of a name, or of a word of it, that was made normal already."""
    return Kind.NAME.value, vault.blind_index(Kind.NAME.value, word)


def normal_name(typed: str) -> str:
    """ "Zoë  O'Neill" and "zoe oneill" are one name: letters and spaces, without accents."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", typed) if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^\w\s]|\d|_", "", bare.casefold()).split())


def _words(answers: Mapping[str, object], key: str) -> str:
    value = answers.get(key, "")
    return value if isinstance(value, str) else ""
