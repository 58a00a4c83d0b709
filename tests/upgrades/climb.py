"""Brings the database of an older release up to today in a process of its own, and says as JSON what is in it then.

`python -m tests.upgrades.climb`, with VAR_DIR naming a folder that holds together.sqlite3; with `--step` it also takes the
newest migration of each of our apps back, and makes it again.
"""

import json
import sys
from typing import Any

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone


def what_is_there() -> dict[str, Any]:
    """Words that must still be readable and numbers that must not shrink."""
    from django.contrib.auth.models import Permission
    from django.test import Client

    from engagement.comments.models import PlaceComment
    from newsletter.models import Subscriber
    from portal.audit.models import AuditEvent
    from portal.audit.sealing import seal_settled, verify
    from selfreferral.models import Referral
    from selfreferral.reading.answers import opened_answers

    now = timezone.now()
    while seal_settled(now):  # as the worker does in its first minute
        continue
    visitor = Client(SERVER_NAME="localhost")
    pages = [
        "/",
        "/have-your-say/",
        "/you-said-we-did/",
        "/warm-spaces/",
        "/whats-on/",
        "/news/",
        "/get-help/",
        "/search/",
    ]
    return {
        "referrals that open": sum(bool(opened_answers(one, one.strongbox())) for one in Referral.objects.all()),
        "comments": list(PlaceComment.objects.order_by("pk").values_list("words", flat=True)),
        "readers": Subscriber.objects.count(),
        "events": AuditEvent.objects.count(),
        "wrong in the history": verify(now).wrong,
        "permissions": Permission.objects.count(),
        "pages": {page: visitor.get(page).status_code for page in pages},
    }


def one_step_back() -> None:
    """Take the newest migration of each of our apps back, where there is one before it."""
    from portal.privacy.declarations import our_models

    ours = {model._meta.app_label for model in our_models()}
    for app, name in MigrationExecutor(connection).loader.graph.leaf_nodes():
        executor = MigrationExecutor(connection)
        before = [each for label, each in executor.loader.graph.node_map[app, name].parents if label == app]
        if app in ours and before and (app, name) in executor.loader.applied_migrations:
            executor.migrate([(app, before[0])])


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    if "--step" in sys.argv:
        one_step_back()
        call_command("migrate", verbosity=0)
    json.dump(what_is_there(), sys.stdout)


if __name__ == "__main__":
    main()
