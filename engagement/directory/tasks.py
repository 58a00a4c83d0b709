"""What the worker does for the directory."""

from datetime import time

from engagement.directory.actions.coming import work_out_all
from engagement.directory.actions.merging import propose_pairs
from engagement.directory.listening import tasks as listening
from portal import clock
from portal.tasks import regularly, task

assert listening  # its regular work makes itself known when it is read


@task()
def work_out_the_coming_weeks() -> None:
    """Openings and sessions of the coming weeks, afresh each night."""
    work_out_all(clock.now())


regularly(work_out_the_coming_weeks, name="directory.coming_weeks", daily_at=time(0, 20))


@task()
def look_for_pairs() -> None:
    """Entries that may be one place, for a person to judge; after an import, and each night for what staff wrote."""
    propose_pairs(by=None)


regularly(look_for_pairs, name="directory.pairs", daily_at=time(2, 40))
