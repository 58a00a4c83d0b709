"""The way back, in a program of its own on an empty machine: restore, let a worker work, and say what there is."""

import json
import sys
from pathlib import Path
from typing import Any


def main(archive: str, key: str) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from newsletter.models import Campaign, Delivery
    from portal.accounts.models import User
    from portal.operations.backup.holding import do_after_all, go_on, set_aside
    from portal.operations.models import RegularRun, Restoration
    from portal.operations.timekeeping import Timekeeper
    from selfreferral.models import Referral
    from tests.portal.operations.backup.conftest import words_of

    call_command("restore", archive, "--identity", key, verbosity=0, stdout=sys.stderr)

    def work() -> int:
        """A whole round of a worker, with all regular work due; how many mails lie in the folder then."""
        RegularRun.objects.update(due_at=timezone.now())
        Timekeeper("drill").look()
        call_command("worker", "--batch", "--no-startup-delay", verbosity=0)
        return len(list(Path(settings.MAIL_DIR).glob("*.eml")))

    told: dict[str, Any] = {"mails": work(), "aside": sum(set_aside().values())}
    with connection.cursor() as cursor:
        for table in ("accounts_user", "audit_auditevent", "selfreferral_referral", "newsletter_delivery"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            told[table] = cursor.fetchone()[0]
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            told["integrity"] = cursor.fetchone()[0]
    told["name"] = words_of(Referral.objects.get())["name"]
    told["upload"] = (settings.MEDIA_ROOT / "images" / "hall.jpg").read_bytes().decode()
    told["campaigns"] = list(Campaign.objects.order_by("pk").values_list("state", "held_because"))
    told["copies"] = sorted(Delivery.objects.values_list("state", flat=True))
    lead = User.objects.get(email="lead@demo.example")
    waiting = Restoration.objects.waiting()
    assert waiting is not None
    go_on(restoration=waiting, by=lead, now=timezone.now())
    do_after_all(task_path="selfreferral.tasks.alert_navigators", by=lead)
    call_command("worker", "--batch", "--no-startup-delay", verbosity=0)
    told["mails after all"] = len(list(Path(settings.MAIL_DIR).glob("*.eml")))
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
