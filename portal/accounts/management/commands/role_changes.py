"""`manage.py role_changes`: what waits for a second administrator, and agreeing where there is none."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.accounts.actions.changing import agree_as_technician
from portal.accounts.models import RoleChange
from portal.accounts.people import others_who_may_agree
from portal.refusals import Refused


class Command(BaseCommand):
    help = (
        "List roles that wait for a second administrator; --agree NUMBER --because WHY where nobody else could agree."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agree", type=int, metavar="NUMBER", help="agree in place of a second administrator")
        parser.add_argument(
            "--because", default="", metavar="WHY", help="why no second administrator does; kept for good"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = RoleChange.objects.waiting().with_people()
        if options["agree"] is None:
            for change in waiting.newest_first():
                now, then = ", ".join(change.before_titles) or "new", ", ".join(change.after_titles)
                self.stdout.write(f"{change.pk}: {change.person} ({change.person.email}), {now} -> {then}")
            self.stdout.write(f"{waiting.count()} wait for a second administrator.")
            return
        self._agree(waiting.numbered(options["agree"]), options["because"].strip())

    def _agree(self, change: RoleChange | None, because: str) -> None:
        if change is None:
            raise CommandError("No change of that number waits. Without --agree this command lists them.")
        if not because:
            raise CommandError("Say why with --because; it is kept for good.")
        if change.asked_by is not None and others_who_may_agree(change.asked_by, but=change.person):
            raise CommandError("There is a second administrator. They agree on the page of people.")
        try:
            agree_as_technician(change=change, because=because, now=timezone.now())
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(f"Agreed: {change.person}.")
