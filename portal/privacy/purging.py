"""Destroys what is over: period by period, some rows at a time, with a certificate that counts each batch as it goes.

Every batch is a transaction of its own with its line in the certificate, so a run that is killed has destroyed what its
certificate says and no more, and the next one goes on.
"""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.audit.record import record
from portal.privacy.announcing import announced_in_time
from portal.privacy.certificates import seal
from portal.privacy.filing import look_for_loose
from portal.privacy.models import Certificate
from portal.privacy.periods import Period, periods
from portal.privacy.rows import AT_ONCE, Destroyed, Rows

GIVEN_UP_AFTER = timedelta(hours=2)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outlook:
    """What a run would do about one period now: `going` of the `due`, while the others wait for their warning to be over."""

    period: Period
    cutoff: datetime
    due: int
    going: int
    held: int

    @property
    def waiting(self) -> int:
        return self.due - self.going


def outlook(period: Period, now: datetime) -> Outlook:
    """Look, and change nothing."""
    cutoff = period.cutoff(now)
    due, going = period.due(cutoff), None
    if period.is_warned:
        going = announced_in_time(period, period.things.over(cutoff), now).count()
    return Outlook(period, cutoff, due, due if going is None else going, period.kept_back(cutoff))


def purge(
    *,
    now: datetime,
    by: str = "",
    only: Collection[str] = (),
    only_short: bool = False,
    say: Callable[[Period, Destroyed], None] | None = None,
) -> Certificate | None:
    """Destroy everything that is over at `now`, and give back the certificate; None where a short run found nothing.

    `only` names periods, where not all are meant.

    What goes wrong with one period is written into its line, and the others go on.
    """
    close_what_was_broken_off()
    chosen = [period for period in periods() if period.is_short or not only_short]
    if only:
        chosen = [period for period in chosen if period.name in only]
    if only_short and not any(period.due(period.cutoff(now)) for period in chosen):
        return None
    certificate = Certificate.objects.create(began_at=now, touched_at=timezone.now(), run_by=by)
    for period in chosen:
        done = _carry_out(period, certificate, now)
        if say is not None:
            say(period, done)
    certificate.loose = {} if only_short or only else {name: found.told for name, found in look_for_loose(now).items()}
    return seal(certificate=certificate, is_whole=not certificate.troubles, now=timezone.now())


def close_what_was_broken_off() -> int:
    """Seal the certificates of runs that were killed: what they say was destroyed; how many there were."""
    left = list(Certificate.objects.broken_off_before(timezone.now() - GIVEN_UP_AFTER))
    for certificate in left:
        seal(certificate=certificate, is_whole=False, now=timezone.now())
    return len(left)


def _carry_out(period: Period, certificate: Certificate, now: datetime) -> Destroyed:
    view = outlook(period, now)
    line: dict[str, Any] = {
        "title": period.title,
        "kept": period.words,
        "cutoff": view.cutoff.isoformat(),
        "rows": 0,
        "files": 0,
        "held": view.held,
        "waiting": view.waiting,
        "trouble": "",
    }
    certificate.lines[period.name] = line
    if view.going:
        certificate.save(update_fields=["lines"])
    try:
        # A period that never comes to its end would hold up all others.
        for _ in range(view.going // AT_ONCE + 2):
            if not _one_batch(period, certificate, now).rows:
                break
        else:
            line["trouble"] = "it did not come to its end"
    except Exception as error:
        # Whatever it is, the promises of the other periods are kept; its name alone is written down, as its words may hold data.
        log.error("The period %s could not be kept: %s", period.name, type(error).__name__)
        certificate.refresh_from_db(fields=["lines"])
        line = certificate.lines.setdefault(period.name, line)
        line["trouble"] = type(error).__name__
    certificate.touched_at = timezone.now()
    certificate.save(update_fields=["lines", "touched_at"])
    return Destroyed(line["rows"], line["files"])


@transaction.atomic
def _one_batch(period: Period, certificate: Certificate, now: datetime) -> Destroyed:
    cutoff, things = period.cutoff(now), period.things
    if not period.is_warned:
        done: Destroyed = things.destroy(cutoff, now)
    else:
        assert isinstance(things, Rows), "only rows are warned of"
        done = things.destroy(cutoff, now, among=partial(announced_in_time, period, now=now))
    if done.rows or done.files:
        line = certificate.lines[period.name]
        line["rows"] += done.rows
        line["files"] += done.files
        certificate.touched_at = timezone.now()
        certificate.save(update_fields=["lines", "touched_at"])
        record(action="privacy.purge", by=None, period=period.name, rows=done.rows, files=done.files)
    return done
