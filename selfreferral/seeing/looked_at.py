"""What the person's own page says of our looks: how often somebody opened what they sent, and on which day the last time."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from portal.audit.models import AuditEvent
from selfreferral.models import Referral
from selfreferral.seeing.sight import LOOK, Purpose


@dataclass(frozen=True)
class LookedAt:
    """How many times, and when last; never who."""

    times: int
    last: datetime | None


def looked_at(referral: Referral) -> LookedAt:
    """Looks at this request, by itself or beside the one that goes on in its place.

    Finding its line in a search is no look at it.
    """
    found = AuditEvent.objects.called(LOOK).about(referral).exclude(detail__purpose=Purpose.SEARCH.value)
    counted = found.aggregate(times=Count("pk"), last=Max("done_at"))
    return LookedAt(counted["times"], counted["last"])
