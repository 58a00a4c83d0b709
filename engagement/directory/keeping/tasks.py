"""What the worker does to keep the directory true.

What each does is imported when it runs: those modules hand over work to this one. They are handed numbers, never an address.
"""

from datetime import time

from portal import clock
from portal.tasks import regularly, task


@task()
def send_keeper_link(keeper_id: int, is_first: bool, tries: int = 0) -> None:
    """A link to somebody who keeps a place: because we named them, or because they asked for a new one."""
    from engagement.directory.keeping.mails import write_link

    write_link(keeper_id, is_first=is_first, tries=tries)


@task()
def tell_decided(keeper_id: int, tries: int = 0) -> None:
    """What became of all that a keeper wished, in one mail."""
    from engagement.directory.keeping.mails import write_decided

    write_decided(keeper_id, tries=tries)


@task()
def tell_of_correction(correction_id: int) -> None:
    """Somebody said that an entry is wrong: one mail for each who can see to it."""
    from engagement.directory.keeping.mails import hand_out_correction

    hand_out_correction(correction_id)


@task()
def send_correction_mail(
    correction_id: int, keeper_id: int = 0, venue_id: int = 0, person_id: int = 0, tries: int = 0
) -> None:
    """One of these mails: to a keeper, to a place's own address, or to somebody of the team."""
    from engagement.directory.keeping.mails import write_correction

    write_correction(correction_id, keeper_id=keeper_id, venue_id=venue_id, person_id=person_id, tries=tries)


# A link that somebody waits for must not wait behind a morning's worth of these.
@task(priority=-5)
def ask_whether_right(keeper_id: int = 0, venue_id: int = 0, tries: int = 0) -> None:
    """Ask one address whether its places are still right."""
    from engagement.directory.keeping.reminders import write

    write(keeper_id=keeper_id, venue_id=venue_id, now=clock.now(), tries=tries)


@task()
def remind_places() -> None:
    """Every morning, hand out one mail for each address with a place that is due."""
    from engagement.directory.keeping.reminders import hand_out

    hand_out(now=clock.now())


regularly(remind_places, name="directory.remind_places", daily_at=time(9, 30))
