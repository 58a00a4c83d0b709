"""Measures the portal and writes `docs/benchmarks.md`."""

from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.demo.village import is_loaded


class Command(BaseCommand):
    """Takes some minutes; talks to loopback and, for the first start, to the package registry."""

    help = "Run the benchmarks and write docs/benchmarks.md."

    def handle(self, *args: Any, **options: Any) -> None:
        from benchmarks.report import write

        if not is_loaded():
            raise CommandError("Load the demo first: python3 manage.py load_demo")
        report = write(say=self.stdout.write, today=timezone.localdate())
        self.stdout.write(f"Written to {report.name} in docs/.")
