"""Every working morning, one mail to each moderator with what waits to be read."""

from datetime import time

from django.utils import timezone

from portal.tasks import regularly, task


@task()
def send_digests() -> None:
    """One task for each moderator, so that a mailbox that does not answer stops nobody else."""
    from engagement.comments.desk.digest import hand_out

    hand_out(now=timezone.now())


@task()
def send_digest(moderator_id: int, tries: int = 0) -> None:
    """The numbers of this morning to one moderator."""
    from engagement.comments.desk.digest import write

    write(moderator_id, now=timezone.now(), tries=tries)


regularly(send_digests, name="comments.digest", daily_at=time(8, 15))
