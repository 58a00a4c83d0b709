"""`manage.py check_all`: every check that a change must pass before it is sent, one line each."""

import base64
import secrets
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


@dataclass(frozen=True)
class Check:
    """One program to run and what to call it; `surroundings` are environment variables set on top of the caller's."""

    name: str
    command: list[str]
    surroundings: dict[str, str] = field(default_factory=dict)


def thirty_two_bytes() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def production(scratch: Path) -> dict[str, str]:
    """What production settings need to be read at all; made for this run and thrown away with it."""
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "VAR_DIR": str(scratch),
        "DATABASE_URL": f"sqlite:///{scratch / 'check.sqlite3'}",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "REFERRAL_KEYS": thirty_two_bytes(),
        "INDEX_KEY": thirty_two_bytes(),
        "BASE_URL": "https://together.example.org",
        "ALLOWED_HOSTS": "together.example.org",
    }


def checks(scratch: Path) -> list[Check]:
    """The checks, quickest first."""
    python = [sys.executable, "-m"]
    return [
        Check("lint", [*python, "ruff", "check", "--output-format", "concise", "."]),
        Check("format", [*python, "ruff", "format", "--check", "--output-format", "concise", "."]),
        Check("migrations", [*python, "django", "makemigrations", "--check", "--dry-run"]),
        Check(
            "production settings",
            [*python, "django", "check", "--deploy", "--fail-level", "WARNING"],
            production(scratch),
        ),
        Check("types", [*python, "mypy"], {"VAR_DIR": str(scratch)}),
    ]


class Command(BaseCommand):
    help = "Check style, types, missing migrations and the production settings: one line each, exit 1 where any fails."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        with tempfile.TemporaryDirectory(prefix="together-check-") as scratch:
            failed = [check.name for check in checks(Path(scratch)) if not self.passes(check)]
        if failed:
            raise CommandError(f"Not ready to send: {', '.join(failed)}.")

    def passes(self, check: Check) -> bool:
        """Run one check and say how it went, with the program's own words below where it failed."""
        done = subprocess.run(
            check.command,
            cwd=settings.BASE_DIR,
            env={**settings.SURROUNDINGS, **check.surroundings},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.stdout.write(f"{'ok    ' if done.returncode == 0 else 'FAILED'}  {check.name}")
        if done.returncode:
            self.stdout.write(done.stdout.strip())
        self.stdout.flush()
        return done.returncode == 0
