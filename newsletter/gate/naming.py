"""What a part of an issue is called when something is said about it: "Story 3 (“Soup on Fridays”)", as an editor counts them."""

from collections import Counter
from collections.abc import Sequence

from newsletter.rendering.parts import Part

# The words under which the editor shows each block; a test holds the two together.
LABELS = {
    "lead": "Lead story",
    "story": "Story",
    "picture": "Picture",
    "quote": "Quote",
    "notice": "Notice",
    "whats_on": "What is on",
    "warm_spaces": "Warm spaces",
    "you_said_we_did": "You said, we did",
    "invitation": "Invitation",
    "recipe": "Recipe",
    "puzzle": "Puzzle",
    "contacts": "How to reach us",
}


def names_of(parts: Sequence[Part]) -> list[str]:
    """A name for each part. Those of a kind are counted from the top where there are several; its headline stands with it."""
    how_many, met = Counter(part.kind for part in parts), Counter[str]()
    names = []
    for part in parts:
        met[part.kind] += 1
        label = LABELS.get(part.kind, "Part")
        is_one_of_several = how_many[part.kind] > 1
        name = f"{label} {met[part.kind]}" if is_one_of_several else label
        if part.heading and (is_one_of_several or part.heading.casefold() != label.casefold()):
            name = f"{name} (“{part.heading}”)"
        elif part.heading:
            name = f"“{part.heading}”"
        names.append(name)
    return names
