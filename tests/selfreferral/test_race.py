"""Two navigators reach for the same people at the same moment, from separate processes: each person is picked up once."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

# RACE_PEOPLE=1000 runs the thousand; here each person costs the suite a twentieth of a second.
PEOPLE = int(os.environ.get("RACE_PEOPLE", "200"))
WORKERS = ("navigator@demo.example", "other@demo.example", "third@demo.example")


def in_a_process(*words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test", "DATABASE_URL": "sqlite:///unused"},
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("start", "people"), [("new", PEOPLE), ("lapsed", PEOPLE // 2)])
def test_of_all_who_reach_at_once_exactly_one_gets_each(tmp_path: Path, start: str, people: int) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("this race runs on a copy of the SQLite file; the statement is the same on PostgreSQL")
    copy = tmp_path / "race.sqlite3"
    source = sqlite3.connect(f"file:{settings.DATABASES['default']['TEST']['NAME']}?mode=ro", uri=True)
    with source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    subprocess.run(
        [sys.executable, "-m", "tests.selfreferral.race_start", str(copy), str(people), start, *WORKERS],
        check=True,
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test", "DATABASE_URL": "sqlite:///unused"},
    )
    results = [tmp_path / f"{number}.json" for number in range(len(WORKERS))]
    racers = [
        in_a_process("tests.selfreferral.race", str(copy), who, str(result))
        for who, result in zip(WORKERS, results, strict=True)
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    for racer in racers:
        racer.communicate()
        assert racer.returncode == 0
    told = [json.loads(result.read_text()) for result in results]
    won = [reference for one in told for reference in one["won"]]
    assert len(won) == len(set(won)) == people
    assert sum(one["told"] for one in told) == people * (len(WORKERS) - 1)
    with sqlite3.connect(copy) as database:
        held = database.execute("SELECT count(*) FROM selfreferral_allocation").fetchone()[0]
        events = database.execute(
            "SELECT count(*) FROM audit_auditevent WHERE action = 'selfreferral.claim'"
        ).fetchone()[0]
    assert held == events == people
