"""`manage.py rotate_keys`: every referral's key under the newest of REFERRAL_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from selfreferral.actions.rotating import Rotated, left_behind, rotate
from selfreferral.vault import CannotOpen, VaultIsShut

MOST_NAMED = 20


class Command(BaseCommand):
    """Safe while people work, and as often as wanted: broken off, it goes on where it was."""

    help = "Wrap every referral's key anew under the newest of REFERRAL_KEYS, and say when the older ones may go."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=200, help="how many in one transaction (200)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["batch"] < 1:
            raise CommandError("--batch must be 1 or more.")
        try:
            done = rotate(batch=options["batch"], tell=self.tell)
        except (VaultIsShut, CannotOpen) as wrong:
            raise CommandError(f"{wrong} Keep every key that you have, and run this again with all of them.") from None
        self.stdout.write(f"{done.anew:,} wrapped anew, {done.already:,} were already.")
        if done.closed:
            named = ", ".join(done.closed[:MOST_NAMED])
            raise CommandError(f"{len(done.closed):,} open with no key that you gave, and stay as they were: {named}")
        behind = left_behind()
        if behind:
            raise CommandError(
                f"{behind:,} came under an older key meanwhile: put the newest key first for the web process and the "
                "worker too, start them again, and run this again."
            )
        self.stdout.write(
            "Nothing kept here needs an older key. Take the older ones out of REFERRAL_KEYS now, and keep them, apart "
            "from the backups, for as long as you keep a backup from before today."
        )

    def tell(self, done: Rotated, total: int) -> None:
        self.stdout.write(f"{done.seen:,} of {total:,}")
        self.stdout.flush()
