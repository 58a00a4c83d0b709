"""`manage.py restore PATH`: looks into an archive, or puts it back into an empty place, where nothing goes out by itself."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.clock import say_moment
from portal.operations.backup import restoring
from portal.operations.backup.words import CannotBackUp, CannotRestore


class Command(BaseCommand):
    help = "Put an archive of `backup` back into an empty place, or look whether that would go (--check)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PATH", type=Path)
        parser.add_argument("--identity", metavar="FILE", type=Path, help="the file with the private key of age")
        parser.add_argument("--check", action="store_true", help="look into the archive, change nothing")

    # The database may be empty, or not there at all.
    requires_migrations_checks = False
    requires_system_checks: list[str] = []

    def handle(self, *, path: Path, identity: Path | None, check: bool, **options: Any) -> None:
        try:
            if check:
                opened = restoring.check(path, identity=identity)
            else:
                opened = restoring.restore(path, identity=identity, now=timezone.now())
        except (CannotRestore, CannotBackUp) as error:
            raise CommandError(str(error)) from None
        told = opened.manifest
        files = sum(name.startswith("media/") for name in told.sums)
        self.stdout.write(
            f"A whole archive of {say_moment(told.made_at)}, code {told.code}: "
            f"{sum(told.counts.values()):,} rows in {len(told.counts)} tables, {files} uploads."
        )
        for note in opened.notes:
            self.stdout.write(note)
        if not check:
            self.stdout.write(
                "It is back. Regular work and sendings rest until an administrator says so at /staff/health/."
            )
