"""What stands between an issue and its readers: findings about its words, pictures, links and dates, each with what to do."""

from typing import TYPE_CHECKING

from django.utils import timezone

from newsletter.gate.findings import Finding, findings_in
from newsletter.gate.plain_text import findings_in_own_text
from newsletter.rendering.edition import parts_of_issue, words_from_blocks

if TYPE_CHECKING:
    from newsletter.models.pages import IssuePage

__all__ = ["Finding", "findings_of"]


def findings_of(issue: "IssuePage") -> list[Finding]:
    """Everything to look at before this issue goes out, in the order of its parts; empty when all is well.

    A sending is refused while one of them `blocks_sending`, unless the editor says why it goes all the same.
    """
    parts = parts_of_issue(issue)
    found = findings_in(parts, today=timezone.localdate())
    if issue.plain_text:
        blocks = words_from_blocks(issue, parts)
        found += findings_in_own_text(own=issue.plain_text, blocks=blocks, written_from=issue.plain_text_of)
    return found
