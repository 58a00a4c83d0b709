"""What stands between an issue and its readers: findings about its words, pictures, links and dates, each with what to do."""

from typing import TYPE_CHECKING

from django.utils import timezone

from newsletter.gate.findings import Finding, findings_in
from newsletter.rendering.edition import parts_of_issue

if TYPE_CHECKING:
    from newsletter.models.pages import IssuePage

__all__ = ["Finding", "findings_of"]


def findings_of(issue: "IssuePage") -> list[Finding]:
    """Everything to look at before this issue goes out, in the order of its parts; empty when all is well.

    A sending is refused while one of them `blocks_sending`, unless the editor says why it goes all the same.
    """
    return findings_in(parts_of_issue(issue), today=timezone.localdate())
