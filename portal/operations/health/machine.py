"""What the portal stands on: disk, database, tables, keys and clock."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Max

from portal.operations.health.figure import Figure, size
from portal.operations.models import Heartbeat, RegularRun
from portal.operations.readiness import is_migrated
from selfreferral.readiness import do_keys_fit

LEAST_BYTES = 1_000_000_000
LEAST_PART = 0.05
MOST_SKEW = timedelta(seconds=5)
MOST_AHEAD = timedelta(minutes=2)


def disk(now: datetime) -> Figure:
    usage = shutil.disk_usage(settings.VAR_DIR)
    numbers = {"disk_free_bytes": float(usage.free), "disk_bytes": float(usage.total)}
    says = f"{size(usage.free)} of {size(usage.total)} free."
    if usage.free < LEAST_BYTES or usage.free < usage.total * LEAST_PART:
        todo = "Make room soon: when the disk is full nothing can be taken in, and the help form turns people away."
        return Figure(is_well=False, says=says, todo=todo, numbers=numbers)
    return Figure(is_well=True, says=says, numbers=numbers)


def database(now: datetime) -> Figure:
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        files = [path, path.with_name(f"{path.name}-wal")]
        used = float(sum(file.stat().st_size for file in files if file.exists()))
        kind = "SQLite"
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database()), current_setting('server_version')")
            used, version = cursor.fetchone()
        kind = f"PostgreSQL {str(version).split(' ')[0]}"
    return Figure(is_well=True, says=f"{kind}, {size(used)}.", numbers={"database_bytes": float(used)})


def migrations(now: datetime) -> Figure:
    if is_migrated():
        return Figure(is_well=True, says="As this code wants them.")
    todo = "An update stopped half-way. On the server: systemctl restart together-prepare together-web together-worker."
    return Figure(is_well=False, says="Not as this code wants them.", todo=todo)


def keys(now: datetime) -> Figure:
    if do_keys_fit():
        return Figure(is_well=True, says="They are those of this database.")
    todo = "Nobody can ask for help here now. Put the right REFERRAL_KEYS and INDEX_KEY into the settings, and restart."
    return Figure(is_well=False, says="Missing, or not those of this database.", todo=todo)


def clock(now: datetime) -> Figure:
    """Against the database's own clock, where it has one, and against what was written down before."""
    skew = timedelta(0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            skew = abs(cursor.fetchone()[0] - datetime.now(now.tzinfo))
    seen = [
        Heartbeat.objects.aggregate(last=Max("beat_at"))["last"],
        RegularRun.objects.aggregate(last=Max("handed_over_at"))["last"],
    ]
    ahead = max((moment - now for moment in seen if moment), default=timedelta(0))
    numbers = {"clock_skew_seconds": skew.total_seconds()}
    if skew > MOST_SKEW or ahead > MOST_AHEAD:
        todo = "Set the clocks of the machines by NTP (timedatectl), then restart the worker."
        return Figure(is_well=False, says="The machines do not agree what time it is.", todo=todo, numbers=numbers)
    return Figure(is_well=True, says="Right, as far as we can tell.", numbers=numbers)
