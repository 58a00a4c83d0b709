"""British postcodes as people type them."""

import re

_FORM = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")


def normalise(typed: str) -> str | None:
    """The postcode in its written form, "SR8 4LX", or None when the words are not one."""
    squeezed = re.sub(r"[\s.\-]+", "", typed).upper()
    found = _FORM.fullmatch(squeezed)
    return f"{found[1]} {found[2]}" if found else None
