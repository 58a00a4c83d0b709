"""Sets the race up in a database of its own: people who wait, and navigators who will reach for them."""

import sys

from django.conf import settings


def main(database: str, people: str, *workers: str) -> None:
    settings.DATABASES["default"]["NAME"] = database
    import django

    django.setup()

    from django.contrib.auth.models import Group
    from django.db import transaction
    from django.utils import timezone

    from portal.accounts.models import User
    from tests.factories.selfreferral import a_referral

    with transaction.atomic():
        for who in workers:
            User.objects.create_user(who, None).groups.set(Group.objects.filter(name="Navigator"))
        for _ in range(int(people)):
            a_referral(now=timezone.now())


if __name__ == "__main__":
    main(*sys.argv[1:])
