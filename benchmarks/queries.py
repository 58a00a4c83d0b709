"""How often a public page asks the database, with no page kept."""

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.measure import Row
from benchmarks.serving import PAGES


def rows() -> list[Row]:
    """Queries of each public room on the database that the settings name; load the demo into it first."""
    found = []
    how = "the first time · afterwards, on the demo village; no page is kept, as for whoever brings a cookie"
    for name, path in PAGES.items():
        cache.clear()
        client = Client(SERVER_NAME="localhost")
        client.cookies["seen"] = "1"
        asked = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as counted:
                client.get(path)
            asked.append(len(counted))
        found.append(Row(name.capitalize(), f"{asked[0]} · {asked[1]} queries", how))
    return found
