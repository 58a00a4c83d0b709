"""Keys for tests: as REFERRAL_KEYS has them."""

import base64
import secrets


def a_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
