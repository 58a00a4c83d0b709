"""Measures the portal and writes `docs/benchmarks.md`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.demo.village import is_loaded


class Command(BaseCommand):
    """Takes two hours, most of them for a million comments and a hundred thousand of the rest; each part alone takes minutes.

    Bounded in count and time. Talks to loopback and, the first time, to the package registry.
    """

    help = "Run the benchmarks and write docs/benchmarks.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", default="", metavar="PART", help="one part of the report, such as Map")

    def handle(self, *args: Any, **options: Any) -> None:
        from benchmarks.report import PARTS, write

        if not is_loaded():
            raise CommandError("Load the demo first: python3 manage.py load_demo")
        if options["only"] and options["only"] not in PARTS:
            raise CommandError(f"There is no part “{options['only']}”; there are {', '.join(PARTS)}.")
        report = write(say=self.stdout.write, today=timezone.localdate(), only=options["only"])
        self.stdout.write(f"Written to {report.name} in docs/.")
