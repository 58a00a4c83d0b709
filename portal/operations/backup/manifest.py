"""What an archive says of itself: when and by which code it was made, its counts and sums, and the names of the keys."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

import portal
from portal.operations.backup.words import CannotRestore
from selfreferral import vault
from selfreferral.models import Referral

FORMAT = 1
# Settings that decide how the portal works. Of each, a keyed hash is kept: it tells that a setting differs, not what it was.
SETTINGS = (
    "ALLOWED_HOSTS", "BASE_URL", "DEFAULT_FROM_EMAIL", "EMAIL_BACKEND", "EMAIL_HOST", "QUICK_EXIT_URL", "REQUIRE_MFA",
    "SECRET_KEY", "SECRET_KEY_FALLBACKS", "TRUSTED_PROXIES", "FIRST_CONTACT_DAYS", "URGENT_CONTACT_DAYS", "MAIL_PER_MINUTE",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """One archive. `keys` are names of the keys that were there, `needed` of those that its referrals need; never keys."""

    made_at: datetime
    vendor: str
    counts: dict[str, int]
    migrations: list[list[str]]
    media: str = "here"
    code: str = field(default_factory=lambda: portal.__version__)
    settings: dict[str, str] = field(default_factory=lambda: settings_told())
    keys: list[str] = field(default_factory=lambda: key_names())
    needed: list[str] = field(default_factory=lambda: needed_keys())
    index_key: str = field(default_factory=lambda: index_key_name())
    sums: dict[str, str]
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT

    def as_bytes(self) -> bytes:
        told = {**asdict(self), "made_at": self.made_at.isoformat()}
        return json.dumps(told, indent=1, sort_keys=True).encode()

    def unknown_migrations(self) -> list[str]:
        """Migrations of the archive that this code does not have: it was made by newer code."""
        loader = MigrationLoader(None, ignore_no_migrations=True)
        known = set(loader.disk_migrations) | {
            old for migration in loader.disk_migrations.values() for old in migration.replaces
        }
        apps = loader.migrated_apps
        return [f"{app}.{name}" for app, name in self.migrations if app in apps and (app, name) not in known]

    def missing_keys(self) -> list[str]:
        """Names of keys that its referrals need and that this machine does not have."""
        return sorted(set(self.needed) - set(key_names()))

    def different_settings(self) -> list[str]:
        here = settings_told()
        return [name for name, told in sorted(self.settings.items()) if here.get(name) != told]


def read(content: bytes) -> Manifest:
    """The manifest of an archive, or why it is none."""
    try:
        told: dict[str, Any] = json.loads(content)
        if told["format"] != FORMAT:
            raise CannotRestore("The archive was made by a newer version of Together. Update the code first.")
        return Manifest(**{**told, "made_at": datetime.fromisoformat(told["made_at"])})
    except (ValueError, KeyError, TypeError):
        raise CannotRestore("The archive is damaged: it does not say what is in it.") from None


def settings_told() -> dict[str, str]:
    here = {name: getattr(settings, name, None) for name in SETTINGS}
    kept = {name: getattr(settings, name) for name in dir(settings) if name.startswith("KEEP_")}
    return {name: _keyed(name, value) for name, value in (here | kept).items()}


def _keyed(name: str, value: object) -> str:
    return hmac.new(_index_key(), f"backup.setting:{name}:{value!r}".encode(), hashlib.sha256).hexdigest()[:16]


def _index_key() -> bytes:
    return str(settings.INDEX_KEY).encode() or b"none"


def index_key_name() -> str:
    return hashlib.sha256(b"backup.index.key.name:" + _index_key()).hexdigest()[:16]


def key_names() -> list[str]:
    try:
        return vault.names_of_keys()
    except vault.VaultIsShut:
        return []


def needed_keys() -> list[str]:
    """Names of the keys under which referrals lie at this moment."""
    rows = Referral.objects.keys_newest_first().values_list("wrapped_key", flat=True)
    return sorted({vault.name_of_wrapper(wrapped) for wrapped in rows.iterator(chunk_size=2000)})
