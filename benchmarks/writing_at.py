"""On the database that the settings name: counts what was taken in, or writes down answers that only wait to be sent.

Run as `python -m benchmarks.writing_at [HOW_MANY]` by `benchmarks.writing`; prints one JSON line.
"""

import json
import sys

import django


def counted() -> dict[str, int]:
    from engagement.comments.models import PlaceComment
    from selfreferral.models import Referral

    return {"comments": PlaceComment.objects.count(), "referrals": Referral.objects.count()}


def drafts(count: int) -> list[str]:
    """The keys of so many people who have answered everything and not pressed the last button."""
    from django.utils import timezone

    from tests.factories.selfreferral import a_draft

    return [a_draft(now=timezone.now()) for _ in range(count)]


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(drafts(int(sys.argv[1])) if sys.argv[1:] else counted()) + "\n")
