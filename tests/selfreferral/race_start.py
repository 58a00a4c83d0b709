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
    from selfreferral.models import Referral
    from selfreferral.workflow import State
    from tests.factories.selfreferral import a_referral

    with transaction.atomic():
        for who in workers:
            User.objects.create_user(who, None).groups.set(Group.objects.filter(name="Navigator"))
        for _ in range(int(people)):
            a_referral(now=timezone.now())
        if start == "lapsed":
            late = User.objects.create_user("late@demo.example", None)
            late.groups.set(Group.objects.filter(name="Navigator"))
            Referral.objects.update(
                state=State.SCREENING, owner=late, lease_until=timezone.now() - timedelta(minutes=1)
            )


if __name__ == "__main__":
    main(*sys.argv[1:])
