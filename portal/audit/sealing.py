"""Seals history: settled rows are bound into a chain of keyed numbers, so that a change behind our back shows.

The key is made from `INDEX_KEY`, which is not in the database: who can write into the tables cannot make a seal.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from portal.audit.guards import missing
from portal.audit.models import AuditCut, AuditEvent, AuditSeal

# A row may be stored a little after a later one, while its own transaction lasts.
SETTLED_AFTER = timedelta(minutes=1)
SEALED_WITHIN = timedelta(minutes=15)
# How many seals back a row is still waited for that was numbered early and stored late.
STRAGGLERS_WITHIN = 60
MOST_IN_A_SEAL = 5000
Stretches = list[list[int]]


def _mac(*parts: str | bytes) -> str:
    key = hashlib.sha256(b"portal.audit.seal:" + settings.INDEX_KEY.encode()).digest()
    made = hmac.new(key, digestmod=hashlib.sha256)
    for part in parts:
        words = part.encode() if isinstance(part, str) else part
        made.update(len(words).to_bytes(8, "big") + words)
    return made.hexdigest()


def keyed_number(kind: str, *parts: str) -> str:
    """The number that only this portal can make over some words, for other records that are sealed as history is."""
    return _mac(f"of:{kind}", *parts)


def _line(event: AuditEvent) -> bytes:
    """Everything that one row says, always in the same words."""
    told = [
        event.pk, event.action, event.done_at.isoformat(), event.done_by, event.subject_type, event.subject_id, event.detail,
    ]  # fmt: skip
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _mac_of(events: Iterable[AuditEvent], stretches: Stretches, before: str) -> str:
    whole = hashlib.sha256()
    for event in events:
        line = _line(event)
        whole.update(len(line).to_bytes(8, "big") + line)
    return _mac("seal", before, json.dumps(stretches), whole.digest())


def _stretches(numbers: Iterable[int]) -> Stretches:
    made: Stretches = []
    for number in numbers:
        if made and made[-1][1] == number - 1:
            made[-1][1] = number
        else:
            made.append([number, number])
    return made


def _numbers(stretches: Stretches) -> Iterator[int]:
    return (number for first, last in stretches for number in range(first, last + 1))


@transaction.atomic
def seal_settled(now: datetime) -> AuditSeal | None:
    """Seal what has settled and has no seal yet, what came late into a sealed stretch too; None when there is nothing."""
    _one_at_a_time()
    last = AuditSeal.objects.order_by("-pk").first()
    recent = list(AuditSeal.objects.order_by("-pk")[:STRAGGLERS_WITHIN])
    sealed = {number for seal in recent for number in _numbers(seal.stretches)}
    floor = min((seal.stretches[0][0] for seal in recent), default=1) - 1
    settled = AuditEvent.objects.filter(pk__gt=floor, done_at__lt=now - SETTLED_AFTER).order_by("pk")
    events = list(islice((event for event in settled.iterator() if event.pk not in sealed), MOST_IN_A_SEAL))
    if not events:
        return None
    stretches = _stretches(event.pk for event in events)
    return AuditSeal.objects.create(
        stretches=stretches,
        events=len(events),
        last_id=max(events[-1].pk, last.last_id if last else 0),
        sealed_at=now,
        mac=_mac_of(events, stretches, last.mac if last else _last_mac_cut()),
    )


def _last_mac_cut() -> str:
    """Where every seal has left with its rows, the chain goes on from the cut."""
    cut = AuditCut.objects.order_by("-pk").first()
    return cut.last_mac if cut else ""


def _one_at_a_time() -> None:
    """Let a second sealer wait until the first is done; on SQLite a transaction has the whole file to itself already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE audit_auditseal IN SHARE ROW EXCLUSIVE MODE")


@dataclass
class Report:
    """What a check of history found: how much is sealed, how much is not yet, and each thing that is wrong in a sentence."""

    sealed: int = 0
    unsealed: int = 0
    wrong: list[str] = field(default_factory=list)


def verify(now: datetime) -> Report:
    """Check every seal against its rows, the rows that have none, each cut, and the database's own guards."""
    report = Report(wrong=[f"The database has no guard {name}." for name in sorted(missing())])
    cut = _check_cuts(report)
    before, covered = cut.last_mac if cut else "", set[int]()
    for seal in AuditSeal.objects.filter(last_id__gt=cut.up_to_id if cut else 0).order_by("pk"):
        numbers = list(_numbers(seal.stretches))
        found = [event for first, last in seal.stretches for event in _between(first, last)]
        if len(found) != len(numbers):
            report.wrong.append(f"Seal {seal.pk}: {len(numbers) - len(found)} of its {len(numbers)} rows are gone.")
        elif not hmac.compare_digest(seal.mac, _mac_of(found, seal.stretches, before)):
            report.wrong.append(
                f"Seal {seal.pk}: a row between {numbers[0]} and {numbers[-1]} was changed, or the seal was."
            )
        before = seal.mac
        covered.update(numbers)
        report.sealed += len(numbers)
    _check_tail(report, covered, now)
    return report


def _between(first: int, last: int) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(pk__gte=first, pk__lte=last).order_by("pk"))


def _check_cuts(report: Report) -> AuditCut | None:
    last = None
    for cut in AuditCut.objects.order_by("pk"):
        if not hmac.compare_digest(cut.mac, _mac_of_cut(cut)):
            report.wrong.append(f"Cut {cut.pk} was not made by this portal.")
        last = cut
    return last


def _check_tail(report: Report, covered: set[int], now: datetime) -> None:
    """Rows without a seal are new; an old one was put in behind our back, or the worker has stopped sealing."""
    for event in AuditEvent.objects.only("pk", "done_at").order_by("pk").iterator():
        if event.pk in covered:
            continue
        report.unsealed += 1
        if event.done_at < now - SEALED_WITHIN:
            report.wrong.append(f"Row {event.pk} of {event.done_at:%d/%m/%Y %H:%M} has no seal.")


def _mac_of_cut(cut: AuditCut) -> str:
    return _mac("cut", str(cut.up_to_id), str(cut.events), cut.last_mac, cut.reason, cut.cut_at.isoformat())


@transaction.atomic
def cut_off(*, before: datetime, reason: str, now: datetime | None = None) -> AuditCut | None:
    """Remove whole sealed stretches that are older than a moment, and keep for good that it was done; None when none is."""
    now = now or timezone.now()
    seals = AuditSeal.objects.select_for_update().filter(sealed_at__lt=before).order_by("pk")
    last = None
    for seal in seals:
        if AuditEvent.objects.filter(pk__lte=seal.last_id, done_at__gte=before).exists():
            break
        last = seal
    if last is None or AuditCut.objects.filter(up_to_id__gte=last.last_id).exists():
        return None
    leaving = AuditEvent.objects.filter(pk__lte=last.last_id)
    # The seal of what came late goes too, and the chain goes on from the last that leaves.
    done = AuditSeal.objects.filter(last_id__lte=last.last_id)
    last_mac = done.latest("pk").mac
    cut = AuditCut(up_to_id=last.last_id, events=leaving.count(), last_mac=last_mac, reason=reason, cut_at=now, mac="")
    cut.mac = _mac_of_cut(cut)
    cut.save()
    leaving._raw_delete(leaving.db)
    done._raw_delete(done.db)
    return cut
