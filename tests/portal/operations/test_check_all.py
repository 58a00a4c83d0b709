"""`check_all` runs every check to the end, shows what failed, and lends production nothing of the caller's."""

import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from portal.operations.management.commands import check_all
from portal.operations.management.commands.check_all import Check, checks, production


def says(name: str, code: str, **surroundings: str) -> Check:
    return Check(name, [sys.executable, "-c", code], surroundings)


def test_each_check_gets_a_line_and_the_last_word_names_those_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    done = [
        says("lint", "print('nobody reads this')"),
        says("types", "import sys; print('wrong here'); sys.exit(1)"),
        says("migrations", "import os; assert os.environ['LENT'] == 'yes'", LENT="yes"),
    ]
    monkeypatch.setattr(check_all, "checks", lambda scratch: done)
    out = StringIO()
    with pytest.raises(CommandError, match=r"^Not ready to send: types\.$"):
        call_command("check_all", stdout=out)
    assert out.getvalue().splitlines() == ["ok      lint", "FAILED  types", "wrong here", "ok      migrations"]


def test_when_nothing_fails_it_ends_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_all, "checks", lambda scratch: [says("lint", "")])
    out = StringIO()
    call_command("check_all", stdout=out)
    assert out.getvalue() == "ok      lint\n"


def test_it_checks_style_types_migrations_and_the_production_settings(tmp_path: Path) -> None:
    named = {check.name: " ".join(check.command) for check in checks(tmp_path)}
    assert list(named) == ["lint", "format", "migrations", "production settings", "types"]
    assert named["production settings"].endswith("check --deploy --fail-level WARNING")


def test_the_keys_lent_to_production_are_new_each_time(tmp_path: Path) -> None:
    one, other = production(tmp_path), production(tmp_path)
    assert {name for name in one if one[name] != other[name]} == {"SECRET_KEY", "REFERRAL_KEYS", "INDEX_KEY"}
    assert one["VAR_DIR"] == str(tmp_path)
