"""Letters to people who follow a comment, and the mails that ask whether an address is somebody's own.

What each does is imported when it runs: those modules hand over work to this one.
"""

from portal.tasks import task


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
