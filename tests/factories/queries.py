"""Counts what a page asks of our own tables; the house around it has its own tests."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import Person


def queries_of_ours(person: Person, address: str) -> int:
    """How often a page asks the tables of the comments."""
    with CaptureQueriesContext(connection) as captured:
        assert person.get(address).status_code == 200
    return sum('"comments_' in query["sql"] for query in captured)
