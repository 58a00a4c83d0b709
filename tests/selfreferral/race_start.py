"""Sets the race up in a database of its own: people who wait, and navigators who will reach for them."""

import sys
from datetime import timedelta

from django.conf import settings


def main(database: str, people: str, start: str, *workers: str) -> None:
    """So many people, all `new`, or all `lapsed`: picked up by somebody who did not go on reading them."""
    settings.DATABASES["default"]["NAME"] = database
    import django

    django.setup()

    from django.contrib.auth.models import Group
    from django.db import transaction
    from django.utils import timezone

    from portal.accounts.models import User
    from portal.demo.referral_volume import make_referrals
    from selfreferral.models import Referral
    from selfreferral.workflow import State

    with transaction.atomic():
        for who in workers:
            User.objects.create_user(who, None).groups.set(Group.objects.filter(name="Navigator"))
        make_referrals(int(people), all_open=True, now=timezone.now(), say=print)
        Referral.objects.update(state=State.NEW, owner=None, lease_until=None, first_contact_at=None, next_try_on=None)
        if start == "lapsed":
            late = User.objects.create_user("late@demo.example", None)
            late.groups.set(Group.objects.filter(name="Navigator"))
            Referral.objects.update(
                state=State.SCREENING, owner=late, lease_until=timezone.now() - timedelta(minutes=1)
            )


if __name__ == "__main__":
    main(*sys.argv[1:])
