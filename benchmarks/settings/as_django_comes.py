"""Production with SQLite as Django sets it up where nobody says anything."""

from portal.settings.production import *  # noqa: F403
from portal.settings.production import DATABASES

DATABASES["default"].pop("OPTIONS")
DATABASES["default"]["ENGINE"] = "django.db.backends.sqlite3"
