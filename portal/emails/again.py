"""Trying a mail again that did not plainly go: one way for every mail to one person that does no harm if it comes twice."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_tasks.base import Task

from portal.emails.budget import MustWait
from portal.emails.outcomes import ERRORS_OF_SENDING, Verdict, read_error
from portal.tasks import enqueue_on_commit

log = logging.getLogger(__name__)
WAITS = (timedelta(minutes=2), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=6))


@contextmanager
def tried_again(
    work: Task[..., Any], *, mail: str, tries: int, waits: Sequence[timedelta] = WAITS, **arguments: Any
) -> Iterator[None]:
    """Send one mail in here; where the mail server does not take it, `work` does it all again later, once for each wait.

    `arguments` are those of `work`, with `tries` beside them. An address that is refused for good is not tried again.
    Errors are logged by number, for their words may quote the address; `mail` names which it was, without it. Only what
    goes wrong with sending ends here: a mistake of ours is raised, so that somebody hears of it. Waiting for room in the
    day's budget for strangers is no try.
    """
    try:
        yield
    except MustWait as wait:
        log.warning("%s %s: today's mails for strangers are used up.", mail, wait)
        enqueue_on_commit(work.using(run_after=wait.until), **arguments, tries=tries)
    except ERRORS_OF_SENDING as error:
        outcome = read_error(error)
        log.warning("%s did not go: %s %s", mail, outcome.verdict, outcome.code)
        if outcome.verdict != Verdict.FAILED and tries < len(waits):
            later = work.using(run_after=timezone.now() + waits[tries])
            enqueue_on_commit(later, **arguments, tries=tries + 1)
