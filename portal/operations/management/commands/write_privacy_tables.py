"""`manage.py write_privacy_tables`: writes the tables of docs/privacy.md anew from the code."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.operations.keeping.papers import PAPER, written


class Command(BaseCommand):
    help = "Write the tables of docs/privacy.md anew, from the declarations of the models and the periods."

    def handle(self, *args: Any, **options: Any) -> None:
        before = PAPER.read_text()
        after = written(before)
        PAPER.write_text(after)
        self.stdout.write("They were as they should be." if before == after else "They are written anew.")
