"""How often a page asks the database, with no page kept."""

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.measure import Row
from benchmarks.serving import PAGES

# Of whom, where, and how many times at most.
DESKS = {"Moderation": ("coordinator", "/staff/comments/"), "Triage": ("navigator", "/staff/referrals/")}


def rows() -> list[Row]:
    """Queries of each public room and of both desks on the database that the settings name; load the demo into it first."""
    how = "the first time · afterwards, on the demo village; no page is kept, as for whoever brings a cookie"
    found = []
    for name, path in PAGES.items():
        client = Client(SERVER_NAME="localhost")
        client.cookies["seen"] = "1"
        found.append(Row(name.capitalize(), _asked(client, path), how))
    for name, (who, path) in DESKS.items():
        found.append(Row(name, _asked(_signed_in(who), path), f"{how}; session and rights among them; aim at most 12"))
    return found


def _asked(client: Client, path: str) -> str:
    cache.clear()
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as counted:
            answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        asked.append(len(counted))
    return f"{asked[0]} · {asked[1]} queries"


def _signed_in(who: str) -> Client:
    from portal.accounts.models import User

    client = Client(SERVER_NAME="localhost")
    user = User.objects.get(email=f"{who}@demo.example")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
