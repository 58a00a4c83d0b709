"""`manage.py backup PATH`: one locked archive of database, media and fingerprint, made while the site runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.operations.backup.making import back_up
from portal.operations.backup.words import CannotBackUp


class Command(BaseCommand):
    help = "Copy database, uploads and a fingerprint of the settings into one locked archive. PATH is a new file or a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PATH", type=Path)
        parser.add_argument(
            "--keep", type=int, default=0, metavar="N", help="keep the newest N archives of that folder"
        )
        parser.add_argument(
            "--plain", action="store_true", help="do not lock it, where no key is set (also in production)"
        )

    def handle(self, *, path: Path, keep: int, plain: bool, **options: Any) -> None:
        try:
            made = back_up(path=path, keep=keep, may_be_plain=plain or settings.IS_DEMO_ALLOWED)
        except CannotBackUp as error:
            raise CommandError(str(error)) from None
        lock = "locked" if made.is_locked else "NOT locked: keep it as safe as the database"
        self.stdout.write(f"{made.path.name}: {made.size:,} bytes, {made.files} uploads, {lock}.")
        if made.missing:
            self.stdout.write(f"{len(made.missing)} uploads went away while they were copied.")
        if made.forgotten:
            self.stdout.write(f"{made.forgotten} older archives were deleted.")
