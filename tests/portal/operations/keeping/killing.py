"""A clearing out that is really killed (SIGKILL) at one moment after the other, and begun again; run as a program of its own."""

import io
import json
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from portal.photos import SMALLER_WIDTHS, smaller_names
from tests.newsletter.sending.killing import die_at, forked

# As many as go in one transaction here, and how many of each thing are over.
BATCH, OVER = 3, 7
# A photo and the smaller ones beside it. Killed among files, the last comment's are gone, and one of those that the kill before
# left; killed among others, all these are gone too, then one photo that nobody sent, and the first file of another.
FILES = 1 + len(SMALLER_WIDTHS)
LEFT = BATCH * FILES - 1
# What each run has done before it dies is written down beside the test.
STEPS = ("a batch, not committed", "between two batches", "between rows and files", "among files", "among other files")


def main() -> None:
    """Die at each step, carry on to the end, and say what came of it, as one line of JSON."""
    import django

    django.setup()
    from portal.privacy import purging, rows

    purging.AT_ONCE = rows.AT_ONCE = BATCH
    # Runs that were killed are sealed by the next one, as two hours later.
    purging.GIVEN_UP_AFTER = timedelta(0)
    told: dict[str, Any] = {"stays": plant()}
    before = tables()
    told["between"] = {step: die(step) for step in STEPS}
    clear_out()
    told["state"], told["certificates"] = state(), certificates()
    after = tables()
    told["touched"] = sorted(name for name in before if before[name] != after[name])
    print(json.dumps(told))


def plant() -> list[str]:
    """Declined comments with a photo each, and photos that nobody sent, all over; and one of each that is not, or is held."""
    from django.core.files.storage import default_storage
    from django.utils import timezone

    from engagement.comments.actions.photos import hang_on
    from engagement.comments.models import Photo, PlaceComment
    from portal.accounts.models import User
    from portal.privacy.announcing import announce
    from portal.privacy.holds import place_hold
    from tests.factories.comments import make_comment
    from tests.factories.old import a_photo

    now = timezone.now()
    long_ago = now - timedelta(days=600)
    comments = [make_comment(f"Unkind {number}.") for number in range(OVER + 2)]
    for comment in comments:
        hang_on(comment=comment, key=a_photo().key)
    PlaceComment.objects.filter(pk__in=[one.pk for one in comments]).update(status="declined", sent_at=long_ago)
    young, held = comments[-2:]
    PlaceComment.objects.filter(pk=young.pk).update(sent_at=now)
    by = User.objects.create_user("lead@demo.example", None)
    place_hold(subject=held, reason="A complaint", review_on=now.date() + timedelta(9), by=by, now=now)
    alone = [a_photo() for _ in range(OVER + 1)]
    Photo.objects.filter(pk__in=[one.pk for one in alone[:-1]]).update(taken_in_at=long_ago)
    Photo.objects.filter(pk=alone[-1].pk).update(taken_in_at=now)
    for photo in Photo.objects.all():
        for name in files_of(photo):
            os.utime(default_storage.path(name), (long_ago.timestamp(), long_ago.timestamp()))
    announce(now=now - timedelta(days=60), is_somebody_told=True)
    stays = (*Photo.objects.filter(comment__in=[young, held]), alone[-1])
    return sorted(name for photo in stays for name in files_of(photo))


def files_of(photo: Any) -> list[str]:
    return [photo.image.name, *smaller_names(photo.image.name).values()]


def clear_out() -> None:
    from django.core.management import call_command

    call_command("purge_expired", stdout=io.StringIO())


def die(step: str) -> dict[str, Any]:
    """Clear out in another process that dies at this step; how it ended, and what is there right after."""
    from django.core.files.storage import FileSystemStorage
    from django.db import connections

    from portal.privacy import purging

    deaths: dict[str, Callable[[], None]] = {
        "a batch, not committed": lambda: die_at(purging, "record", number=1),
        "between two batches": die_after_a_batch,
        "between rows and files": lambda: die_at(FileSystemStorage, "delete", number=1, first=True),
        "among files": lambda: die_at(FileSystemStorage, "delete", number=FILES + 2, first=True),
        "among other files": lambda: die_at(FileSystemStorage, "delete", number=LEFT + FILES + 1),
    }

    def dying() -> None:
        deaths[step]()
        clear_out()

    connections.close_all()
    _, status = os.waitpid(forked(dying), 0)
    return {"killed_by": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, **state()}


def die_after_a_batch() -> None:
    """Have the first batch of which anything went end in a kill, when it is committed and its files are gone."""
    from portal.privacy import purging

    module: Any = purging
    one_batch = module._one_batch

    def deadly(*values: Any) -> Any:
        done = one_batch(*values)
        if done.rows:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    module._one_batch = deadly


def state() -> dict[str, Any]:
    """What is there, and what the certificates say of it."""
    from django.core.files.storage import default_storage
    from django.utils import timezone

    from engagement.comments.models import Photo, PlaceComment
    from portal.privacy.filing import look_for_loose
    from portal.privacy.models import Certificate, MonthlyCount

    loose = look_for_loose(timezone.now())["comments"]
    return {
        "words": PlaceComment.objects.exclude(words="").count(),
        "alone": Photo.objects.unsent().count(),
        "files": sorted(f"comments/{name}" for name in default_storage.listdir("comments")[1]),
        "loose": [len(loose.without_row), len(loose.without_file)],
        "counted": sum(MonthlyCount.objects.of("comments").values_list("number", flat=True)),
        "certified": sum(certificate.rows for certificate in Certificate.objects.all()),
    }


def certificates() -> dict[str, Any]:
    from portal.privacy.certificates import verify_certificates
    from portal.privacy.models import Certificate

    found = list(Certificate.objects.in_order())
    return {
        "whole": [one.is_whole for one in found],
        "sealed": [bool(one.mac) for one in found],
        "loose": found[-1].loose["comments"],
        "wrong": verify_certificates(),
    }


def tables() -> dict[str, int]:
    from django.apps import apps

    return {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed}


if __name__ == "__main__":
    main()
