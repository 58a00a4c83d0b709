"""How long it is kept what was done, and what was held."""

from dataclasses import dataclass
from datetime import datetime

from portal.audit.models import AuditCut, AuditEvent
from portal.audit.sealing import cut_off, seal_settled
from portal.privacy.models import LegalHold
from portal.privacy.periods import Destroyed, Period, Rows, register_period


@dataclass(frozen=True)
class History:
    """History leaves in whole sealed stretches, and the cut is kept for good; so a part of what is over may wait for its seal."""

    def due(self, cutoff: datetime) -> int:
        return AuditEvent.objects.filter(done_at__lt=cutoff).count()

    def kept_back(self, cutoff: datetime) -> int:
        return 0

    def destroy(self, cutoff: datetime, now: datetime) -> Destroyed:
        while seal_settled(now):
            continue
        cut: AuditCut | None = cut_off(before=cutoff, reason="Its time was over.", now=now)
        return Destroyed(cut.events if cut else 0)


def register() -> None:
    register_period(
        Period(
            name="audit.history",
            title="Who did what",
            what="whole sealed stretches are removed; that and how many is kept for good",
            setting="KEEP_HISTORY_YEARS",
            because="staff can be held to account as long as a claim can be made",
            things=History(),
        )
    )
    register_period(
        Period(
            name="privacy.holds",
            title="Holds that were ended",
            what="the row is deleted",
            setting="KEEP_HOLDS_YEARS",
            because="as long as the history",
            things=Rows(find=LegalHold.objects.ended_before),
        )
    )
