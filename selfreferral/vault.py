"""Keeps people's words secret: a key for each referral, wrapped by keys that the database never sees."""

import base64
import binascii
import hashlib
import hmac
import json
import re
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

VERSION = b"\x01"
KEY_BYTES = 32
NONCE_BYTES = 12
KEY_NAME_BYTES = 8
# Lengths are rounded up, so that how long an answer is says little about it.
ROUND_TO = 256


class VaultIsShut(Exception):
    """The keys are missing or wrong; nothing may be taken in."""


class CannotOpen(Exception):
    """What is stored was changed, moved to another row, or sealed with a key that we do not hold."""


class Strongbox:
    """Seals and opens what belongs together under one key; each thing opens only in the place it was sealed for.

    A place is "model:row:part", so that a sealed value copied to another row, column or table does not open there.
    """

    def __init__(self, key: bytes) -> None:
        self._cipher = ChaCha20Poly1305(key)

    def seal(self, content: Any, *, place: str) -> bytes:
        """`content` is anything JSON can hold."""
        words = json.dumps(content, separators=(",", ":")).encode()
        padded = words.ljust(-(-len(words) // ROUND_TO) * ROUND_TO)
        return _seal(self._cipher, padded, place)

    def open(self, sealed: bytes | memoryview, *, place: str) -> Any:
        return json.loads(_open(self._cipher, bytes(sealed), place))


def new_strongbox(*, place: str) -> tuple[bytes, Strongbox]:
    """A box with a fresh random key, and that key wrapped for storing."""
    key = secrets.token_bytes(KEY_BYTES)
    return _wrap(_wrapping_keys()[0], key, place), Strongbox(key)


def open_strongbox(wrapped: bytes | memoryview, *, place: str) -> Strongbox:
    """The box whose key was stored; any of the keys we hold may have wrapped it, so old ones go on opening."""
    return Strongbox(_key_in(wrapped, place))


def rewrapped(wrapped: bytes | memoryview, *, place: str) -> bytes | None:
    """The same key, wrapped by the newest of ours; None where it is already. Raises CannotOpen."""
    newest = _wrapping_keys()[0]
    if is_of_newest(wrapped):
        return None
    key = _key_in(wrapped, place)
    fresh = _wrap(newest, key, place)
    if _key_in(fresh, place) != key:
        raise CannotOpen("The key does not come out as it went in.")
    return fresh


def is_of_newest(wrapped: bytes | memoryview) -> bool:
    """Whether the newest of our keys wrapped this one."""
    return bytes(wrapped)[:KEY_NAME_BYTES] == _name_of(_wrapping_keys()[0])


def names_of_keys() -> list[str]:
    """What tells the keys of the installation apart, newest first; nothing of a key can be worked out from its name."""
    return [_name_of(key).hex() for key in _wrapping_keys()]


def name_of_wrapper(wrapped: bytes | memoryview) -> str:
    """The name of the key that wrapped this one."""
    return bytes(wrapped)[:KEY_NAME_BYTES].hex()


def check_keys() -> None:
    """Raise VaultIsShut unless every key we need is there and has the right shape."""
    _wrapping_keys()
    _index_key()


def blind_index(kind: str, value: str) -> str:
    """A keyed hash by which the same phone or e-mail is found again without storing it; empty for nothing."""
    if not value:
        return ""
    return hmac.new(_index_key(), f"selfreferral.{kind}:{value}".encode(), hashlib.sha256).hexdigest()


def normal_phone(typed: str) -> str:
    """ "+44 (0)7700 900-123" and "07700 900123" are one number; empty where there are no digits."""
    number = re.sub(r"^\s*(\+|00)44\s*(\(0\))?", "0", typed)
    return re.sub(r"\D", "", number)


def normal_email(typed: str) -> str:
    return typed.strip().casefold()


# Of drafts the cookie's random value is the only key.


def new_draft_key() -> str:
    """256 random bits: what the cookie holds."""
    return secrets.token_urlsafe(KEY_BYTES)


def draft_finder(key: str) -> str:
    """What the draft is found by; the key cannot be worked out from it."""
    return hashlib.sha256(f"selfreferral.draft.find:{key}".encode()).hexdigest()


def submission_token(key: str) -> str:
    """What makes one referral of one draft, however often it is sent."""
    return hashlib.sha256(f"selfreferral.draft.send:{key}".encode()).hexdigest()


def draft_strongbox(key: str, *, salt: bytes) -> Strongbox:
    """The box of a draft; the database holds nothing that opens it."""
    derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=b"selfreferral.draft.answers").derive(
        key.encode()
    )
    return Strongbox(derived)


def _wrap(by: bytes, key: bytes, place: str) -> bytes:
    return _name_of(by) + _seal(ChaCha20Poly1305(by), key, f"{place}:key")


def _key_in(wrapped: bytes | memoryview, place: str) -> bytes:
    name, sealed = bytes(wrapped)[:KEY_NAME_BYTES], bytes(wrapped)[KEY_NAME_BYTES:]
    for key in _wrapping_keys():
        if hmac.compare_digest(_name_of(key), name):
            return _open(ChaCha20Poly1305(key), sealed, f"{place}:key")
    raise CannotOpen("No key that we hold wrapped this one.")


def _seal(cipher: ChaCha20Poly1305, content: bytes, place: str) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + nonce + cipher.encrypt(nonce, content, _bound(place))


def _open(cipher: ChaCha20Poly1305, sealed: bytes, place: str) -> bytes:
    version, nonce, content = sealed[:1], sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    if version != VERSION or len(nonce) != NONCE_BYTES:
        raise CannotOpen("This was not sealed by us.")
    try:
        return cipher.decrypt(nonce, content, _bound(place))
    except InvalidTag:
        raise CannotOpen("This does not open here.") from None


def _bound(place: str) -> bytes:
    return f"{place}:{VERSION[0]}".encode()


def _wrapping_keys() -> list[bytes]:
    """The keys of the installation, newest first."""
    keys = [_decoded(one.strip()) for one in settings.REFERRAL_KEYS if one.strip()]
    if not keys:
        raise VaultIsShut("REFERRAL_KEYS is empty.")
    return keys


def _index_key() -> bytes:
    if not settings.INDEX_KEY:
        raise VaultIsShut("INDEX_KEY is empty.")
    return str(settings.INDEX_KEY).encode()


def _decoded(key: str) -> bytes:
    try:
        raw = base64.b64decode(key, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise VaultIsShut("A key in REFERRAL_KEYS is not urlsafe base64.") from None
    if len(raw) != KEY_BYTES:
        raise VaultIsShut("A key in REFERRAL_KEYS is not 32 bytes long.")
    return raw


def _name_of(key: bytes) -> bytes:
    """Eight bytes that tell keys apart and give nothing of them away."""
    return hashlib.sha256(b"selfreferral.key.name:" + key).digest()[:KEY_NAME_BYTES]
