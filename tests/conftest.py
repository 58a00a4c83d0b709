"""The people of the tests, and the worker."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as ours
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.core.management.commands import flush
from django.db import connections
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, settings

from portal.accounts.models import User
from portal.accounts.roles import ROLES
from portal.audit.guards import lower_guards, raise_guards
from tests import ready_database

PASSWORD = "a long enough password"

# No test is about time: the machines are shared, and slow today is no defect. What decides whether a change may land tries the
# same values each time; everywhere else new ones are tried.
settings.register_profile(
    "untimed", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")


class Person(Client):
    """Somebody at a browser; `user` is their account, where they have one."""

    user: User

    def __init__(self, **extra: Any) -> None:
        super().__init__(SERVER_NAME="localhost", **extra)


def member_of_staff(name: str, *roles: str) -> Person:
    """A signed-in member of staff who holds these roles."""
    user = User.objects.create_user(f"{name}@demo.example", PASSWORD, first_name=name.replace("_", " ").title())
    user.groups.set(Group.objects.filter(name__in=[ROLES[role].title for role in roles]))
    person = Person()
    person.user = user
    person.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return person


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """One database for the run. On SQLite it is a copy of one that was migrated before, and migrating finds nothing to do."""
    begun = ours.DATABASES["default"]
    is_file = begun["ENGINE"] == ready_database.SQLITE
    with django_db_blocker.unblock():
        if not is_file:
            made = setup_databases(verbosity=0, interactive=False)
        else:
            kept, name = ready_database.kept_database(), begun["TEST"]["NAME"]
            with ready_database.one_at_a_time():
                was_kept = ready_database.lay_out(kept, name)
                made = setup_databases(verbosity=0, interactive=False, keepdb=was_kept)
                if not was_kept:
                    ready_database.keep(kept, name)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def _history_may_be_emptied_between_tests() -> Iterator[None]:
    """A test that commits has the whole database emptied after it, which the database itself would refuse.

    What a new database holds (roles, the first pages) is put back, so that no test depends on those before it.
    """
    empty = flush.Command.handle

    def lowered(self: flush.Command, **options: Any) -> None:
        lower_guards(options["database"])
        empty(self, **options)
        made: Any = connections[options["database"]]
        if options["inhibit_post_migrate"]:
            made.creation.deserialize_db_from_string(made._test_serialized_contents)
        raise_guards(options["database"])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", lowered)
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Limits and cached pages of one test do not reach the next."""
    caches["default"].clear()
    caches["paper"].clear()


@pytest.fixture
def resident() -> Person:
    """Somebody from the village, with no account."""
    return Person()


@pytest.fixture
def stranger() -> Person:
    """Somebody who is not signed in and tries a staff address."""
    return Person()


@pytest.fixture
def coordinator(db: None) -> Person:
    return member_of_staff("coordinator", "coordinator")


@pytest.fixture
def editor(db: None) -> Person:
    return member_of_staff("editor", "editor")


@pytest.fixture
def navigator(db: None) -> Person:
    return member_of_staff("navigator", "navigator")


@pytest.fixture
def other_navigator(db: None) -> Person:
    return member_of_staff("other_navigator", "navigator")


@pytest.fixture
def lead(db: None) -> Person:
    return member_of_staff("lead", "lead")


@pytest.fixture
def partner(db: None) -> Person:
    return member_of_staff("partner", "partner")


@pytest.fixture
def administrator(db: None) -> Person:
    return member_of_staff("admin", "administrator")


@pytest.fixture
def run_worker(db: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets the real worker do all the work that waits, then returns."""
    # The worker drops stale connections as it wakes; here that would be the test's own transaction.
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)

    def run() -> None:
        Worker(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="tests",
            excluded_queue_names=[],
        ).run()
        failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).first()
        assert failed is None, failed and failed.traceback

    return run


@pytest.fixture
def as_a_person(settings: Any) -> None:
    """Forms may be sent as soon as they are shown: the trap for machines still works, its clock does not."""
    settings.FASTEST_PERSON_SECONDS = 0
