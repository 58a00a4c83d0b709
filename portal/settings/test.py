"""The test suite: fixed keys, no shared state with a development machine, mail kept in memory."""

import atexit
import shutil
import tempfile
from pathlib import Path

from portal.settings.base import *  # noqa: F403
from portal.settings.base import CACHES, DATABASES, STORAGES

SECRET_KEY = "only-for-tests-" + "x" * 40
REFERRAL_KEYS = ["dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktdGVzdC0="]
INDEX_KEY = "aW5kZXgta2V5LWluZGV4LWtleS1pbmRleC1rZXktaW4="
REQUIRE_MFA = False
IS_DEMO_ALLOWED = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

_scratch = Path(tempfile.mkdtemp(prefix="together-tests-"))
atexit.register(shutil.rmtree, _scratch, ignore_errors=True)
MEDIA_ROOT = _scratch / "media"
MAIL_DIR = _scratch / "mail"
# Each worker of the tests has a database of its own, and empties its own paper.
GENERATIONS = _scratch / "generations"
CACHES = {**CACHES, "paper": {**CACHES["paper"], "LOCATION": _scratch / "paper"}}
if DATABASES["default"]["ENGINE"] == "portal.one_writer":
    DATABASES["default"]["NAME"] = str(_scratch / "test.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": str(_scratch / "test.sqlite3")}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Hundreds of papers are set: a process for each would take longer than all the rest.
IS_SET_APART = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Files are looked for when they are asked for: every client of the tests would list them all anew.
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = _scratch / "static"
STATIC_ROOT.mkdir()
WHITENOISE_USE_FINDERS = True
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]
MFA_RATE_LIMITS = False  # type: ignore[assignment]
