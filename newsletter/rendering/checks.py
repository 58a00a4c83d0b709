"""What an editor should look at before an issue goes out, found in its neutral parts."""

import re
from collections.abc import Sequence

from newsletter.rendering.parts import Part

_EMPTY_LINK_WORDS = re.compile(r"<a [^>]*>\s*(click here|here|more|read more|this link)\s*</a>", re.IGNORECASE)
_NOTHING_FOUND = {
    "whats_on": "has no sessions for its dates",
    "warm_spaces": "has no warm spaces",
    "you_said_we_did": "has nothing in it",
    "contacts": "has nothing in it",
}


def warnings_about(parts: Sequence[Part]) -> list[str]:
    """Sentences that say what is missing and where; empty when there is nothing to look at."""
    has_lead = any(part.kind == "lead" for part in parts)
    found = [] if has_lead else ["There is no lead story, so the front page shows none."]
    for number, part in enumerate(parts, start=1):
        where = f"“{part.heading}”" if part.heading else f"Part {number}"
        if part.picture and not part.picture.alt and not part.picture.is_decorative:
            found.append(f"{where}: the picture has no words for people who cannot see it.")
        if part.kind == "picture" and part.picture is None:
            found.append(f"{where}: the picture's file cannot be read, so it is left out.")
        if part.kind in _NOTHING_FOUND and not part.rows:
            found.append(f"{where} {_NOTHING_FOUND[part.kind]}.")
        if _EMPTY_LINK_WORDS.search(part.words):
            found.append(f"{where}: a link says only “here” or “more”. Say where it leads.")
    return found
