"""Fills a database for rehearsal and benchmarks."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from portal.demo.reader_volume import make_readers
from portal.demo.referral_volume import make_referrals
from portal.demo.venue_volume import make_venues
from portal.demo.volume import make_comments

MOST = 5_000_000


def how_many(text: str) -> int:
    """A whole number that fits."""
    if not text.isascii() or not text.isdigit() or int(text) > MOST:
        raise ArgumentTypeError(f"“{text}” is not a whole number up to {MOST:,}")
    return int(text)


class Command(BaseCommand):
    """All of it or nothing; refuses in production, where it would stand beside what people said."""

    help = "Add synthetic rows to a development database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--comments", type=how_many, default=0, metavar="N", help="comments about places")
        parser.add_argument("--referrals", type=how_many, default=0, metavar="N", help="people who asked for help")
        parser.add_argument("--venues", type=how_many, default=0, metavar="N", help="places, some with activities")
        parser.add_argument("--subscribers", type=how_many, default=0, metavar="N", help="readers of the newspaper")
        parser.add_argument("--all-open", action="store_true", help="none of these referrals is finished")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEMO_ALLOWED:
            raise CommandError("Synthetic rows are for development settings only.")
        comments, referrals, venues = options["comments"], options["referrals"], options["venues"]
        now = timezone.now()
        subscribers = options["subscribers"]
        if not comments and not referrals and not venues and not subscribers:
            raise CommandError("Say how many: --comments N, --referrals N, --venues N or --subscribers N")
        with transaction.atomic():
            if comments:
                made = make_comments(comments, now=now, say=self.stdout.write)
                self.stdout.write(f"{made:,} comments added.")
            if referrals:
                made = make_referrals(referrals, all_open=options["all_open"], now=now, say=self.stdout.write)
                self.stdout.write(f"{made:,} referrals added.")
            if venues:
                made = make_venues(venues, now=now, say=self.stdout.write)
                self.stdout.write(f"{made:,} venues added.")
            if subscribers:
                made = make_readers(subscribers, now=now, say=self.stdout.write)
                self.stdout.write(f"{made:,} readers added.")
