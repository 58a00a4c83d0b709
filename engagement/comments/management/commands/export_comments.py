"""Writes published comments to a file or to the screen."""

import os
from argparse import ArgumentParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engagement.comments.exports import WRITERS
from engagement.comments.models import Consultation, PlaceComment
from engagement.comments.selection import Selection


class Command(BaseCommand):
    """Only what everybody can read; a file that is there already is never written over."""

    help = "Export published comments as CSV or GeoJSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="a new file; without one the comments go to the screen")
        parser.add_argument("--format", choices=sorted(WRITERS), required=True)
        parser.add_argument("--consultation", default="", help="slug of one consultation (default: all listed ones)")

    def handle(self, *args: Any, **options: Any) -> None:
        slug, file, write = options["consultation"], options["file"], WRITERS[options["format"]]
        if slug and not Consultation.objects.named(slug).exists():
            raise CommandError(f"There is no consultation “{slug}”.")
        comments = PlaceComment.objects.chosen(Selection(consultation=slug)).with_row().oldest_first()
        found = comments.select_related("theme", "named_place", "consultation").iterator()
        if file is None:
            write(found, self.stdout)
            return
        try:
            with NamedTemporaryFile("w", encoding="utf-8", newline="", dir=file.parent, prefix=".") as out:
                count = write(found, out)
                out.flush()
                os.link(out.name, file)  # fails, unlike a rename, where the file is there already
        except FileExistsError:
            raise CommandError(f"{file} is there already. Choose another name.") from None
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"{count:,} comments written to {file}.")
