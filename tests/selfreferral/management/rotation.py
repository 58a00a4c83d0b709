"""A rotation in a process of its own: `rotation.py DATABASE NEW-KEY BATCH [start PEOPLE]`."""

import sys

from django.conf import settings


def main(database: str, new_key: str, batch: str, people: str = "") -> None:
    """Rotate the keys of `database`; with `people`, first put so many into it under the old key and stop."""
    settings.DATABASES["default"]["NAME"] = database
    import django

    django.setup()

    from django.core.management import call_command
    from django.db import transaction

    from tests.factories.selfreferral import a_referral

    if people:
        with transaction.atomic():
            for _ in range(int(people)):
                a_referral()
        return
    settings.REFERRAL_KEYS = [new_key, *settings.REFERRAL_KEYS]
    call_command("rotate_keys", batch=int(batch))


if __name__ == "__main__":
    main(*sys.argv[1:])
