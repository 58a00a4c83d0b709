"""Production with SQLite waiting for the disk inside every commit, as `synchronous=FULL` does."""

from portal.settings.production import *  # noqa: F403
from portal.settings.production import DATABASES

_OPTIONS = DATABASES["default"]["OPTIONS"]
_OPTIONS["init_command"] = _OPTIONS["init_command"].replace("synchronous=NORMAL", "synchronous=FULL")
