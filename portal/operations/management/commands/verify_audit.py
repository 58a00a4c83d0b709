"""`manage.py verify_audit`: whether history is whole, sealed and guarded."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.audit.sealing import verify
from portal.privacy.certificates import verify_certificates

MOST_TOLD = 20


class Command(BaseCommand):
    help = "Check that no row of the history was changed, removed or put in, and that the database guards it; exit 1 if not."

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify(timezone.now())
        report.wrong += verify_certificates()
        for sentence in report.wrong[:MOST_TOLD]:
            self.stderr.write(sentence)
        if report.wrong:
            raise CommandError(f"History is not whole: {len(report.wrong)} findings.")
        self.stdout.write(f"History is whole: {report.sealed:,} rows sealed, {report.unsealed:,} too new to be.")
