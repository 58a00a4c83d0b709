"""A worker of the race: in a process of its own it tries to pick everybody up, and says whom it got."""

import json
import sys
from pathlib import Path

from django.conf import settings


def main(database: str, who: str, gate: str) -> None:
    """Join `database`, wait until `gate` exists, then claim every referral as `who`."""
    settings.DATABASES["default"]["NAME"] = database
    import django

    django.setup()

    from django.utils import timezone

    from portal.accounts.models import User
    from selfreferral.actions.triage import claim
    from selfreferral.models import Referral
    from selfreferral.refusals import AlreadyClaimed

    user = User.objects.get(email=who)
    waiting = list(Referral.objects.up_for_claim(now=timezone.now()).oldest_first())
    print("ready", flush=True)
    sys.stdin.readline()
    won, told = [], 0
    for referral in waiting:
        try:
            claim(referral=referral, by=user, now=timezone.now())
        except AlreadyClaimed as refused:
            told += " has picked up " in refused.sentence
        else:
            won.append(referral.reference)
    Path(gate).write_text(json.dumps({"won": won, "told": told}))


if __name__ == "__main__":
    main(*sys.argv[1:])
