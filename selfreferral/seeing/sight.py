"""Who may see the words of a referral: one rule for the page, the deeds, the search, print, export and sharing."""

from datetime import timedelta
from enum import StrEnum

LOOK = "selfreferral.look"
REVEAL_LASTS = timedelta(hours=1)


class Purpose(StrEnum):
    """What a look was for; each look is written with one."""

    VIEW = "view"
    SEARCH = "search"
    REVEAL = "reveal"
    PRINT = "print"
    EXPORT = "export"
    SHARED = "shared"
    RIGHTS = "rights"


class Whose(StrEnum):
    """Whose a referral was when somebody looked."""

    OWN = "own"
    ANOTHERS = "anothers"
    NOBODYS = "nobodys"


class Sight(StrEnum):
    """What somebody sees of one referral: all of it, all of it to read only, that it is there, or not even that."""

    OPEN = "open"
    READ_ONLY = "read_only"
    MASKED = "masked"
    RESTRICTED = "restricted"
    BLOCKED = "blocked"

    @property
    def shows_words(self) -> bool:
        return self in {Sight.OPEN, Sight.READ_ONLY}


WHY_NOT: dict[Sight, str] = {
    Sight.BLOCKED: "You know this person, so this is kept from you.",
    Sight.RESTRICTED: "The person asked us not to use this for now. The lead knows why.",
    Sight.MASKED: "A colleague holds this. Say why you need to see it first.",
    Sight.READ_ONLY: "A colleague holds this: you can read it and add notes, and no more.",
    Sight.OPEN: "You can see this already.",
}


def sight_of(*, knows_them: bool, is_lead: bool, whose: Whose, said_why: bool, is_restricted: bool = False) -> Sight:
    """The rule. Whoever knows the person sees nothing, the lead too; what may not be used only the lead sees; what another
    holds takes a reason."""
    if knows_them:
        return Sight.BLOCKED
    if is_restricted and not is_lead:
        return Sight.RESTRICTED
    if is_lead or whose is not Whose.ANOTHERS:
        return Sight.OPEN
    return Sight.READ_ONLY if said_why else Sight.MASKED
