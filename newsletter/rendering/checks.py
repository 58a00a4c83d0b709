"""What an editor should look at before an issue goes out, in sentences; `newsletter.gate` finds it."""

from collections.abc import Sequence

from django.utils import timezone

from newsletter.gate.findings import findings_in
from newsletter.rendering.parts import Part


def warnings_about(parts: Sequence[Part]) -> list[str]:
    """Sentences that say what is missing and where; empty when there is nothing to look at."""
    return [finding.words for finding in findings_in(parts, today=timezone.localdate())]
