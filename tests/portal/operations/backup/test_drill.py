"""The drill: a backup of a site in use is put back on an empty machine, whole, and nothing goes out there by itself."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import close_old_connections, connection

from newsletter.models import Campaign, Delivery
from newsletter.workflow import CampaignState, DeliveryState
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.audit.record import record
from portal.operations.backup.making import Made, back_up
from tests.factories.newsletter import a_campaign, readers
from tests.portal.operations.backup.conftest import UPLOAD, Site, fill

ROOT = Path(__file__).resolve().parent.parent.parent.parent.parent


@contextmanager
def somebody_writes() -> Iterator[None]:
    """Rows come in from another line for as long as this lasts."""
    stopped, wrote = threading.Event(), threading.Event()

    def write() -> None:
        while not stopped.is_set():
            record(action="geo.add", by=None)
            wrote.set()
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    wrote.wait()
    try:
        yield
    finally:
        stopped.set()
        writer.join()


def a_sending_under_way() -> None:
    """Three readers: one copy is just going over, two are still to go."""
    readers(3)
    campaign = a_campaign(User.objects.get())
    Campaign.objects.update(state=CampaignState.SENDING)
    first = campaign.deliveries.order_by("pk").first()
    assert first is not None
    Delivery.objects.filter(pk=first.pk).update(state=DeliveryState.SENDING)


def backed_up_in_use(media: Path, to: Path) -> tuple[Made, int]:
    """An archive made while somebody writes, and how many rows of history there were when it began."""
    fill(media)
    a_sending_under_way()
    with somebody_writes():
        before = AuditEvent.objects.count()
        made = back_up(path=to)
    return made, before


def put_back(made: Made, key: Path, where: Path, settings: Any, **also: str) -> dict[str, Any]:
    where.mkdir()
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "VAR_DIR": str(where),
        "REFERRAL_KEYS": ",".join(settings.REFERRAL_KEYS),
        "INDEX_KEY": settings.INDEX_KEY,
        **also,
    }
    command = [sys.executable, "-m", "tests.portal.operations.backup.drilling", str(made.path), str(key)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def check_told(told: dict[str, Any], before: int) -> None:
    assert told["audit_auditevent"] >= before
    assert (told["accounts_user"], told["selfreferral_referral"], told["newsletter_delivery"]) == (1, 1, 3)
    assert told["name"] == "Example Jo"
    assert told["upload"] == UPLOAD.decode()
    assert told["mails"] == 0
    assert told["aside"] >= 2
    [[state, because]] = told["campaigns"]
    assert state == CampaignState.HELD
    assert because.startswith("Put back from a backup of ")
    assert told["copies"] == [DeliveryState.QUEUED, DeliveryState.QUEUED, DeliveryState.UNCERTAIN]
    # The same work, once a person said so, does write: so the silence before was meant.
    assert told["mails after all"] == 1


def test_a_backup_comes_back_whole_and_at_rest(old: Site, key: Path, tmp_path: Path, settings: Any) -> None:
    a_sending_under_way()
    with somebody_writes():
        before = AuditEvent.objects.count()
        made = back_up(path=tmp_path)
    told = put_back(made, key, tmp_path / "new", settings)
    check_told(told, before)
    assert told["integrity"] == "ok"


def test_the_same_on_postgresql(
    key: Path, tmp_path: Path, settings: Any, django_db_setup: None, django_db_blocker: Any
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("this drill needs PostgreSQL: set DATABASE_URL to try it")
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.VAR_DIR = tmp_path
    name = connection.settings_dict["NAME"]
    new = f"{name}_drill_new"
    with django_db_blocker.unblock():
        connection.creation.clone_test_db(suffix="drill", verbosity=0, autoclobber=True)
        where = connection.creation.get_test_db_clone_settings("drill")
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{new}"')
            cursor.execute(f'CREATE DATABASE "{new}"')
        connection.close()
        connection.settings_dict["NAME"] = where["NAME"]
        try:
            made, before = backed_up_in_use(tmp_path / "media", tmp_path)
            address = f"postgres://{where['USER']}:{where['PASSWORD']}@{where['HOST']}:{where['PORT']}/{new}"
            check_told(put_back(made, key, tmp_path / "new", settings, DATABASE_URL=address), before)
        finally:
            close_old_connections()
            connection.close()
            connection.settings_dict["NAME"] = name
            connection.creation.destroy_test_db(suffix="drill", verbosity=0)
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{new}"')
            connection.close()
