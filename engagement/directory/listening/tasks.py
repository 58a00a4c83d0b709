"""What the worker does for people who asked to hear of sessions; it is handed numbers, never an address.

What each does is imported when it runs: those modules hand over work to this one.
"""

from datetime import timedelta

from django.utils import timezone

from portal.tasks import regularly, task


@task()
def ask_listener(listener_id: int, tries: int = 0) -> None:
    """Ask somebody whether the address is theirs."""
    from engagement.directory.listening.mails import ask

    ask(listener_id, tries=tries)


@task()
def hand_out_changes(changes: list[int], is_undo: bool) -> None:
    """Make one mail ready for each person who asked to hear of these changes."""
    from engagement.directory.listening.telling import hand_out

    hand_out(changes, is_undo=is_undo, now=timezone.now())


# Somebody's first mail must not wait behind a hundred of these.
@task(priority=-5)
def send_telling(telling_id: int, tries: int = 0) -> None:
    """Tell one person what changed."""
    from engagement.directory.listening.mails import write

    write(telling_id, tries=tries, now=timezone.now())


@task()
def tell_what_was_left() -> None:
    """Hand over again what a worker that died had in its hands."""
    from engagement.directory.listening.telling import pick_up

    pick_up(now=timezone.now())


regularly(tell_what_was_left, name="directory.tell_what_was_left", every=timedelta(minutes=10))
