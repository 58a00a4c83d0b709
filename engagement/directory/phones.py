"""What a phone number may be made of."""

import re

from django.core.exceptions import ValidationError

HOW_TO = "Enter a phone number like 01632 960000, or leave this empty."
_MADE_OF = re.compile(r"(?:[0-9 +()\-]|ext\.?)*", re.IGNORECASE)
FEWEST_DIGITS = 3


def check_phone(typed: str) -> None:
    """Raises ValidationError where this is words and no number; nothing typed is no number either, and is right."""
    has_digits = sum(letter in "0123456789" for letter in typed) >= FEWEST_DIGITS
    if typed and not (has_digits and _MADE_OF.fullmatch(typed)):
        raise ValidationError(HOW_TO)
