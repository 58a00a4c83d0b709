"""Where a short link leads: to its part on the issue's page, or on to where an invitation asks people to answer."""

from typing import TYPE_CHECKING

from newsletter.printing.editions import WHOLE_ISSUE
from newsletter.printing.short_links import is_ours, story_codes, story_of
from newsletter.printing.values import WITHOUT_CODE, codes
from newsletter.rendering.edition import parts_of_issue
from newsletter.rendering.parts import Part

if TYPE_CHECKING:
    from newsletter.models import IssuePage


def codes_of(issue: "IssuePage", parts: list[Part]) -> dict[str, str]:
    """The short codes of an issue by the keys of its parts, that of the issue itself first."""
    return story_codes(issue.pk, [WHOLE_ISSUE, *codes(parts)])


def _kinds_of(issue: "IssuePage") -> dict[str, str]:
    """The kind of each part with a code, by its key, from the blocks alone: nothing that is live is looked up."""
    kinds = {str(block.get("id") or ""): str(block["type"]) for block in issue.body.raw_data}
    return {key: kind for key, kind in kinds.items() if key and kind not in WITHOUT_CODE}


def goal_of(issue: "IssuePage", story: str) -> str | None:
    """The address that the short code of a story stands for; None where the issue has no such story."""
    kinds = _kinds_of(issue)
    key = story_of(story_codes(issue.pk, [WHOLE_ISSUE, *kinds]), story)
    if key is None:
        return None
    if key == WHOLE_ISSUE:
        return issue.path_on_site
    if kinds[key] == "invitation":
        part = next(part for part in parts_of_issue(issue) if part.key == key)
        # Only to a page of ours: a printed code must not depend on somebody else's address.
        if part.rows and is_ours(part.rows[0].url):
            return part.rows[0].url
    return f"{issue.path_on_site}#part-{story}"


def named_codes(issue: "IssuePage") -> list[tuple[str, str]]:
    """Code and heading of everything that has a short link, in its order."""
    parts = parts_of_issue(issue)
    headings = {part.key: part.heading or "Without a headline" for part in parts}
    return [(code, headings.get(key, "The issue as a whole")) for key, code in codes_of(issue, parts).items()]
