"""What every process that is measured gets of the surroundings of whoever measures."""

import os

# These say where a portal runs and what it runs on: each process is told its own.
PLACES = {"DATABASE_URL", "CACHE_URL", "VAR_DIR", "PORT", "HOST", "DJANGO_SETTINGS_MODULE"}


def usual_surroundings() -> dict[str, str]:
    """All of the caller's that names no place."""
    return {name: value for name, value in os.environ.items() if name not in PLACES}
