"""The name and number that this machine showed last, for pages that must do without the database."""

import json
import logging
import os
import tempfile
from typing import NamedTuple

from django.conf import settings

from portal.pages.settings import SiteIdentity

log = logging.getLogger(__name__)
FILE_NAME = "last-known.json"


class LastKnown(NamedTuple):
    """What an error page says of us. Empty where this machine has never shown a page: then it names the posters."""

    name: str = "Together"
    place_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""


_kept: LastKnown | None = None


def remember(identity: SiteIdentity) -> SiteIdentity:
    """Keep what a page shows now, in this process and in a file; written only when something of it is new.

    So each machine keeps the number of the last page that it served, whoever changed it and wherever.
    """
    global _kept
    shown = LastKnown(*(getattr(identity, name) for name in LastKnown._fields))
    if shown != _kept:
        _kept = shown
        _write(shown)
    return identity


def last_known() -> LastKnown:
    """What was kept, by this process or by one before it."""
    return _kept or _read()


def forget() -> None:
    """Forget what this process knows, as after a start; the file stays."""
    global _kept
    _kept = None


def _write(shown: LastKnown) -> None:
    if shown == _read():
        return
    try:
        handle, name = tempfile.mkstemp(dir=settings.VAR_DIR, prefix="last-known-")
        with os.fdopen(handle, "w") as file:
            json.dump(shown._asdict(), file)
        os.replace(name, settings.VAR_DIR / FILE_NAME)
    except OSError:
        # A full disk must not take the page with it.
        log.warning("The name and number for error pages could not be kept.")


def _read() -> LastKnown:
    try:
        kept = json.loads((settings.VAR_DIR / FILE_NAME).read_text())
        return LastKnown(**{name: str(kept[name]) for name in LastKnown._fields})
    except (OSError, ValueError, KeyError, TypeError):
        return LastKnown()
