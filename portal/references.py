"""References that can be read out over the telephone: no 0, O, 1 or I."""

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_reference(length: int = 6) -> str:
    """A random reference in two halves, such as "K7M-2QX". It gives no power to whoever knows it."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(length))
    half = length // 2
    return f"{letters[:half]}-{letters[half:]}"


def normalise_reference(typed: str, length: int = 6) -> str | None:
    """The reference somebody typed ("k7m 2qx") in its stored form, or None when it cannot be one."""
    letters = "".join(character for character in typed.upper() if character.isalnum())
    if len(letters) != length or any(character not in ALPHABET for character in letters):
        return None
    half = length // 2
    return f"{letters[:half]}-{letters[half:]}"
