"""`manage.py purge_expired`: destroys what is kept no longer, or shows what would go."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.operations.keeping.nightly import warn
from portal.privacy.filing import look_for_loose
from portal.privacy.periods import Destroyed, Period, periods
from portal.privacy.purging import outlook, purge

ROW = "{:<32} {:>10} {:>8} {:>8} {:>8} {:>6}"


class Command(BaseCommand):
    help = (
        "Destroy what is kept no longer: announce what will go soon, then delete or blank what is over and not held, some "
        "rows at a time, and write a certificate. Broken off, it goes on where it was. Exit 1 where a promise could not be kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="show what would go and change nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        now = timezone.now()
        if dry_run:
            self.show(now)
            return
        announced = warn(now=now)
        for name, number in announced.items():
            self.stdout.write(f"{name}: {number:,} announced")
        certificate = purge(now=now, say=self.say)
        assert certificate is not None, "a whole run always has one"
        for line in certificate.loose.values():
            self.say_loose(line["title"], line["without_row"], line["without_file"])
        self.stdout.write(
            f"Certificate {certificate.pk}: {certificate.rows:,} rows and {certificate.files:,} files destroyed."
        )
        if certificate.troubles:
            raise CommandError("Not all could be kept to: " + "; ".join(certificate.troubles))

    def show(self, now: datetime) -> None:
        self.stdout.write(ROW.format("period", "kept", "due", "goes now", "waits", "held"))
        for period in periods():
            view = outlook(period, now)
            self.stdout.write(ROW.format(period.name, period.words, view.due, view.going, view.waiting, view.held))
        for found in look_for_loose(now).values():
            self.say_loose(found.folder.title, len(found.without_row), len(found.without_file))
        self.stdout.write("Nothing was changed.")

    def say(self, period: Period, done: Destroyed) -> None:
        if done.rows or done.files:
            self.stdout.write(f"{period.name}: {done.rows:,} rows, {done.files:,} files")

    def say_loose(self, title: str, without_row: int | str, without_file: int | str) -> None:
        self.stdout.write(f"{title}: {without_row} files without a row, {without_file} rows without a file")
