"""Who gets an issue and who is left out, with the reason for each."""

from collections.abc import Iterator
from itertools import islice

from newsletter.models import Subscriber
from newsletter.workflow import Reason
from portal.emails.models import Suppression
from portal.emails.suppression import address_hash

CHUNK = 500


def candidates() -> Iterator[tuple[int, Reason | None]]:
    """Every confirmed reader's number with the reason to leave them out, or None; in small helpings, so memory stays flat."""
    readers = Subscriber.objects.candidates().order_by("pk").values_list("pk", "email", "wants_issues")
    rows = readers.iterator(chunk_size=CHUNK)
    while helping := list(islice(rows, CHUNK)):
        hashes = {pk: address_hash(email) for pk, email, _ in helping}
        stopped = set(
            Suppression.objects.filter(address_hash__in=hashes.values()).values_list("address_hash", flat=True)
        )
        for pk, _, wants_issues in helping:
            yield pk, _reason(wants_issues=wants_issues, is_suppressed=hashes[pk] in stopped)


def _reason(*, wants_issues: bool, is_suppressed: bool) -> Reason | None:
    if is_suppressed:
        return Reason.SUPPRESSED
    return None if wants_issues else Reason.PAUSED
