"""A developer's machine and the demo: plain HTTP on loopback, mail as files, keys made on first use."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import SILENCED_SYSTEM_CHECKS, STATIC_ROOT, STORAGES, VAR_DIR, env
from portal.settings.dev_keys import development_keys

_keys = development_keys(VAR_DIR)

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default=_keys["SECRET_KEY"])
REFERRAL_KEYS = env.list("REFERRAL_KEYS", default=[_keys["REFERRAL_KEYS"]])
INDEX_KEY = env.str("INDEX_KEY", default=_keys["INDEX_KEY"])
REQUIRE_MFA = env.bool("REQUIRE_MFA", default=False)
IS_DEMO_ALLOWED = True

HOST: str = env.str("HOST", default="127.0.0.1")
PORT: int = env.int("PORT", default=8000)
# By name, not by number: passkeys need one.
BASE_URL = env.str("BASE_URL", default=f"http://localhost:{PORT}")
WAGTAILADMIN_BASE_URL = BASE_URL
CSRF_TRUSTED_ORIGINS = [BASE_URL]

EMAIL_BACKEND = "portal.emails.backends.EmlFiles"
# The demo collects and packs static files as production does; with DEBUG they come straight from the work tree.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "portal.static_files.CollectedByTheDemo"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "mfa.W001"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
