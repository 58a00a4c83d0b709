"""Letters to people who follow a comment, and the mails that ask whether an address is somebody's own.

What each does is imported when it runs: those modules hand over work to this one.
"""

from datetime import time

from django.utils import timezone

from portal.tasks import regularly, task


# The mail that asks whether an address is somebody's own must not wait behind a hundred of these.
@task(priority=-5)
def send_letter(follower_id: int, kind: str, about: int = 0, tries: int = 0) -> None:
    """Tell one person what became of a comment."""
    from engagement.comments.hearing.telling import write

    write(follower_id, kind, about, tries=tries)


@task()
def ask_whether_theirs(follower_id: int, tries: int = 0) -> None:
    """Ask somebody whether they want to hear what becomes of a comment."""
    from engagement.comments.hearing.first_mails import ask_follower

    ask_follower(follower_id, tries=tries)


@task()
def forget_unconfirmed() -> None:
    """Delete addresses that nobody confirmed within a week."""
    from engagement.comments.actions.following import sweep

    sweep(now=timezone.now())


regularly(forget_unconfirmed, name="comments.forget_unconfirmed", daily_at=time(3, 40))
