"""Counts what is on the map from scratch."""

from typing import Any

from django.core.management.base import BaseCommand

from engagement.comments.actions.rebuilding import rebuild_counts


class Command(BaseCommand):
    """Safe at any time and as often as wanted: what is published meanwhile waits, and everybody else reads on."""

    help = "Count the comments in every square of the map from scratch."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild_counts():,} squares counted.")
