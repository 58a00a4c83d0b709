"""How often a public page asks the database, with nothing cached."""

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.measure import Row
from benchmarks.serving import PAGES


def rows() -> list[Row]:
    """Queries of each public room on the database that the settings name; load the demo into it first."""
    found = []
    for name, path in PAGES.items():
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            Client(SERVER_NAME="localhost").get(path)
        found.append(Row(f"{name.capitalize()}", f"{len(asked)} queries", "the demo village, nothing cached"))
    return found
